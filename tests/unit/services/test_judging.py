"""Lease, renew, record, give back: one verdict, from the one who holds the lease."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select
from store_support import ADA, BOB, SOURCE, TEACHER, Judge, outcome

from jupyter_oj_extension import events, views
from jupyter_oj_extension.domain.judgement import GroupOutcome, JudgementOutcome, JudgementTask
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import judging, reconciler, submissions
from jupyter_oj_extension.store.submissions import JudgementRow, RunRow


@pytest.fixture
def task(ctx: Judge) -> JudgementTask:
    submissions.submit(ctx, ADA, problem="pairs", language="python3", source=SOURCE)
    return leased(ctx)


def leased(ctx: Judge) -> JudgementTask:
    task = judging.lease(ctx, ctx.queued()[0], "g1")
    assert task is not None
    return task


def again(ctx: Judge, task: JudgementTask, grader: str = "g2") -> JudgementTask:
    """The same judgement, leased by another grader."""
    other = judging.lease(ctx, task.judgement_id, grader)
    assert other is not None
    return other


def view(ctx: Judge, task: JudgementTask, who=ADA):
    return submissions.get(ctx, who, task.submission_id)


def runs(ctx: Judge) -> int:
    with ctx.reading() as session:
        return session.scalar(select(func.count()).select_from(RunRow)) or 0


def test_one_of_many_gets_the_lease(ctx: Judge) -> None:
    submissions.submit(ctx, ADA, problem="pairs", language="python3", source=SOURCE)
    (judgement_id,) = ctx.queued()
    barrier = Barrier(8)

    def grab(n: int) -> JudgementTask | None:
        barrier.wait()
        return judging.lease(ctx, judgement_id, f"g{n}")

    with ThreadPoolExecutor(8) as pool:
        tasks = list(pool.map(grab, range(8)))
    assert sum(task is not None for task in tasks) == 1
    assert judging.lease(ctx, "0" * 32, "g") is None


def test_record_is_shown_told_and_final(ctx: Judge, task: JudgementTask) -> None:
    answer = replace(outcome(Verdict.AC, Verdict.TLE, Verdict.AC), compile_s=0.1, run_s=0.2)
    assert judging.record(ctx, task, answer)
    shown = view(ctx, task)
    assert (shown["state"], shown["phase"], shown["verdict"], shown["verdict_name"]) == (
        "done",
        "done",
        "TLE",
        "Time limit exceeded",
    )
    assert (shown["failing"], shown["tests_done"], shown["tests_total"], shown["cpu_s"]) == (2, 3, 3, 0.03)
    assert shown["judged_at"] and len(shown["runs"]) == 3
    last = events.read(ctx.redis, {events.user_stream("ada"): "0-0"}, 0)[-1]
    assert (last.event, last.data) == ("submission", submissions.without_runs(shown))
    with ctx.reading() as session:
        row = session.get_one(JudgementRow, task.judgement_id)
        assert row.queued_s >= 0 and row.total_s >= row.queued_s and (row.compile_s, row.run_s) == (0.1, 0.2)
    assert judging.lease(ctx, task.judgement_id, "g2") is None
    assert not judging.renew(ctx, task)


def test_record_twice_stores_once(ctx: Judge, task: JudgementTask) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: judging.record(ctx, task, outcome(Verdict.AC, Verdict.AC)), range(6)))
    assert answers == [True] * 6
    assert runs(ctx) == 2


def test_lost_lease_is_refused(ctx: Judge, task: JudgementTask) -> None:
    assert judging.renew(ctx, task)
    ctx.age(60, "lease_until")
    other = again(ctx, task)
    assert (other.attempt, other.token) != (task.attempt, task.token)
    assert not judging.renew(ctx, task)
    assert not judging.record(ctx, task, outcome(Verdict.WA))
    judging.give_back(ctx, task, "late")
    assert view(ctx, task)["state"] == "leased"
    assert judging.record(ctx, other, outcome(Verdict.AC))
    assert not judging.record(ctx, task, outcome(Verdict.WA))
    assert view(ctx, task)["verdict"] == "AC"
    assert runs(ctx) == 1


def test_late_record_of_a_lease_nobody_took_counts(ctx: Judge, task: JudgementTask) -> None:
    ctx.age(60, "lease_until")
    assert judging.record(ctx, task, outcome(Verdict.AC))


def test_two_graders_record_at_once(ctx: Judge, task: JudgementTask) -> None:
    ctx.age(60, "lease_until")
    other = again(ctx, task)
    barrier = Barrier(2)

    def answer(task: JudgementTask, verdict: Verdict) -> bool:
        barrier.wait()
        return judging.record(ctx, task, outcome(verdict))

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(answer, (task, other), (Verdict.WA, Verdict.AC))) == [False, True]
    assert view(ctx, task)["verdict"] == "AC"


def test_our_fault_is_tried_again_then_je_with_the_cause_for_staff(ctx: Judge, task: JudgementTask) -> None:
    for _ in range(ctx.settings.judge_attempts - 1):
        judging.give_back(ctx, task, "disk full on g1")
        assert view(ctx, task)["state"] == "queued"
        assert reconciler.reconcile(ctx).sent == 1
        task = leased(ctx)
    judging.give_back(ctx, task, "disk full on g1")
    shown = view(ctx, task)
    assert (shown["verdict"], shown["message"], shown["tests_total"]) == ("JE", views.JUDGE_ERROR_MESSAGE, None)
    assert "disk" not in str(shown)
    assert "disk full on g1" in view(ctx, task, TEACHER)["judge_message"]
    assert "disk" not in str([e.data for e in events.read(ctx.redis, {events.user_stream("ada"): "0-0"}, 0)])


def test_a_submission_that_kills_its_graders_ends_as_je(ctx: Judge, task: JudgementTask) -> None:
    for _ in range(judging.MAX_LOST - 1):
        ctx.age(60, "lease_until")
        assert reconciler.reconcile(ctx) == reconciler.Reconciled(sent=1, expired=1)
        assert view(ctx, task)["state"] == "queued"
        task = leased(ctx)
    ctx.age(60, "lease_until")
    assert reconciler.reconcile(ctx) == reconciler.Reconciled(sent=0, expired=1)
    assert view(ctx, task)["verdict"] == "JE"
    assert "3 graders died" in view(ctx, task, TEACHER)["judge_message"]
    assert not judging.record(ctx, task, outcome(Verdict.AC)), "the last of them was not dead, only late"
    assert view(ctx, task)["verdict"] == "JE"


def test_progress_of_an_earlier_attempt_is_forgotten(ctx: Judge, task: JudgementTask) -> None:
    judging.progress(ctx, task, phase="judging", tests_total=4, runs=[outcome(Verdict.AC).runs[0]])
    assert (view(ctx, task)["phase"], view(ctx, task)["tests_done"]) == ("judging", 1)
    ctx.age(60, "lease_until")
    other = again(ctx, task)
    assert (view(ctx, other)["phase"], view(ctx, other)["tests_done"]) == ("compiling", 0)
    told = [e for e in events.read(ctx.redis, {events.user_stream("ada"): "0-0"}, 0) if e.event == "run"]
    assert [(e.data["submission"], e.data["tests_total"], e.data["run"]["index"]) for e in told] == [
        (task.submission_id, 4, 1)
    ]


def test_judging_goes_on_without_redis(ctx: Judge, task: JudgementTask, without_redis: Judge) -> None:
    judging.progress(without_redis, task, phase="judging", tests_total=1, runs=[outcome(Verdict.AC).runs[0]])
    assert view(without_redis, task)["phase"] == "judging"
    assert judging.renew(without_redis, task)
    assert judging.record(without_redis, task, outcome(Verdict.AC))
    assert view(ctx, task)["verdict"] == "AC"


def test_hostile_texts_are_stored_as_text(ctx: Judge, task: JudgementTask) -> None:
    answer = outcome(Verdict.CE)
    run = replace(answer.runs[0], output="a\0b\ud800" + "x" * 10**6, error=None)
    assert judging.record(ctx, task, replace(answer, runs=(run,), compiler_output="\0" * 10, message="\udfff"))
    shown = view(ctx, task)
    assert shown["runs"][0]["output"].startswith("a\u2400b?xxx")
    assert len(shown["runs"][0]["output"]) < 2 * views.TEXT_CHARACTERS
    assert shown["compiler_output"] == "\u2400" * 10


def test_no_burst_starves_the_others(ctx: Judge) -> None:
    cap = ctx.settings.max_in_flight
    for _ in range(cap + 3):
        submissions.submit(ctx, ADA, problem="pairs", language="python3", source=SOURCE)
    submissions.submit(ctx, BOB, problem="pairs", language="python3", source=SOURCE)
    sent = ctx.queued()
    assert len(sent) == cap + 1
    tasks = [judging.lease(ctx, id, "g1") for id in sent]
    assert tasks[cap].user == "bob", "he waits behind the cap, not behind the burst"
    assert reconciler.reconcile(ctx).sent == 0, "she has her share in flight"
    judging.record(ctx, tasks[0], outcome(Verdict.AC))
    judging.record(ctx, tasks[1], JudgementOutcome(Verdict.CE, (), 0))
    assert len(ctx.queued()) == 2, "each that ends sends her next"


def test_the_cap_holds_when_she_submits_from_many_windows_at_once(ctx: Judge) -> None:
    def submit(_: int) -> None:
        submissions.submit(ctx, ADA, problem="pairs", language="python3", source=SOURCE)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(submit, range(16)))
    assert len(ctx.queued()) == ctx.settings.max_in_flight


def test_scores_of_runs_groups_and_the_whole_are_kept_and_shown(ctx: Judge, task: JudgementTask) -> None:
    answer = outcome(Verdict.WA)
    hidden = replace(
        answer.runs[0], sample=False, group="secret/a", case="secret/a/edge", score=12.5, message="expected 7, got 8",
        error_type="ValueError", error_line=3,
    )  # fmt: skip
    groups = (
        GroupOutcome("secret", Verdict.WA, 12.5, 100.0),
        GroupOutcome("secret/a", Verdict.WA, 12.5, 50.0),
        GroupOutcome("secret/b", None, 0.0, None),
    )
    scored = replace(answer, runs=(hidden,), score=12.5, max_score=100.0, groups=groups)
    assert judging.record(ctx, task, scored)
    shown = view(ctx, task)
    assert (shown["score"], shown["max_score"], shown["verdict"]) == (12.5, 100.0, "WA")
    assert shown["groups"] == [
        {"group": "secret", "verdict": "WA", "score": 12.5, "max": 100.0},
        {"group": "secret/a", "verdict": "WA", "score": 12.5, "max": 50.0},
        {"group": "secret/b", "verdict": None, "score": 0.0, "max": None},
    ]
    (run,) = shown["runs"]
    assert (run["score"], run["error_type"], run["error_line"]) == (12.5, "ValueError", 3)
    assert (run["message"], run["expected"]) == (None, None)
    assert "edge" not in str(shown)


def test_a_hidden_test_tells_what_its_problem_lets_it_tell(ctx: Judge, task: JudgementTask) -> None:
    answer = outcome(Verdict.WA)
    hidden = replace(answer.runs[0], sample=False, group="secret", case="secret/x", message=None)
    hinted = replace(hidden, index=1, hint="Think of empty lists.")
    opened = replace(hidden, index=2, shown=True, input="1\n", expected="2\n", output="3\n", message="line 1 differs")
    assert judging.record(ctx, task, replace(answer, runs=(hinted, opened)))
    first, second = view(ctx, task)["runs"]
    assert (first["message"], first["input"]) == ("Think of empty lists.", None)
    assert (second["message"], second["input"], second["expected"]) == ("line 1 differs", "1\n", "2\n")
    assert {first["name"], second["name"]} == {"test 1", "test 2"}
