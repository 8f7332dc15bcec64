"""A run whose time is in doubt: when it is repeated, what counts then, and that it cannot be made use of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fake_box import Call, FakeBox, FakeSandbox, done, ended

from jupyter_oj_graders import execute as execution
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.execute import Doubt, execute
from jupyter_oj_graders.quiet import Quiet
from jupyter_oj_sandbox.api import Ending, RunLimits, RunResult

LIMITS = RunLimits(cpu_s=1.0, wall_s=3.0, memory_mib=64)
PROGRAM = Executable(files=(), argv=("/box/solution",), env={})


class AtOnce(Quiet):
    """A quiet machine that counts how often it was asked for."""

    def __init__(self) -> None:
        super().__init__(calm_s=0.0)
        self.alone_for = 0

    def alone(self):  # type: ignore[no-untyped-def]
        self.alone_for += 1
        return super().alone()


def times(*results: RunResult) -> tuple[RunResult, FakeSandbox, Doubt]:
    """What comes of a program that would run like this, one time after the other."""
    left: Iterator[RunResult] = iter(results)

    def program(call: Call) -> RunResult:
        result = next(left)
        if result.cpu_s > call.limits.cpu_s:
            return replace(result, ending=Ending.CPU_LIMIT, exit_code=None, cpu_s=call.limits.cpu_s + 0.01)
        return result

    sandbox, doubt = FakeSandbox(program), Doubt(AtOnce())
    result = execute(FakeBox(sandbox, "image", 64), PROGRAM, b"", LIMITS, doubt)
    assert doubt.quiet.alone_for == len(sandbox.calls) - 1  # type: ignore[attr-defined]
    return result, sandbox, doubt


def took(cpu_s: float, stdout: bytes = b"42\n", exit_code: int = 0, **more: object) -> RunResult:
    return done(stdout, cpu_s=cpu_s, exit_code=exit_code, **more)


@pytest.mark.parametrize("cpu_s", [0.0, 0.5, 0.99, 1.0])
def test_a_run_within_its_limit_is_not_repeated(cpu_s: float) -> None:
    result, sandbox, _ = times(took(cpu_s))
    assert (result.ending, result.exit_code, result.cpu_s) == (Ending.EXITED, 0, cpu_s)
    assert len(sandbox.calls) == 1


@pytest.mark.parametrize("cpu_s", [1.26, 2.0, 100.0])
def test_a_run_far_over_it_is_not_repeated_either(cpu_s: float) -> None:
    result, sandbox, _ = times(took(cpu_s))
    assert result.ending is Ending.CPU_LIMIT
    assert len(sandbox.calls) == 1
    assert sandbox.calls[0].limits.cpu_s == pytest.approx(1.25)


def test_the_better_of_the_runs_counts_with_its_own_time() -> None:
    result, sandbox, doubt = times(took(1.2), took(0.8))
    assert (result.ending, result.exit_code, result.stdout, result.cpu_s) == (Ending.EXITED, 0, b"42\n", 0.8)
    assert len(sandbox.calls) == 2
    assert doubt.left == execution.REPEATS_IN_ALL - 1


def test_it_is_repeated_twice_at_most() -> None:
    result, sandbox, _ = times(took(1.22), took(1.2), took(1.1), took(0.5))
    assert (result.ending, result.exit_code, result.cpu_s) == (Ending.CPU_LIMIT, None, 1.1)
    assert len(sandbox.calls) == 3


@pytest.mark.parametrize(
    "other",
    [took(0.1, b"43\n"), took(0.1, exit_code=1), ended(Ending.SIGNALLED, signal="SIGSEGV"), ended(Ending.MEMORY_LIMIT)],
)
def test_a_program_that_does_something_else_the_second_time_keeps_its_first_run(other: RunResult) -> None:
    result, sandbox, _ = times(took(1.2), other, took(0.1))
    assert (result.ending, result.cpu_s) == (Ending.CPU_LIMIT, 1.2)
    assert len(sandbox.calls) == 2


def test_a_failure_that_came_a_little_late_may_be_found_to_be_a_failure() -> None:
    result, _, _ = times(took(1.2, exit_code=3), took(0.9, exit_code=3))
    assert (result.ending, result.exit_code) == (Ending.EXITED, 3)


def test_memory_and_output_come_before_time() -> None:
    for ending in (Ending.MEMORY_LIMIT, Ending.OUTPUT_LIMIT):
        result, sandbox, _ = times(ended(ending, cpu_s=1.2))
        assert result.ending is ending
        assert len(sandbox.calls) == 1


def test_a_sleeper_is_not_repeated_and_one_kept_from_its_core_is() -> None:
    asleep = ended(Ending.WALL_LIMIT, wall_s=3.01, stdout=b"4")
    result, sandbox, _ = times(asleep)
    assert result.ending is Ending.WALL_LIMIT
    assert len(sandbox.calls) == 1
    starved = ended(Ending.WALL_LIMIT, wall_s=5.99, stdout=b"4")
    result, sandbox, _ = times(starved, took(0.4))
    assert result.ending is Ending.EXITED
    result, sandbox, _ = times(starved, took(0.4, b"other"))
    assert result.ending is Ending.WALL_LIMIT


def test_a_submission_has_a_bounded_number_of_repetitions() -> None:
    doubt = Doubt(AtOnce())
    sandbox = FakeSandbox(lambda call: took(1.2))
    for _ in range(20):
        assert execute(FakeBox(sandbox, "image", 64), PROGRAM, b"", LIMITS, doubt).ending is Ending.CPU_LIMIT
    assert len(sandbox.calls) == 20 + execution.REPEATS_IN_ALL


def test_without_doubt_the_limits_are_the_limits() -> None:
    sandbox = FakeSandbox(lambda call: took(0.2))
    execute(FakeBox(sandbox, "image", 64), PROGRAM, b"", LIMITS)
    assert sandbox.calls[0].limits == LIMITS
