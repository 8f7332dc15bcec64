"""People and their enrolment tokens. A token is kept as its SHA-256 only: it is 256 random bits, so no salt is needed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_oj_extension.store.base import Base, Instant, now


class User(Base):
    """A person by the name they sign in with (operating-system user, Hub user, or enrolled contestant)."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(128), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    affiliation: Mapped[str | None] = mapped_column(String(200))
    staff: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)


class Token(Base):
    """An enrolment token. With `contest_id` it was given for that contest, and ends with it when the contest is removed."""

    __tablename__ = "tokens"
    __table_args__ = (Index(None, "user_id"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    contest_id: Mapped[str | None] = mapped_column(ForeignKey("contests.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
