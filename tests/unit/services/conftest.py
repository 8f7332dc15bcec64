"""A context over real parts: SQLite and PostgreSQL, Valkey, Celery's producer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from store_support import Judge, add_problem

from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Once an empty SQLite file, once an empty PostgreSQL database."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def settings(database_url: str, valkey_settings: Settings, redis_url: str, tmp_path: Path) -> Settings:
    return Settings(
        state_dir=tmp_path,
        database_url=database_url,
        redis_url=redis_url,
        broker_url=valkey_settings.broker,
        submissions_per_minute=600,
    )


@pytest.fixture
def open_context() -> Iterator[Callable[[Settings], Judge]]:
    """Opens migrated contexts and closes them when the test ends."""
    opened: list[Judge] = []

    def open_one(settings: Settings) -> Judge:
        ctx = Judge.open(settings)
        assert isinstance(ctx, Judge)
        opened.append(ctx)
        migrate.upgrade(ctx.engine)
        return ctx

    yield open_one
    for ctx in opened:
        ctx.close()


@pytest.fixture
def ctx(settings: Settings, open_context: Callable[[Settings], Judge]) -> Judge:
    """A migrated store with the problem ``pairs``."""
    context = open_context(settings)
    add_problem(context)
    return context


@pytest.fixture
def without_redis(ctx: Judge, open_context: Callable[[Settings], Judge], tmp_path: Path) -> Judge:
    """The same store, with Redis and broker at an address where nobody answers."""
    nobody = tmp_path / "nobody.sock"
    return open_context(
        replace(ctx.settings, redis_url=f"unix://{nobody}?db=0", broker_url=f"redis+socket://{nobody}?virtual_host=0")
    )
