"""Numbers as the default output validator of the Kattis package format reads and compares them.

The reference validator (problemtools, ``support/default_validator``) takes a token for a number when C's
``sscanf(token, "%lf%10s", …)`` reads a finite double and nothing is left. Measured on glibc that is: decimal and
hexadecimal notation, a sign, digits on either side of the point, and an exponent *whose digits may be missing*
(``1e`` and ``1e+`` are 1, ``0x.`` is 0), as glibc's scanf has it. ``inf``, ``nan`` and what overflows are no numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jupyter_oj_extension.domain.errors import JudgeError

_NUMBER = re.compile(
    rb"(?P<decimal>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?P<e>[eE][+-]?\d*)?)"
    rb"|(?P<hexadecimal>[+-]?0[xX](?:(?:[0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?|\.[0-9a-fA-F]+)(?P<p>[pP][+-]?\d*)?|\.))"
)
"""Never two repetitions of the same digits side by side: a learner's token may be megabytes long."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far numbers may be apart. A negative tolerance is none; with neither, numbers are compared as text."""

    absolute: float = -1.0
    relative: float = -1.0

    def __bool__(self) -> bool:
        return self.absolute >= 0 or self.relative >= 0

    def near(self, answer: float, output: float) -> bool:
        """Within the absolute tolerance, or within the relative one times the answer's size."""
        difference = abs(answer - output)
        return difference <= self.absolute or difference <= self.relative * abs(answer)

    def given(self, flag: str, rest: Iterator[str]) -> Tolerance | None:
        """This tolerance after `flag` with its value, the next of `rest`; None when `flag` is not one of a tolerance.

        Raises `JudgeError` for a value that is no number.
        """
        if flag not in ("float_absolute_tolerance", "float_relative_tolerance", "float_tolerance"):
            return None
        value = number(next(rest, "").encode())
        if value is None:
            raise JudgeError(f"output validator: {flag} needs a number")
        match flag:
            case "float_absolute_tolerance":
                return replace(self, absolute=value)
            case "float_relative_tolerance":
                return replace(self, relative=value)
            case _:
                return Tolerance(value, value)


NONE = Tolerance()


def number(token: bytes) -> float | None:
    """The finite number that the whole token is, or None (``nan``, ``inf``, ``1e999``, ``1x``)."""
    match = _NUMBER.fullmatch(token)
    if match is None:
        return None
    decimal, exponent = match["decimal"], match["e"] or match["p"]
    if exponent and not exponent[-1:].isdigit():
        token = token[: -len(exponent)]
    try:
        value = float(token) if decimal else _hexadecimal(token)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def _hexadecimal(token: bytes) -> float:
    text = token.decode().lower()
    return float.fromhex(text.replace("0x.", "0x0.", 1))  # Python wants a digit there
