"""The table of verdicts: every ending with every answer of a checker."""

from __future__ import annotations

import pytest
from fake_box import done, ended

from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.verdicts import compiled, finished, verdict
from jupyter_oj_sandbox.api import Ending, RunResult

RIGHT = CheckResult(ok=True)
WRONG = CheckResult(ok=False, message="Line 1")
SPACES = CheckResult(ok=False, presentation=True)
CHECKS = (None, RIGHT, WRONG, SPACES)

EXITED = [
    (0, None, Verdict.AC),
    (0, RIGHT, Verdict.AC),
    (0, WRONG, Verdict.WA),
    (0, SPACES, Verdict.PE),
    *((code, check, Verdict.RTE) for code in (1, 2, 42, 43, 127, 137, 255) for check in CHECKS),
]


@pytest.mark.parametrize(("code", "check", "expected"), EXITED)
def test_a_program_that_ended_by_itself(code: int, check: CheckResult | None, expected: Verdict) -> None:
    result = done(exit_code=code)
    assert verdict(result, check) is expected
    assert finished(result) is (code == 0)
    assert compiled(result) is (code == 0)


SIGNALS = ("SIGSEGV", "SIGABRT", "SIGFPE", "SIGKILL", "SIGBUS", "SIGILL", "SIGSYS", "SIGPIPE", "SIGXCPU", "SIGXFSZ")
ENDED = [
    *((ended(Ending.SIGNALLED, signal=name), Verdict.RTE) for name in SIGNALS),
    (ended(Ending.CPU_LIMIT), Verdict.TLE),
    (ended(Ending.CPU_LIMIT, signal="SIGKILL"), Verdict.TLE),
    (ended(Ending.CPU_LIMIT, exit_code=0), Verdict.TLE),
    (ended(Ending.WALL_LIMIT), Verdict.TLE),
    (ended(Ending.WALL_LIMIT, signal="SIGKILL"), Verdict.TLE),
    (ended(Ending.MEMORY_LIMIT), Verdict.MLE),
    (ended(Ending.MEMORY_LIMIT, signal="SIGKILL"), Verdict.MLE),
    (ended(Ending.MEMORY_LIMIT, exit_code=1), Verdict.MLE),
    (ended(Ending.MEMORY_LIMIT, exit_code=0), Verdict.MLE),
    (ended(Ending.OUTPUT_LIMIT), Verdict.OLE),
    (ended(Ending.OUTPUT_LIMIT, signal="SIGPIPE"), Verdict.OLE),
    (ended(Ending.OUTPUT_LIMIT, exit_code=0), Verdict.OLE),
]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(("result", "expected"), ENDED)
def test_a_program_that_was_ended_whatever_it_wrote(
    result: RunResult, expected: Verdict, check: CheckResult | None
) -> None:
    assert verdict(result, check) is expected
    assert not finished(result)
    assert not compiled(result)


def test_no_ending_is_forgotten_and_none_is_the_judges_fault() -> None:
    given = {verdict(ended(ending, signal="SIGKILL"), check) for ending in Ending for check in CHECKS}
    assert Verdict.JE not in given
    assert Verdict.CE not in given
