"""``jupyter oj db``: the database's place and version."""

from __future__ import annotations

import click

from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store import migrate
from jupyter_oj_extension.store.base import open_engine


@click.group()
def db() -> None:
    """The database: where it is, and bringing it up to this version."""


@db.command()
def path() -> None:
    """Print the database's URL, without its password."""
    engine = open_engine(Settings.load().database)
    click.echo(engine.url.render_as_string(hide_password=True))
    engine.dispose()


@db.command()
def upgrade() -> None:
    """Make or upgrade the tables. Starting the server does this by itself."""
    settings = Settings.load()
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = open_engine(settings.database)
    try:
        before = migrate.current(engine)
        migrate.upgrade(engine)
        after = migrate.current(engine)
    finally:
        engine.dispose()
    click.echo(f"already at {after}" if before == after else f"upgraded from {before or 'nothing'} to {after}")
