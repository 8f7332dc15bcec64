"""What a validator's run means: exit code and feedback folder become a `CheckResult`, or a `JudgeError`. Pure.

Kattis (all versions, "Reporting a judgement"): 42 is right, 43 is wrong, anything else, 0 included, a fault of the
validator's. Files of the feedback folder with a meaning: ``judgemessage.txt`` (for staff),
``teammessage.txt`` (for the learner), ``score.txt`` (points), since 2025-09 ``score_multiplier.txt`` (a share of the
test's points, 0 to 1), and in a multi-pass problem ``nextpass.in`` (the input of one more pass).

Testlib (unmodified): 0 is right, 1 wrong; 2, 4 (something behind the output) and 8 (its end comes too soon) are wrong
in the form, which is PE where the problem tells it apart; 7 is right with points, which its message on stderr begins
with. Anything else, 3 above all, is a fault.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.validators.program import Dialect
from jupyter_oj_sandbox.api import Ending, RunResult

JUDGE_MESSAGE, TEAM_MESSAGE = "judgemessage.txt", "teammessage.txt"
SCORE, MULTIPLIER, NEXT_PASS = "score.txt", "score_multiplier.txt", "nextpass.in"
MEANT = (JUDGE_MESSAGE, TEAM_MESSAGE, SCORE, MULTIPLIER, NEXT_PASS)
SHOWN_CHARS = 4096

RIGHT, WRONG = 42, 43
_TESTLIB_WRONG, _TESTLIB_FORM, _TESTLIB_POINTS = {1}, {2, 4, 8}, 7
_POINTS = re.compile(rb"\s*points\s+([0-9.eE+-]+)")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the problem makes of it. `presentation`: PE is told apart."""

    dialect: Dialect = Dialect.KATTIS
    presentation: bool = False
    multi_pass: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """`next_input` is set when there is to be one more pass."""

    check: CheckResult
    next_input: bytes | None = None


def judged(result: RunResult, dialect: Dialect) -> bool | None:
    """Whether the validator accepts; None when it did not come to a judgement."""
    if result.ending is not Ending.EXITED or result.exit_code is None:
        return None
    code = result.exit_code
    if dialect is Dialect.KATTIS:
        return {RIGHT: True, WRONG: False}.get(code)
    if code in _TESTLIB_WRONG | _TESTLIB_FORM:
        return False
    return True if code in (0, _TESTLIB_POINTS) else None


def said(result: RunResult, rules: Rules, who: str) -> Said:
    """Raises `JudgeError` that names the validator and test by `who` and tells what it did."""
    ok, files = judged(result, rules.dialect), result.collected
    if ok is None:
        raise JudgeError(f"{who} {did(result)}{words(result)}")
    if NEXT_PASS in files and rules.multi_pass and not ok:
        raise JudgeError(f"{who} asks for another pass ({NEXT_PASS}) and rejects the output: it must exit with 42")
    score, multiplier = _score(files, who)
    if score is not None and multiplier is not None:
        raise JudgeError(f"{who} wrote both {SCORE} and {MULTIPLIER}")
    if rules.dialect is Dialect.TESTLIB and result.exit_code == _TESTLIB_POINTS:
        score = _points(result, who)
    form = rules.dialect is Dialect.TESTLIB and result.exit_code in _TESTLIB_FORM
    return Said(
        CheckResult(
            ok=ok,
            presentation=form and rules.presentation,
            message=_text(files.get(TEAM_MESSAGE, b"")),
            score=score,
            multiplier=multiplier,
            judge_message=_text(files.get(JUDGE_MESSAGE, b"") or result.stderr),
        ),
        files.get(NEXT_PASS) if rules.multi_pass else None,
    )


def _score(files: Mapping[str, bytes], who: str) -> tuple[float | None, float | None]:
    score = _number(files[SCORE], who, SCORE) if SCORE in files else None
    multiplier = _number(files[MULTIPLIER], who, MULTIPLIER) if MULTIPLIER in files else None
    if multiplier is not None and not 0 <= multiplier <= 1:
        raise JudgeError(f"{who} wrote {multiplier:g} into {MULTIPLIER}: it must be between 0 and 1")
    return score, multiplier


def _points(result: RunResult, who: str) -> float:
    found = _POINTS.match(result.stderr)
    if found is None:
        raise JudgeError(f"{who} gives points (exit code 7) and does not say how many{words(result)}")
    return _number(found[1], who, "its message")


def _number(text: bytes, who: str, where: str) -> float:
    try:
        value = float(text.decode("ascii").strip()) if len(text) <= 400 else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise JudgeError(f"{who} wrote {text[:80]!r} into {where}, which is not one number")
    return value


def did(result: RunResult) -> str:
    """How a program of the jury's that came to no judgement ended, for whoever is to mend it."""
    match result.ending:
        case Ending.EXITED:
            return f"ended with exit code {result.exit_code}, which is no judgement"
        case Ending.SIGNALLED:
            return f"was ended by {result.signal}"
        case Ending.CPU_LIMIT | Ending.WALL_LIMIT:
            return f"did not come to an end ({result.cpu_s:.1f} s of CPU time, {result.wall_s:.1f} s)"
        case Ending.MEMORY_LIMIT:
            return f"needed more memory than its limit ({result.memory_kib >> 10} MiB)"
        case Ending.OUTPUT_LIMIT:
            return "wrote more output or feedback than its limit"
        case Ending.STOPPED:
            return "was stopped"


def words(result: RunResult) -> str:
    """What it said about that, to go behind `did`; nothing where it said nothing."""
    found = _text(result.collected.get(JUDGE_MESSAGE, b"")) or _text(result.stderr[-SHOWN_CHARS:])
    return f": {found}" if found else ""


def _text(content: bytes) -> str | None:
    """A message fit to be shown: decoded, cut, without control characters; None for nothing."""
    text = content[: 4 * SHOWN_CHARS].decode("utf-8", "replace").strip()[:SHOWN_CHARS]
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text) or None
