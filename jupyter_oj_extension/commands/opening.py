"""What the commands share: the store opened, at this version, and who acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store import migrate

OPERATOR = Identity(user="", name="operator", roles=ALL_ROLES)
"""Whoever can run the command line on the service's host may see everything; they take part in nothing."""


@contextmanager
def opened() -> Iterator[Context]:
    """The service's context by the settings, its tables brought up to this version first."""
    ctx = Context.open(Settings.load())
    try:
        migrate.upgrade(ctx.engine)
        yield ctx
    finally:
        ctx.close()


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows in aligned columns; the first row is the heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(map(str.ljust, row, widths)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
