"""The default output validator of the Kattis problem package format: compare token by token.

Flags: ``case_sensitive``, ``space_change_sensitive``, ``float_absolute_tolerance E``, ``float_relative_tolerance E``
and ``float_tolerance E`` (both). The rule, as the format and its reference validator have it:

- tokens are split by the C locale's white space; how much of it does not matter unless ``space_change_sensitive`` is
  given: then it must be the same byte for byte, at both ends too;
- without ``case_sensitive`` the letters A to Z equal a to z (ASCII only); a token ends at a NUL byte;
- with a tolerance, a token of the answer that is a finite number (`numbers`) wants a finite number within the absolute
  tolerance, or within the relative one times the answer's size. Any other token is compared as text.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_graders.checkers.numbers import NONE, Tolerance, number
from jupyter_oj_graders.checkers.result import RIGHT, CheckResult, line_of_token, shown

_PLAIN = re.compile(rb"[0-9eE+\-. \t\n\v\f\r]*")
"""Text in which Python's float() reads the numbers that C does (and none that C does not), so that a whole list can be
read at once."""
_SPACE = re.compile(rb"[ \t\n\v\f\r]+")


@dataclass(frozen=True, slots=True)
class Options:
    """The flags of one check."""

    case_sensitive: bool = False
    space_sensitive: bool = False
    tolerance: Tolerance = NONE


def parse(flags: tuple[str, ...]) -> Options:
    """Raises `JudgeError` for a flag the format does not have: the problem is wrong, not the learner."""
    case_sensitive = space_sensitive = False
    tolerance = NONE
    rest = iter(flags)
    for flag in rest:
        if flag == "case_sensitive":
            case_sensitive = True
        elif flag == "space_change_sensitive":
            space_sensitive = True
        elif (given := tolerance.given(flag, rest)) is not None:
            tolerance = given
        else:
            raise JudgeError(f"output validator: unknown flag {flag!r}")
    return Options(case_sensitive, space_sensitive, tolerance)


def check(answer: bytes, output: bytes, flags: tuple[str, ...] = ()) -> CheckResult:
    options = parse(flags)
    if answer == output:
        return RIGHT
    wanted, given = _tokens(answer), _tokens(output)
    wrong = _first_difference(answer, output, wanted, given, options)
    if wrong is not None:
        return _difference(output, wanted, given, wrong)
    if options.space_sensitive and _spaces(answer) != _spaces(output):
        return CheckResult(ok=False, message="The words are right, but the spaces or line breaks between them differ.")
    return RIGHT


def _tokens(text: bytes) -> list[bytes]:
    tokens = text.split()
    return [token.partition(b"\0")[0] for token in tokens] if b"\0" in text else tokens


def _spaces(text: bytes) -> list[bytes]:
    """The white space at the start, between the tokens, and at the end."""
    inner = _SPACE.findall(text)
    return [text[: len(text) - len(text.lstrip())], *inner, text[len(text.rstrip()) :]]


def _first_difference(
    answer: bytes, output: bytes, wanted: list[bytes], given: list[bytes], options: Options
) -> int | None:
    """The index of the first token that differs, is missing, or is too much; None when all agree."""
    if not options.tolerance:
        if not options.case_sensitive:
            if len(wanted) == len(given) and _tokens(answer.lower()) == _tokens(output.lower()):
                return None
            wanted, given = [token.lower() for token in wanted], [token.lower() for token in given]
        if wanted == given:
            return None
        return next((i for i, (a, b) in enumerate(zip(wanted, given, strict=False)) if a != b), _shorter(wanted, given))
    if _PLAIN.fullmatch(answer) and _PLAIN.fullmatch(output):
        try:
            numbers = list(map(float, wanted)), list(map(float, given))
        except ValueError:
            pass  # such as "1e" or "-": token by token
        else:
            if math.inf not in map(abs, numbers[0]) and math.inf not in map(abs, numbers[1]):
                near = options.tolerance.near
                return next(
                    (i for i, (a, b) in enumerate(zip(*numbers, strict=False)) if a != b and not near(a, b)),
                    None if len(wanted) == len(given) else _shorter(wanted, given),
                )
    return next(
        (i for i, (a, b) in enumerate(zip(wanted, given, strict=False)) if a != b and not _same(a, b, options)),
        None if len(wanted) == len(given) else _shorter(wanted, given),
    )


def _same(wanted: bytes, given: bytes, options: Options) -> bool:
    expected = number(wanted) if options.tolerance else None
    if expected is not None:
        found = number(given)
        return found is not None and options.tolerance.near(expected, found)
    return wanted == given or (not options.case_sensitive and wanted.lower() == given.lower())


def _shorter(wanted: list[bytes], given: list[bytes]) -> int:
    return min(len(wanted), len(given))


def _difference(output: bytes, wanted: list[bytes], given: list[bytes], index: int) -> CheckResult:
    if index >= len(given):
        found = "the output is empty" if not given else "the output ends"
        return CheckResult(ok=False, message=f"Expected {shown(wanted[index])}, but {found}.")
    line = line_of_token(output, index)
    if index >= len(wanted):
        return CheckResult(
            ok=False, message=f"Line {line}: {shown(given[index])} is more than the expected output has."
        )
    return CheckResult(ok=False, message=f"Line {line}: expected {shown(wanted[index])}, found {shown(given[index])}.")
