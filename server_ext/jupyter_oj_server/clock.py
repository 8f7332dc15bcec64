"""The server's time as the interface writes it."""

from __future__ import annotations

from datetime import UTC, datetime


def timestamp() -> str:
    """Now, ISO 8601 in UTC with ``Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
