"""People and their enrolment tokens. Only a token's SHA-256 is kept: it is 256 random bits, so it needs no salt."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_oj_extension.store.base import Base, Instant, now


class UserRow(Base):
    """A person by the name they sign in with (operating-system user, Hub user, or enrolled contestant)."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(128), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    affiliation: Mapped[str | None] = mapped_column(String(200))
    staff: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)


class TokenRow(Base):
    """An enrolment token. With `contest_id` it was given for that contest, and goes when the contest is removed."""

    __tablename__ = "tokens"
    __table_args__ = (Index(None, "user_id"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    contest_id: Mapped[str | None] = mapped_column(ForeignKey("contests.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
