"""The only place that turns what a program did, and what the checker said, into a verdict. Pure.

The rules, each with where it comes from, are told in docs/verdicts.md; ``tests/judging/verdict_table.yml`` holds the
cases. In short, the first that holds: memory (the kernel's count of kills), output, processor time, wall clock
(`Ending`, in the order in which the sandbox reports them); a program that failed because it got no memory; any other
failure; what the checker says.
"""

from __future__ import annotations

import re
from dataclasses import replace

from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_sandbox.api import Ending, RunResult

_LIMITS = {
    Ending.CPU_LIMIT: Verdict.TLE,
    Ending.WALL_LIMIT: Verdict.TLE,
    Ending.MEMORY_LIMIT: Verdict.MLE,
    Ending.OUTPUT_LIMIT: Verdict.OLE,
}
_TOO_LARGE_A_FILE = "SIGXFSZ"
"""The signal for writing past the largest size a file may have."""


def told_of_memory(result: RunResult, pattern: str) -> RunResult:
    """`result`, as MEMORY_LIMIT when the program failed and said on stderr that it got no memory: a limit of its
    runtime's was met (a JVM's heap), or it asked for more than there can be. `pattern` is `Language.memory_pattern`.

    A learner who prints it makes an RTE into an MLE and gains nothing.
    """
    failed = result.ending is Ending.SIGNALLED or (result.ending is Ending.EXITED and result.exit_code != 0)
    if pattern and failed and re.search(pattern, result.stderr.decode("utf-8", "replace"), re.MULTILINE):
        return replace(result, ending=Ending.MEMORY_LIMIT, exit_code=None, signal=None)
    return result


def finished(result: RunResult) -> bool:
    """Whether the program ended by itself and well, so that its output is to be checked."""
    return result.ending is Ending.EXITED and result.exit_code == 0


def verdict(result: RunResult, check: CheckResult | None) -> Verdict:
    """The verdict of one run. A limit that was met comes before how the program ended, and that before its output
    (ICPC).

    `check` is None where nothing is compared (a run on the learner's own input): AC then means that it ran.
    """
    if result.ending in _LIMITS:
        return _LIMITS[result.ending]
    if not finished(result):
        return Verdict.OLE if result.signal == _TOO_LARGE_A_FILE else Verdict.RTE
    if check is None or check.ok:
        return Verdict.AC
    return Verdict.PE if check.presentation else Verdict.WA


def compiled(result: RunResult) -> bool:
    """Whether a compiler did its work. Every other ending is the learner's CE: a program that cannot be built in the
    limits."""
    return finished(result)
