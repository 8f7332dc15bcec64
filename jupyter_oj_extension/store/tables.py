"""Import this to have every table in ``Base.metadata`` (migrations, tests)."""

from __future__ import annotations

from jupyter_oj_extension.store import accounts, contests, problems, submissions
from jupyter_oj_extension.store.base import Base

__all__ = ["accounts", "contests", "metadata", "problems", "submissions"]

metadata = Base.metadata
