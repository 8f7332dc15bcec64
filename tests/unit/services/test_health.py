"""What we say of ourselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update
from store_support import ADA, SOURCE, Judge

from jupyter_oj_extension.services import health, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.submissions import GraderRow

G1 = health.GraderReport("g1", "host-1", 2, {"python3": "3.11.2", "cpp": "12.2"}, ready=True)


def test_ok_with_a_ready_grader(ctx: Judge) -> None:
    before = health.health(ctx)
    assert (before["status"], before["judge"]["ready"]) == ("degraded", False)
    assert "jupyter oj grader" in before["judge"]["reason"]
    health.beat(ctx, G1)
    submissions.submit(ctx, ADA, problem="pairs", language="python3", source=SOURCE)
    answer = health.health(ctx)
    assert answer.pop("server_time").endswith("Z")
    assert answer == {
        "status": "ok",
        "judge": {"ready": True, "reason": None, "preparing": None, "graders": 1, "slots": 2, "queued": 1},
        "database": True,
        "redis": True,
        "version": health.version(),
    }
    assert health.ready_languages(ctx) == {"python3": "3.11.2", "cpp": "12.2"}
    (queue,) = health.queue_stats(ctx)
    assert (queue.language, queue.lane, queue.depth) == ("python3", "practice", 1)
    assert queue.oldest_s >= 0


def test_a_grader_that_failed_its_self_test_says_why(ctx: Judge) -> None:
    health.beat(ctx, replace(G1, ready=False, reason="no cgroup", report=[{"name": "memory", "ok": False}]))
    answer = health.health(ctx)
    assert (answer["judge"]["ready"], answer["judge"]["reason"], answer["judge"]["slots"]) == (False, "no cgroup", 0)
    assert health.ready_languages(ctx) == {}
    health.beat(ctx, G1)
    assert health.health(ctx)["status"] == "ok"


def test_a_grader_that_serves_says_what_it_prepares(ctx: Judge) -> None:
    health.beat(ctx, replace(G1, reason="preparing Java 17 (3 of 14)"))
    judge = health.health(ctx)["judge"]
    assert (judge["ready"], judge["reason"], judge["preparing"]) == (True, None, "preparing Java 17 (3 of 14)")


def test_a_grader_that_stopped_or_left_is_not_counted(ctx: Judge) -> None:
    health.beat(ctx, G1)
    health.beat(ctx, replace(G1, id="g2"))
    health.leave(ctx, "g2")
    assert health.health(ctx)["judge"]["graders"] == 1
    with ctx.session() as session:
        session.execute(update(GraderRow).values(last_seen=now() - timedelta(minutes=1)))
    assert health.health(ctx)["judge"]["graders"] == 0


def test_degraded_without_redis(without_redis: Judge) -> None:
    health.beat(without_redis, G1)
    answer = health.health(without_redis)
    assert (answer["status"], answer["redis"], answer["database"]) == ("degraded", False, True)


def test_down_without_a_database(tmp_path: Path) -> None:
    ctx = Context.open(Settings(state_dir=tmp_path))
    answer = health.health(ctx)
    assert (answer["status"], answer["database"]) == ("down", False)
    ctx.close()
