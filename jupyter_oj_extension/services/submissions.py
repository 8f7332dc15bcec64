"""Submit a solution, run it on samples or own input, and look at what became of it."""

from __future__ import annotations

from typing import Any

from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.services.context import Context


def submit(
    ctx: Context,
    identity: Identity,
    *,
    problem: str,
    language: str,
    source: str,
    contest: str | None = None,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    raise NotImplementedError


def run(
    ctx: Context,
    identity: Identity,
    *,
    problem: str,
    language: str,
    source: str,
    input: str | None = None,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    raise NotImplementedError


def get(ctx: Context, identity: Identity, id: str) -> dict[str, Any]:
    raise NotImplementedError


def source(ctx: Context, identity: Identity, id: str) -> dict[str, Any]:
    raise NotImplementedError


def page(
    ctx: Context,
    identity: Identity,
    *,
    problem: str | None = None,
    contest: str | None = None,
    verdict: str | None = None,
    language: str | None = None,
    kind: str | None = None,
    page: int = 1,
    limit: int = 50,
) -> dict[str, Any]:
    raise NotImplementedError


def snapshot(ctx: Context, identity: Identity, *, done_within_s: float = 600) -> list[dict[str, Any]]:
    """My submissions not yet done, and those done in the last ten minutes, with runs: the stream's first event."""
    raise NotImplementedError
