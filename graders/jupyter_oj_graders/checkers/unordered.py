"""Comparison as a multiset: every line (or token) of the answer as often as it is there, in any order.

Lines are compared with runs of white space as one blank and none at both ends; empty lines do not count. As in the
default validator, A to Z equal a to z unless the flag ``case_sensitive`` is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_graders.checkers.result import RIGHT, CheckResult, shown


def check_lines(answer: bytes, output: bytes, flags: tuple[str, ...] = ()) -> CheckResult:
    return _check(answer, output, flags, _lines)


def check_tokens(answer: bytes, output: bytes, flags: tuple[str, ...] = ()) -> CheckResult:
    return _check(answer, output, flags, bytes.split)


def _lines(text: bytes) -> list[bytes]:
    return [b" ".join(words) for line in text.split(b"\n") if (words := line.split())]


def _check(answer: bytes, output: bytes, flags: tuple[str, ...], split: Callable[[bytes], list[bytes]]) -> CheckResult:
    if unknown := set(flags) - {"case_sensitive"}:
        raise JudgeError(f"output validator: unknown flag {min(unknown)!r}")
    if "case_sensitive" not in flags:
        answer, output = answer.lower(), output.lower()
    if answer == output:
        return RIGHT
    wanted, given = Counter(split(answer)), Counter(split(output))
    if wanted == given:
        return RIGHT
    extra = next((item for item in given if given[item] > wanted[item]), None)
    if extra is not None:
        often = " so often" if extra in wanted else ""
        return CheckResult(ok=False, message=f"{shown(extra)} is not expected{often}.")
    missing = next(item for item in wanted if wanted[item] > given[item])
    often = " once more" if missing in given else ""
    return CheckResult(ok=False, message=f"{shown(missing)} is expected{often} and missing.")
