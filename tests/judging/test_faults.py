"""Real processes killed with -9 in the middle of judging, with 50 submissions waiting: every one of them ends with
exactly one verdict, the right one."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from grader_process import GraderProcess, all_done, until
from sqlalchemy import func, select

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.domain.judgement import JudgementState
from jupyter_oj_extension.services import problems, reconciler, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.submissions import JudgementRow, RunRow

pytestmark = [pytest.mark.podman, pytest.mark.long, pytest.mark.timeout(400)]

WAITING = 50
TESTS = 3
TEACHER = Identity("teacher", "Teacher", ALL_ROLES)
SOURCE = "import time\nn = int(input())\ntime.sleep(0.03)\nprint(2 * n)\n"


@pytest.fixture
def waiting(service: Context, package: Callable[..., Path]) -> list[str]:
    return accepted(service, package)


def accepted(service: Context, package: Callable[..., Path]) -> list[str]:
    """Fifty accepted submissions of 25 people."""
    tests = {str(n): (f"{n}\n", f"{2 * n}\n") for n in range(TESTS)}
    slug = problems.import_package(service, package("double", samples={}, secret=tests)).slug
    people = [Identity(f"user{n % 25}", f"User {n % 25}") for n in range(WAITING)]
    return [submissions.submit(service, who, problem=slug, language="python3", source=SOURCE)["id"] for who in people]


def leased_by(ctx: Context) -> list[str]:
    """The slots (``host:grader:index:pid``) that judge now."""
    with ctx.reading() as session:
        statement = select(JudgementRow.grader).where(JudgementRow.state == JudgementState.LEASED)
        return [str(name) for name in session.scalars(statement)]


def done_count(ctx: Context) -> int:
    with ctx.reading() as session:
        statement = select(func.count()).where(JudgementRow.state == JudgementState.DONE)
        return session.scalar(statement) or 0


def pids(ctx: Context) -> list[int]:
    return [int(name.rpartition(":")[2]) for name in leased_by(ctx)]


def in_the_middle(ctx: Context, grader: GraderProcess) -> None:
    """Some are judged, some are being judged, most wait."""
    until(lambda: 3 <= done_count(ctx) < WAITING - 10 and leased_by(ctx), grader.tell)


def assert_each_has_one_verdict(ctx: Context, ids: list[str], grader: GraderProcess) -> None:
    views = all_done(ctx, TEACHER, ids, grader.tell)
    assert [view["verdict"] for view in views] == ["AC"] * WAITING, grader.tell()
    with ctx.reading() as session:
        judgements = session.execute(select(JudgementRow.submission_id, JudgementRow.valid)).all()
        assert sorted(judgements) == sorted((id, True) for id in ids)
        counted = session.execute(select(func.count(), func.count(RunRow.judgement_id.distinct())).select_from(RunRow))
        assert counted.one() == (WAITING * TESTS, WAITING)


def containers_of(slot: int) -> list[int]:
    """Processes in the containers of a slot: the containers' cgroups are named ``oj-<slot>-<pid>-<number>``."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"-{slot}-" in (folder / "cgroup").read_text():
                found.append(int(folder.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def test_a_slot_is_killed(service: Context, waiting: list[str]) -> None:
    with GraderProcess(service, slots=2) as grader:
        in_the_middle(service, grader)
        killed = pids(service)[0]
        os.kill(killed, signal.SIGKILL)
        assert_each_has_one_verdict(service, waiting, grader)
        until(lambda: not containers_of(killed), grader.tell)


def test_the_grader_is_killed_and_its_work_taken_over(service: Context, package: Callable[..., Path]) -> None:
    """The bound is the product's: with the default lease, another grader has the work within 15 s."""
    ctx = replace(service, settings=replace(service.settings, lease_s=10.0, heartbeat_s=2.5))
    with GraderProcess(ctx, slots=1) as other, GraderProcess(ctx, slots=1) as grader:
        waiting = accepted(ctx, package)  # now, so that neither has done all before the other is ready
        in_the_middle(ctx, grader)
        assert grader.process is not None
        mine = f":{grader.process.pid}:"
        until(lambda: any(mine in name for name in leased_by(ctx)), grader.tell)
        grader.kill()
        killed_at = time.monotonic()

        def taken_over() -> bool:
            reconciler.reconcile(ctx)
            time.sleep(0.2)
            return not any(mine in name for name in leased_by(ctx))

        until(taken_over, other.tell)
        assert time.monotonic() - killed_at < 15
        assert_each_has_one_verdict(ctx, waiting, other)


def test_the_only_grader_is_killed_and_started_again(service: Context, waiting: list[str]) -> None:
    with GraderProcess(service, slots=2) as grader:
        in_the_middle(service, grader)
        grader.kill()
        grader.start()
        assert_each_has_one_verdict(service, waiting, grader)


def test_valkey_is_killed(service: Context, waiting: list[str]) -> None:
    with GraderProcess(service, slots=2) as grader:
        in_the_middle(service, grader)
        pid = valkey.running_pid(service.settings)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        until(lambda: valkey.running_pid(service.settings) is None)
        valkey.ensure(service.settings)
        assert_each_has_one_verdict(service, waiting, grader)


def test_valkey_loses_everything(service: Context, waiting: list[str]) -> None:
    with GraderProcess(service, slots=2) as grader:
        in_the_middle(service, grader)
        with valkey.client(service.settings) as redis:
            redis.flushall()
        assert_each_has_one_verdict(service, waiting, grader)


def test_a_container_is_killed(service: Context, waiting: list[str]) -> None:
    with GraderProcess(service, slots=2) as grader:
        in_the_middle(service, grader)
        for _ in range(3):
            for pid in containers_of(pids(service)[0]) if pids(service) else ():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(0.3)
        assert_each_has_one_verdict(service, waiting, grader)
