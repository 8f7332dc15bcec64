"""What a contest is, and its state by the server's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jupyter_oj_extension.domain.scoreboard import Rules


class ContestState(StrEnum):
    BEFORE = "before"
    RUNNING = "running"
    FROZEN = "frozen"  # running, and the public board stands still
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest. Times are aware. The public board stands still from `freeze` until `thaw` (None: until told)."""

    id: str
    name: str
    start: datetime
    end: datetime
    freeze: datetime | None = None
    thaw: datetime | None = None
    scoring: str = "icpc"
    penalty_min: int = 20
    tie: str = "second"

    @property
    def rules(self) -> Rules:
        """The scoring rules; times are seconds from the start."""
        return Rules(
            penalty_min=self.penalty_min,
            tie=self.tie,
            freeze_s=None if self.freeze is None else self.elapsed_s(self.freeze),
            duration_s=self.elapsed_s(self.end),
        )

    def elapsed_s(self, at: datetime) -> float:
        """Contest time of a point in time, in seconds; negative before the start."""
        return (at - self.start).total_seconds()

    def is_frozen(self, at: datetime) -> bool:
        """Whether the public board shows the state as of the freeze; it may last beyond the end."""
        return self.freeze is not None and self.freeze <= at and (self.thaw is None or at < self.thaw)

    def state(self, at: datetime) -> ContestState:
        """Submissions are taken from `start` on and before `end`."""
        if at < self.start:
            return ContestState.BEFORE
        if at >= self.end:
            return ContestState.ENDED
        return ContestState.FROZEN if self.freeze is not None and at >= self.freeze else ContestState.RUNNING


COLORS = (
    "#e74c3c", "#3498db", "#2ecc71", "#f1c40f", "#9b59b6", "#e67e22", "#1abc9c", "#fd79a8",
    "#34495e", "#95a5a6", "#d35400", "#00b894", "#6c5ce7", "#a0522d", "#bada55", "#222222",
)  # fmt: skip
"""Balloon colours in the order of the labels, for contests that name none."""


def label(position: int) -> str:
    """The label of the problem at `position` (from 0): A to Z, then AA, AB and so on."""
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
