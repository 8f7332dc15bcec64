"""Submissions, their judgements and runs, and the graders that serve.

Life of a judgement: ``queued`` (unsent: `sent_at` is NULL; sent: it is not) -> ``leased`` -> ``done``. A lease that is
lost or given back leads to ``queued`` again. All changes of state are single UPDATEs with the old state in their WHERE.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    case,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_oj_extension.store.base import Base, Instant, now


def new_id() -> str:
    return uuid4().hex


class SubmissionRow(Base):
    """What a learner sent; never changed after it is made."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("user_id", "idempotency_key"),
        Index("ix_submissions_user", "user_id", "submitted_at"),
        Index("ix_submissions_problem", "problem_id", "kind", "user_id"),
        Index("ix_submissions_contest", "contest_id", "user_id", "problem_id"),
        CheckConstraint("kind IN ('submit', 'run')", name="kind"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"))
    problem_version: Mapped[str] = mapped_column(String(64))
    contest_id: Mapped[str | None] = mapped_column(ForeignKey("contests.id"))
    language: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(Text)
    own_input: Mapped[str | None] = mapped_column(Text)
    idempotency_key: Mapped[str | None] = mapped_column(String(128))
    body_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what was asked, to tell a repeated request from another one under the same key."""
    submitted_at: Mapped[datetime] = mapped_column(Instant, default=now)


class JudgementRow(Base):
    """One judging of one submission; of a submission's judgements exactly one is `valid`.

    `user_id`, `language` and `lane` are the submission's, kept here because the queue is ordered and counted by them.
    """

    __tablename__ = "judgements"
    __table_args__ = (
        Index(
            "uq_judgements_valid",
            "submission_id",
            unique=True,
            sqlite_where=text("valid"),
            postgresql_where=text("valid"),
        ),
        Index("ix_judgements_submission", "submission_id"),
        Index("ix_judgements_waiting", "state", "user_id", "sent_at"),
        Index("ix_judgements_queue", "state", "language", "lane", "queued_at"),
        Index("ix_judgements_lease", "state", "lease_until"),
        CheckConstraint("state IN ('queued', 'leased', 'done')", name="state"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    language: Mapped[str] = mapped_column(String(32))
    lane: Mapped[str] = mapped_column(String(16))
    valid: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(8), default="queued")
    queued_at: Mapped[datetime] = mapped_column(Instant, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    """When its id was last given to the broker; NULL: it waits in the store (user's cap, or the broker was down)."""

    attempt: Mapped[int] = mapped_column(default=0)
    """Leases so far."""
    faults: Mapped[int] = mapped_column(default=0)
    """Times a grader gave it back because of a fault of ours."""
    lost: Mapped[int] = mapped_column(default=0)
    """Leases that ran out: the grader died with it."""
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    leased_at: Mapped[datetime | None] = mapped_column(Instant)
    grader: Mapped[str | None] = mapped_column(String(200))

    verdict: Mapped[str | None] = mapped_column(String(4))
    score: Mapped[float | None]
    max_score: Mapped[float | None]
    groups: Mapped[list[dict[str, Any]] | None] = mapped_column("group_results", JSON(none_as_null=True))
    """Of a scored problem: ``[{"group", "verdict", "score", "max"}]``."""
    tests_total: Mapped[int | None]
    tests_done: Mapped[int] = mapped_column(default=0)
    failing: Mapped[int | None]
    cpu_s: Mapped[float | None]
    memory_kib: Mapped[int | None]
    compiler_output: Mapped[str | None] = mapped_column(Text)
    message: Mapped[str | None] = mapped_column(Text)
    judged_at: Mapped[datetime | None] = mapped_column(Instant)

    queued_s: Mapped[float | None]
    compile_s: Mapped[float | None]
    run_s: Mapped[float | None]
    total_s: Mapped[float | None]


POINTS_EPSILON = 1e-6
"""Points are sums of binary fractions: this much less than the most is the most."""

SOLVED = and_(
    JudgementRow.verdict == "AC",
    or_(
        JudgementRow.score.is_(None),
        JudgementRow.max_score.is_(None),
        JudgementRow.score >= JudgementRow.max_score - POINTS_EPSILON,
    ),
)
"""Whether a judgement solves its problem: accepted, and with all points where there is a most. A package may accept a
solution that earns some points only; that one is a try with points, wherever solved problems are counted."""

COUNTED_VERDICT = case((SOLVED, "AC"), (JudgementRow.verdict == "AC", "WA"), else_=JudgementRow.verdict)
"""The verdict as it counts where there are no points, as on an ICPC board: AC is what solves the problem."""


class RunRow(Base):
    """One test case of a judgement. `name` and the texts are set only for samples and own input: of a hidden test we
    keep its place, group and figures, and what its validator said to staff."""

    __tablename__ = "runs"

    judgement_id: Mapped[str] = mapped_column(ForeignKey("judgements.id", ondelete="CASCADE"), primary_key=True)
    index: Mapped[int] = mapped_column("idx", primary_key=True, autoincrement=False)
    name: Mapped[str | None] = mapped_column(String(200))
    group: Mapped[str] = mapped_column("grp", String(200))
    sample: Mapped[bool] = mapped_column(default=False)
    verdict: Mapped[str] = mapped_column(String(4))
    cpu_s: Mapped[float]
    wall_s: Mapped[float]
    memory_kib: Mapped[int]
    exit_code: Mapped[int | None]
    signal: Mapped[str | None] = mapped_column(String(32))
    score: Mapped[float | None]
    error_type: Mapped[str | None] = mapped_column(String(80))
    error_line: Mapped[int | None]
    message: Mapped[str | None] = mapped_column(Text)
    input: Mapped[str | None] = mapped_column(Text)
    expected: Mapped[str | None] = mapped_column(Text)
    output: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(Text)
    conversation: Mapped[list[dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))
    """Of an interactive problem's sample: ``[{"who", "text"}]``."""
    judge_message: Mapped[str | None] = mapped_column(Text)
    """The validator's words, for staff only."""


class GraderRow(Base):
    """A grader host's heartbeat. It serves while `last_seen` is fresh and `ready` (its self-test passed)."""

    __tablename__ = "graders"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    host: Mapped[str] = mapped_column(String(200))
    slots: Mapped[int]
    languages: Mapped[dict[str, str]] = mapped_column(JSON)
    """Language id -> version text."""
    ready: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(Text)
    report: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Self-test: ``[{"name", "ok", "detail"}]``."""
    started_at: Mapped[datetime] = mapped_column(Instant, default=now)
    last_seen: Mapped[datetime] = mapped_column(Instant, default=now)
