"""Comparison of bytes, and of lines.

``exact``: every byte must be the same. With the flag ``presentation_error``, an output whose tokens are right and whose
white space is not gets PE in place of WA.

``lines``: lines are compared with runs of white space as one blank and none at both ends; empty lines at the end do not
matter (the "white diff" of CMS).
"""

from __future__ import annotations

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_graders.checkers.result import RIGHT, CheckResult, shown

PRESENTATION = "presentation_error"


def check(answer: bytes, output: bytes, flags: tuple[str, ...] = ()) -> CheckResult:
    _known(flags, {PRESENTATION})
    if answer == output:
        return RIGHT
    presentation = PRESENTATION in flags and answer.split() == output.split()
    return CheckResult(
        ok=False,
        presentation=presentation,
        message=_first_line(answer.split(b"\n"), output.split(b"\n")),
    )


def check_lines(answer: bytes, output: bytes, flags: tuple[str, ...] = ()) -> CheckResult:
    _known(flags, set())
    if answer == output:
        return RIGHT
    wanted, given = _lines(answer), _lines(output)
    return RIGHT if wanted == given else CheckResult(ok=False, message=_first_line(wanted, given))


def _lines(text: bytes) -> list[bytes]:
    return [b" ".join(line.split()) for line in text.rstrip().split(b"\n")]


def _first_line(wanted: list[bytes], given: list[bytes]) -> str:
    pairs = enumerate(zip(wanted, given, strict=False), start=1)
    for line, (a, b) in pairs:
        if a != b:
            return f"Line {line}: expected {shown(a)}, found {shown(b)}."
    more = "more" if len(given) > len(wanted) else "fewer"
    return f"The output has {more} lines than expected: {len(given)} and not {len(wanted)}."


def _known(flags: tuple[str, ...], known: set[str]) -> None:
    if unknown := set(flags) - known:
        raise JudgeError(f"output validator: unknown flag {min(unknown)!r}")
