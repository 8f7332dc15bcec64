"""Step 3 of a test: is this output right? Chooses the checker that the problem names."""

from __future__ import annotations

from collections.abc import Callable

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.problem import OutputValidator, TestCase
from jupyter_oj_graders.checkers import exact, tokens, unordered
from jupyter_oj_graders.checkers.result import CheckResult

Checker = Callable[[bytes, bytes, tuple[str, ...]], CheckResult]

CHECKERS: dict[str, Checker] = {
    "tokens": tokens.check,
    "exact": exact.check,
    "lines": exact.check_lines,
    "unordered-lines": unordered.check_lines,
    "unordered-tokens": unordered.check_tokens,
}


def check(validator: OutputValidator, case: TestCase, answer: bytes, output: bytes) -> CheckResult:
    """Compare an output with the answer by the problem's rule; a test's own flags replace the problem's.

    Raises `JudgeError` when the problem asks for a checker or flag that does not exist: never the learner's fault.
    """
    checker = CHECKERS.get(validator.kind)
    if checker is None:
        raise JudgeError(f"no output validator of kind {validator.kind!r}; there are {', '.join(CHECKERS)}")
    flags = validator.flags if case.validator_flags is None else case.validator_flags
    return checker(answer, output, flags)
