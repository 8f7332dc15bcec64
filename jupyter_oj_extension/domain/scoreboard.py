"""ICPC scoring as pure functions (rules: ICPC World Finals; words: CLICS Contest API and DOMjudge).

A submission is an `Attempt`: when, in seconds from the contest's start, and its verdict. `cell` folds one contestant's
attempts at one problem, `standing` folds cells, `pack` turns a standing into one exact integer to sort by.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

ACCEPTED = "AC"
UNCOUNTED = frozenset({"CE", "JE"})
"""Verdicts that neither solve nor cost: CE by ICPC's rule, JE because the fault is ours."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One submission. `verdict` is a code of `domain.verdict`, or None while it is not judged."""

    time_s: float
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Rules:
    """The contest's rules. `uncounted` verdicts cost nothing. `tie` is the unit in which last accepted times are
    compared (``second`` or ``minute``). From `freeze_s` on, attempts count as pending in the public column.
    """

    penalty_min: int = 20
    tie: str = "second"
    uncounted: Collection[str] = UNCOUNTED
    freeze_s: float | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One contestant and one problem. `attempts` counts the rejected attempts before the first accepted one, and that
    one; `pending` those of unknown verdict while it is not solved; `penalty_min` is 0 unless solved.
    """

    attempts: int = 0
    pending: int = 0
    solved_at_s: float | None = None
    penalty_min: int = 0

    @property
    def state(self) -> str:
        """``solved``, ``pending``, ``tried`` or ``none``: what the board shows."""
        if self.solved_at_s is not None:
            return "solved"
        if self.pending:
            return "pending"
        return "tried" if self.attempts else "none"


@dataclass(frozen=True, slots=True)
class Standing:
    """A contestant's sums. `last` is the time of the last accepted submission, in the contest's tie unit."""

    solved: int = 0
    penalty_min: int = 0
    last: int = 0


def minute(time_s: float) -> int:
    """The contest minute of a time: whole minutes since the start (CLICS)."""
    return math.floor(time_s / 60)


def cell(attempts: Iterable[Attempt], rules: Rules, *, frozen: bool = False) -> Cell:
    """Fold the attempts at one problem. `frozen` gives the public column: what came at or after the freeze is pending.

    Attempts before the start or after the end are not the contest's. Order does not matter; equal times keep theirs.
    """
    counted = sorted((a for a in attempts if _in_contest(a, rules)), key=lambda attempt: attempt.time_s)
    rejected = pending = 0
    for attempt in counted:
        hidden = frozen and rules.freeze_s is not None and attempt.time_s >= rules.freeze_s
        if hidden or attempt.verdict is None:
            pending += 1
        elif attempt.verdict == ACCEPTED:
            penalty = minute(attempt.time_s) + rules.penalty_min * rejected
            return Cell(rejected + 1, 0, attempt.time_s, penalty)
        elif attempt.verdict not in rules.uncounted:
            rejected += 1
    return Cell(rejected, pending)


def _in_contest(attempt: Attempt, rules: Rules) -> bool:
    return attempt.time_s >= 0 and (rules.duration_s is None or attempt.time_s < rules.duration_s)


def standing(cells: Iterable[Cell], rules: Rules) -> Standing:
    """Sum cells up. The last accepted time is compared in whole seconds or minutes, as the contest says."""
    solved = [(c.solved_at_s, c.penalty_min) for c in cells if c.solved_at_s is not None]
    if not solved:
        return Standing()
    unit = 60 if rules.tie == "minute" else 1
    last = math.floor(max(time_s for time_s, _ in solved) / unit)
    return Standing(len(solved), sum(penalty for _, penalty in solved), last)


_SOLVED_BITS, _PENALTY_BITS, _LAST_BITS = 7, 22, 24
MAX_PROBLEMS = (1 << _SOLVED_BITS) - 1
MAX_PENALTY = (1 << _PENALTY_BITS) - 1
MAX_LAST = (1 << _LAST_BITS) - 1


def pack(standing: Standing) -> int:
    """A standing as an integer below 2^53, which a Redis score (a double) holds exactly: smaller is better, equal is a
    tie. `services.contests.create` keeps contests short enough that nothing is cut (127 problems, 194 days).
    """
    unsolved = MAX_PROBLEMS - min(standing.solved, MAX_PROBLEMS)
    penalty, last = min(standing.penalty_min, MAX_PENALTY), min(standing.last, MAX_LAST)
    return (unsolved << _PENALTY_BITS | penalty) << _LAST_BITS | last


def unpack(key: int) -> Standing:
    """The standing that `pack` was given."""
    last = key & MAX_LAST
    penalty = key >> _LAST_BITS & MAX_PENALTY
    return Standing(MAX_PROBLEMS - (key >> _LAST_BITS + _PENALTY_BITS), penalty, last)


EMPTY_KEY = pack(Standing())
"""The key of a contestant who has solved nothing."""


def ranks(keys: Sequence[int]) -> list[int]:
    """Ranks of keys sorted in ascending order: equal keys share a rank, and the next rank is skipped (1 2 2 4)."""
    result: list[int] = []
    for index, key in enumerate(keys):
        result.append(result[-1] if index and keys[index - 1] == key else index + 1)
    return result


def first_to_solve(solvers: Iterable[tuple[str, float]]) -> frozenset[str]:
    """Who solved a problem first, of (contestant, time in seconds): all who did at the earliest time."""
    in_order = sorted(solvers, key=lambda solver: solver[1])
    return frozenset(name for name, _ in takewhile(lambda solver: solver[1] == in_order[0][1], in_order))
