"""Step 3 of a test: is this output right? Chooses the checker that the problem names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jupyter_oj_extension.domain.errors import JudgeError, OJError
from jupyter_oj_extension.domain.problem import OutputValidator, TestCase
from jupyter_oj_graders.checkers import exact, json_value, tokens, unordered
from jupyter_oj_graders.checkers.result import CheckResult

Checker = Callable[[bytes, bytes, tuple[str, ...]], CheckResult]

CHECKERS: dict[str, Checker] = {
    "tokens": tokens.check,
    "exact": exact.check,
    "lines": exact.check_lines,
    "unordered-lines": unordered.check_lines,
    "unordered-tokens": unordered.check_tokens,
    "json": json_value.check,
}


def check(validator: OutputValidator, case: TestCase, answer: bytes, output: bytes) -> CheckResult:
    """Compare an output with the answer by the problem's rule; a test's own flags replace the problem's.

    Raises `JudgeError` when the problem asks for a checker or flag that does not exist, or the checker fails: never the
    learner's fault. None of them can hang: their work is linear in the bytes compared (but for sorting).
    """
    checker = CHECKERS.get(validator.kind)
    if checker is None:
        raise JudgeError(f"no output validator of kind {validator.kind!r}; there are {', '.join(CHECKERS)}")
    flags = validator.flags if case.validator_flags is None else case.validator_flags
    try:
        result = checker(answer, output, flags)
    except OJError:
        raise
    except Exception as error:
        raise JudgeError(f"the output validator {validator.kind!r} failed: {type(error).__name__}: {error}") from error
    if not result.ok and validator.presentation and _differs_in_space_only(validator.kind, answer, output, flags):
        return replace(result, presentation=True)
    return result


def _differs_in_space_only(kind: str, answer: bytes, output: bytes, flags: tuple[str, ...]) -> bool:
    """Whether the words are right, and only the white space between them made the output wrong."""
    match kind:
        case "tokens":
            loose = tuple(flag for flag in flags if flag != "space_change_sensitive")
            return loose != flags and tokens.check(answer, output, loose).ok
        case "unordered-lines" if "case_sensitive" not in flags:
            return answer.lower().split() == output.lower().split()
        case _:
            return kind != "json" and answer.split() == output.split()
