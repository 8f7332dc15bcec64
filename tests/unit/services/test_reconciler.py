"""A broker that loses everything loses nothing."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import select
from store_support import ADA, SOURCE, Judge, add_problem, outcome

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import health, judging, reconciler, submissions
from jupyter_oj_extension.services.reconciler import Reconciled, reconcile
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store.submissions import JudgementRow


def submit(ctx: Judge, n: int, user: str = "ada") -> list[str]:
    who = Identity(user, user)
    return [submissions.submit(ctx, who, problem="pairs", language="python3", source=SOURCE)["id"] for _ in range(n)]


def test_nothing_to_do(ctx: Judge) -> None:
    submit(ctx, 3)
    assert reconcile(ctx) == Reconciled(sent=0, expired=0)
    ctx.age(60, "sent_at")
    assert reconcile(ctx) == Reconciled(sent=0, expired=0), "they are in the queue, however long it takes"


def test_resends_what_the_broker_lost(ctx: Judge) -> None:
    submit(ctx, 3)
    ctx.redis.flushall()
    assert reconcile(ctx).sent == 0, "they may be on their way"
    ctx.age(reconciler.PICK_UP_S + 1, "sent_at")
    assert reconcile(ctx).sent == 3
    assert len(ctx.queued()) == 3


def test_resends_what_was_lost_while_new_ones_came(ctx: Judge) -> None:
    submit(ctx, 3)
    ctx.redis.flushall()
    ctx.age(reconciler.PICK_UP_S + 1, "sent_at")
    submit(ctx, 2, "bob")
    health.beat(ctx, health.GraderReport("g1", "host", 2, {"python3": "3.11"}, ready=True))
    assert reconcile(ctx).sent == 3
    assert reconcile(ctx).sent == 0
    assert len(ctx.queued()) == 5


def test_a_small_gap_is_a_loss_only_after_a_while(ctx: Judge) -> None:
    """What is just on its way from the queue to a slot is not lost."""
    submit(ctx, 3)
    health.beat(ctx, health.GraderReport("g1", "host", 2, {"python3": "3.11"}, ready=True))
    taken = ctx.queued()
    for id in taken[1:]:
        ctx.send(id, "python3", reconciler.Lane.PRACTICE)
    ctx.age(reconciler.PICK_UP_S + 1, "sent_at")
    assert reconcile(ctx).sent == 0
    ctx.age(reconciler.SUSPECT_S + 1, "sent_at")
    assert reconcile(ctx).sent == 3


def test_a_dead_graders_work_is_sent_at_once(ctx: Judge) -> None:
    submit(ctx, 1)
    task = judging.lease(ctx, ctx.queued()[0], "g1")
    assert reconcile(ctx) == Reconciled(sent=0, expired=0)
    ctx.age(0.001, "lease_until")
    assert reconcile(ctx) == Reconciled(sent=1, expired=1)
    assert ctx.queued() == [task.judgement_id]
    assert not judging.record(ctx, task, outcome(Verdict.AC))


def test_many_instances_at_once(ctx: Judge) -> None:
    submit(ctx, 4)
    for id in ctx.queued():
        judging.lease(ctx, id, "g1")
    ctx.age(60, "lease_until")
    with ThreadPoolExecutor(6) as pool:
        passes = list(pool.map(lambda _: reconcile(ctx), range(6)))
    assert sum(each.expired for each in passes) == 4
    assert sum(each.sent for each in passes) == 4
    assert len(ctx.queued()) == 4


def test_a_broker_killed_for_a_while_loses_nothing(
    own_valkey: Settings, database_url: str, open_context: Callable[[Settings], Judge]
) -> None:
    ctx = open_context(replace(own_valkey, database_url=database_url, submissions_per_minute=600))
    add_problem(ctx)
    valkey.ensure(ctx.settings)
    before = submit(ctx, 2)
    os.kill(valkey.running_pid(ctx.settings), signal.SIGKILL)
    meanwhile = submit(ctx, 2) + submit(ctx, 2, "bob")
    assert reconcile(ctx).sent == 0
    stopping = threading.Event()
    restarted = threading.Event()
    keeper = threading.Thread(
        target=valkey.watch, args=(ctx.settings, stopping), kwargs={"every_s": 0.05, "on_restart": restarted.set}
    )
    keeper.start()
    try:
        assert restarted.wait(30)
    finally:
        stopping.set()
        keeper.join()
    ctx.age(60, "sent_at")
    ctx.sender._retry_at = 0.0  # type: ignore[attr-defined]  # a second has passed
    reconcile(ctx)
    seen = {judging.lease(ctx, id, "g1") for id in ctx.queued()} - {None}
    assert {task.submission_id for task in seen} == {*before, *meanwhile}
    for task in seen:
        assert judging.record(ctx, task, outcome(Verdict.AC))
    with ctx.reading() as session:
        assert session.scalars(select(JudgementRow.verdict)).all() == ["AC"] * 6
    assert submissions.page(ctx, ADA, verdict="AC")["total"] == 4
