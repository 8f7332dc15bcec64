"""Tables of problems. A version's row holds everything a learner may see; tests stay in files of the service."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_oj_extension.store.base import Base, Instant, now


class ProblemRow(Base):
    """A problem by its slug, pointing at its current version. `search_text` is lower case: id, title, tags, statement.

    `listed` problems are found in the list; others only through a contest that has begun.
    """

    __tablename__ = "problems"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(40), default="pass-fail")
    difficulty: Mapped[str] = mapped_column(String(10))
    level: Mapped[int] = mapped_column()
    """`difficulty` as a number (1 to 3), to sort by."""
    version: Mapped[str] = mapped_column(String(64))
    listed: Mapped[bool] = mapped_column(default=True)
    search_text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    updated_at: Mapped[datetime] = mapped_column(Instant, default=now)

    __table_args__ = (Index("ix_problems_level_title", "level", "title"),)


class ProblemVersionRow(Base):
    """One version, never changed once written. `document` is the learner's view (see `services.problems.document`)."""

    __tablename__ = "problem_versions"

    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)


class ProblemTagRow(Base):
    """A topic of a problem, lower case."""

    __tablename__ = "problem_tags"

    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)
