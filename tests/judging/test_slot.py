"""A slot between the real store and a sandbox that is a function: what it records, gives back, and leaves alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_box import Call, FakeSandbox, Program, done
from sqlalchemy import delete, update

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.services import problems, reconciler, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.submissions import JudgementRow
from jupyter_oj_graders.slots import Slot
from jupyter_oj_sandbox.api import RunResult, Sandbox, SandboxFault

ADA = Identity("ada", "Ada")
TEACHER = Identity("teacher", "Teacher", ALL_ROLES)


def doubles(call: Call) -> RunResult:
    return done(b"%d\n" % (2 * int(call.stdin))) if call.stdin else done()


def fault(call: Call) -> RunResult:
    raise SandboxFault("the runner went away")


@pytest.fixture
def double(service: Context, package: Callable[..., Path]) -> str:
    tests = {str(number): (f"{number}\n", f"{2 * number}\n") for number in range(1, 4)}
    return problems.import_package(service, package("double", samples={"1": ("5\n", "10\n")}, secret=tests)).slug


def submitted(ctx: Context, problem: str) -> tuple[str, str]:
    """Ids of a new submission and its judgement."""
    view = submissions.submit(ctx, ADA, problem=problem, language="python3", source="print(2 * int(input()))")
    with ctx.reading() as session:
        judgement = session.query(JudgementRow).filter_by(submission_id=view["id"]).one()
        return view["id"], judgement.id


def seen(ctx: Context, id: str) -> dict[str, Any]:
    return submissions.get(ctx, TEACHER, id)


@contextmanager
def slot(
    ctx: Context, languages: dict[str, Language], program: Program, open_sandbox: Callable[[], Sandbox] | None = None
) -> Iterator[tuple[Slot, FakeSandbox]]:
    sandbox = FakeSandbox(program)
    with Slot(ctx, name="test", languages=languages, open_sandbox=open_sandbox or (lambda: sandbox)) as opened:
        yield opened, sandbox
    assert sandbox.open_boxes == 0


def test_judged_once_however_often_the_queue_says_so(
    service: Context, double: str, languages: dict[str, Language]
) -> None:
    id, judgement = submitted(service, double)
    with slot(service, languages, doubles) as (one, sandbox):
        one.handle(judgement)
        assert (seen(service, id)["verdict"], seen(service, id)["tests_done"]) == ("AC", 4)
        calls = len(sandbox.calls)
        one.handle(judgement)
        one.handle("no-such-judgement")
        assert len(sandbox.calls) == calls
    assert sandbox.closed


def test_a_fault_of_ours_is_tried_again_and_then_je_for_staff(
    service: Context, double: str, languages: dict[str, Language]
) -> None:
    id, judgement = submitted(service, double)
    with slot(service, languages, fault) as (one, _):
        for attempt in range(service.settings.judge_attempts):
            assert seen(service, id)["state"] == "queued", attempt
            one.handle(judgement)
    view = seen(service, id)
    assert (view["verdict"], view["runs"]) == ("JE", [])
    assert "the runner went away" in view["judge_message"]
    assert "runner" not in str(submissions.get(service, ADA, id))


def test_a_fault_that_passes_leaves_no_trace(service: Context, double: str, languages: dict[str, Language]) -> None:
    id, judgement = submitted(service, double)
    with slot(service, languages, fault) as (one, sandbox):
        one.handle(judgement)
        sandbox.program = doubles
        reconciler.reconcile(service)
        one.handle(judgement)
    assert seen(service, id)["verdict"] == "AC"


def test_a_sandbox_that_does_not_open_is_opened_again(
    service: Context, double: str, languages: dict[str, Language]
) -> None:
    id, judgement = submitted(service, double)
    answers: list[Sandbox | SandboxFault] = [SandboxFault("no podman"), FakeSandbox(doubles)]

    def open_sandbox() -> Sandbox:
        answer = answers.pop(0)
        if isinstance(answer, SandboxFault):
            raise answer
        return answer

    with slot(service, languages, doubles, open_sandbox) as (one, _):
        one.handle(judgement)
        assert seen(service, id)["state"] == "queued"
        one.handle(judgement)
    assert seen(service, id)["verdict"] == "AC"


def test_a_lost_lease_ends_the_judging_and_records_nothing(
    service: Context, double: str, languages: dict[str, Language]
) -> None:
    id, judgement = submitted(service, double)
    ctx = replace(service, settings=replace(service.settings, heartbeat_s=0.05))
    inputs: list[bytes] = []

    def stolen(call: Call) -> RunResult:
        """In the first test the lease goes to somebody else; the heartbeat's thread ends when it has seen it."""
        if call.stdin:
            inputs.append(call.stdin)
            with service.session() as session:
                session.execute(update(JudgementRow).where(JudgementRow.id == judgement).values(lease_token="other"))
            for thread in threading.enumerate():
                if thread.name == "lease":
                    thread.join(30)
        return doubles(call)

    with slot(ctx, languages, stolen) as (one, _):
        one.handle(judgement)
    assert len(inputs) == 1
    assert seen(service, id)["state"] == "leased"


def test_a_submission_deleted_meanwhile_does_not_end_the_telling_of_others(
    service: Context, double: str, languages: dict[str, Language]
) -> None:
    _, gone = submitted(service, double)

    def deletes(call: Call) -> RunResult:
        with service.session() as session:
            session.execute(delete(JudgementRow).where(JudgementRow.id == gone))
        return doubles(call)

    with slot(service, languages, deletes) as (one, _):
        one.handle(gone)
        id, judgement = submitted(service, double)
        one.handle(judgement)
        assert "publisher" in {thread.name for thread in threading.enumerate()}
    assert seen(service, id)["verdict"] == "AC"


def test_without_redis_the_verdict_still_stands(service: Context, double: str, languages: dict[str, Language]) -> None:
    id, judgement = submitted(service, double)
    valkey.stop(service.settings)
    with slot(service, languages, doubles) as (one, _):
        one.handle(judgement)
    assert seen(service, id)["verdict"] == "AC"
