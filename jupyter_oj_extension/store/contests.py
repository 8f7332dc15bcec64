"""Tables of contests. Cells keep every score twice: `public_*` as of the freeze, `staff_*` as it is (as DOMjudge)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_oj_extension.domain.scoreboard import EMPTY_KEY
from jupyter_oj_extension.store.base import Base, Instant, now


class ContestRow(Base):
    """A contest. The public sees the frozen column from `freeze` until `thaw` (never thawed while `thaw` is null).

    `seq` grows by one with every change of the board, in the change's own transaction, at `changed_at`.
    """

    __tablename__ = "contests"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    start: Mapped[datetime] = mapped_column(Instant, index=True)
    end: Mapped[datetime] = mapped_column(Instant)
    freeze: Mapped[datetime | None] = mapped_column(Instant)
    thaw: Mapped[datetime | None] = mapped_column(Instant)
    scoring: Mapped[str] = mapped_column(String(20), default="icpc")
    penalty_min: Mapped[int] = mapped_column(default=20)
    tie: Mapped[str] = mapped_column(String(10), default="second")
    """Unit in which last accepted times are compared: ``second`` or ``minute``."""
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    changed_at: Mapped[datetime] = mapped_column(Instant, default=now)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)


class ContestProblemRow(Base):
    """A problem of a contest under its label, in the order of `position`, with its column's sums in both views.

    `*_tried` counts contestants with any counted or pending attempt; `*_first_s` is the time of the first accepted one.
    """

    __tablename__ = "contest_problems"

    contest_id: Mapped[str] = mapped_column(ForeignKey("contests.id", ondelete="CASCADE"), primary_key=True)
    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"), primary_key=True, index=True)
    label: Mapped[str] = mapped_column(String(8))
    color: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column()
    public_solved: Mapped[int] = mapped_column(default=0)
    public_tried: Mapped[int] = mapped_column(default=0)
    public_first_s: Mapped[float | None] = mapped_column()
    staff_solved: Mapped[int] = mapped_column(default=0)
    staff_tried: Mapped[int] = mapped_column(default=0)
    staff_first_s: Mapped[float | None] = mapped_column()

    __table_args__ = (UniqueConstraint("contest_id", "label"),)


class ContestantRow(Base):
    """Who takes part. The keys are the packed standings (`domain.scoreboard.pack`): smaller is better, equal is a tie.

    `seq` is the contest's number at this row's last change.
    """

    __tablename__ = "contestants"

    contest_id: Mapped[str] = mapped_column(ForeignKey("contests.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    registered_at: Mapped[datetime] = mapped_column(Instant, default=now)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    public_key: Mapped[int] = mapped_column(BigInteger, default=EMPTY_KEY)
    staff_key: Mapped[int] = mapped_column(BigInteger, default=EMPTY_KEY)

    __table_args__ = (
        Index("ix_contestants_public", "contest_id", "public_key", "user_id"),
        Index("ix_contestants_staff", "contest_id", "staff_key", "user_id"),
    )


class CellRow(Base):
    """One contestant's state in one problem, recomputed from the valid judgements at every change."""

    __tablename__ = "cells"

    contest_id: Mapped[str] = mapped_column(ForeignKey("contests.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"), primary_key=True)
    public_attempts: Mapped[int] = mapped_column(default=0)
    public_pending: Mapped[int] = mapped_column(default=0)
    public_solved_at_s: Mapped[float | None] = mapped_column()
    public_penalty_min: Mapped[int] = mapped_column(default=0)
    staff_attempts: Mapped[int] = mapped_column(default=0)
    staff_pending: Mapped[int] = mapped_column(default=0)
    staff_solved_at_s: Mapped[float | None] = mapped_column()
    staff_penalty_min: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_cells_problem", "contest_id", "problem_id"),)
