"""What a checker answers, and how it words a difference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

SHOWN_BYTES = 80
"""How much of a token or line a message shows."""

_TOKEN = re.compile(rb"[^ \t\n\v\f\r]+")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether an output is right. `presentation`: wrong only in its white space, where the problem tells that apart.

    `message` is one line about the first difference. It quotes the answer: only for tests the learner may see.
    """

    ok: bool
    presentation: bool = False
    message: str | None = None
    score: float | None = None
    """Points that a custom validator gave (``score.txt``), as they stand; `grading.case_score` judges them."""
    multiplier: float | None = None
    """The part of the test's points that a custom validator gave (2025-09: ``score_multiplier.txt``)."""
    judge_message: str | None = None
    """A custom validator's words for staff (``judgemessage.txt``)."""


RIGHT = CheckResult(ok=True)


_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\N{SYMBOL FOR DELETE}"}


def visible(text: str) -> str:
    """`text` on one line, with nothing in it that a reader cannot see or a terminal obeys: ␍ for a carriage return."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.translate(_PICTURES))


def shown(text: bytes) -> str:
    """`text` as it appears in a message: decoded, cut, `visible`, in quotes."""
    cut = visible(text[:SHOWN_BYTES].decode("utf-8", "replace"))
    return f"“{cut}…”" if len(text) > SHOWN_BYTES else f"“{cut}”"


def line_of_token(text: bytes, index: int) -> int:
    """The line, from 1, on which the `index`-th token (from 0) of `text` stands; the last line when there is none."""
    match = next(islice(_TOKEN.finditer(text), index, None), None)
    end = len(text.rstrip()) if match is None else match.start()
    return text.count(b"\n", 0, end) + 1
