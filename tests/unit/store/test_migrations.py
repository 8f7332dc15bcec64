"""The migrations make exactly the tables of the code, on both databases, once, whoever runs them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import Engine, inspect

from jupyter_oj_extension.commands.db import db
from jupyter_oj_extension.store import migrate
from jupyter_oj_extension.store.base import open_engine
from jupyter_oj_extension.store.tables import metadata


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/oj.sqlite3" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_migrations_and_code_agree(engine: Engine) -> None:
    assert migrate.current(engine) is None
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.head()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    migrate.upgrade(engine)


def test_only_one_judgement_is_valid(engine: Engine) -> None:
    """The rule is a partial unique index, which the comparison above does not look into."""
    migrate.upgrade(engine)
    (index,) = [each for each in inspect(engine).get_indexes("judgements") if each["name"] == "uq_judgements_valid"]
    assert index["unique"]
    assert str(index["dialect_options"][f"{engine.dialect.name}_where"]) == "valid"


def test_programs_that_start_together_upgrade_once(url: str, engine: Engine) -> None:
    program = (
        "import sys; from jupyter_oj_extension.store import base, migrate\n"
        "migrate.upgrade(base.open_engine(sys.argv[1]))"
    )
    together = [subprocess.Popen([sys.executable, "-c", program, url]) for _ in range(3)]
    assert [each.wait() for each in together] == [0, 0, 0]
    assert migrate.current(engine) == migrate.head()


def test_all_can_be_taken_back(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OJ_STATE_DIR", str(tmp_path / "state"))
    first, second, path = (CliRunner().invoke(db, [name]) for name in ("upgrade", "upgrade", "path"))
    assert first.output == f"upgraded from nothing to {migrate.head()}\n"
    assert second.output == f"already at {migrate.head()}\n"
    assert path.output == f"sqlite:///{tmp_path}/state/oj.sqlite3\n"
