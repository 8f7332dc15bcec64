"""``jupyter oj scoreboard``: show, rebuild, unfreeze."""

from __future__ import annotations

import sys
from typing import Any

import click
from redis import RedisError

from jupyter_oj_extension.commands.opening import OPERATOR, opened, table


@click.group()
def scoreboard() -> None:
    """Show a scoreboard, or make its projection anew."""


@scoreboard.command()
@click.argument("contest")
@click.option("--page", default=1, show_default=True)
@click.option("--limit", default=50, show_default=True)
@click.option("--staff", is_flag=True, help="Look behind the freeze.")
def show(contest: str, page: int, limit: int, staff: bool) -> None:
    """Show a page of CONTEST's scoreboard."""
    from jupyter_oj_extension.services import scoreboard

    with opened() as ctx:
        board = scoreboard.leaderboard(
            ctx, OPERATOR, contest, page=page, limit=limit, view="staff" if staff else "public"
        )
    frozen = ", frozen" if board["frozen"] else ""
    click.echo(f"{board['name']}: {board['state']}{frozen}, {board['total']} contestants, from {board['source']}")
    labels = [problem["label"] for problem in board["problems"]]
    rows: list[tuple[str, ...]] = [("#", "contestant", "solved", "penalty", *labels)]
    rows += [
        (
            str(row["rank"]),
            row["name"],
            str(row["solved"]),
            str(row["penalty_min"]),
            *(_cell(row["cells"][label]) for label in labels),
        )
        for row in board["rows"]
    ]
    click.echo(table(rows))


def _cell(cell: dict[str, Any]) -> str:
    match cell["state"]:
        case "solved":
            return (
                f"+{cell['attempts']} {cell['time_min'] // 60}:{cell['time_min'] % 60:02}{'*' if cell['first'] else ''}"
            )
        case "pending":
            return f"? {cell['pending']}"
        case "tried":
            return f"-{cell['attempts']}"
        case _:
            return "."


@scoreboard.command()
@click.argument("contest")
def rebuild(contest: str) -> None:
    """Make CONTEST's projection in Redis anew out of the database."""
    from jupyter_oj_extension.services import scoreboard

    with opened() as ctx:
        try:
            done = scoreboard.rebuild(ctx, contest)
        except RedisError as error:
            click.echo(f"Redis cannot be reached, so there is nothing to rebuild: {error}", err=True)
            sys.exit(1)
    click.echo("somebody else is rebuilding it now" if done is None else f"{done} contestants")


@scoreboard.command()
@click.argument("contest")
def unfreeze(contest: str) -> None:
    """Open CONTEST's frozen board to the public."""
    from jupyter_oj_extension.services import contests

    with opened() as ctx:
        contests.thaw(ctx, contest)
    click.echo("the board is open")
