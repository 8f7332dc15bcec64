"""``jupyter oj contest``: list, create, enrol, show."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import click

from jupyter_oj_extension.commands.opening import OPERATOR, opened, table
from jupyter_oj_extension.store.base import now

LENGTH = re.compile(r"(\d+(?:\.\d+)?)([mhd])")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def instant(text: str) -> datetime:
    """A point in time: ISO 8601 (local time unless it names its zone), ``now``, or ``+2h`` from now."""
    if text == "now":
        return now().replace(microsecond=0)
    if text.startswith("+"):
        return now().replace(microsecond=0) + length(text[1:])
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a time; say now, +30m, +2h, +1d or 2030-05-01T09:00") from None


def length(text: str) -> timedelta:
    """``90m``, ``5h``, ``2d`` as a time span."""
    match = LENGTH.fullmatch(text)
    if match is None:
        raise click.BadParameter(f"{text!r} is not a length of time; say 90m, 5h or 2d")
    return timedelta(**{UNITS[match[2]]: float(match[1])})


@click.group()
def contest() -> None:
    """Make contests, enrol contestants."""


@contest.command("list")
def list_() -> None:
    """List contests: running ones first, then those to come."""
    from jupyter_oj_extension.services import contests

    with opened() as ctx:
        items = contests.page(ctx, OPERATOR)["items"]
    rows: list[tuple[str, ...]] = [("id", "state", "start", "end", "name")]
    rows += [(item["id"], item["state"], item["start"], item["end"], item["name"]) for item in items]
    click.echo(table(rows) if items else "no contests; see: jupyter oj contest create --help")


@contest.command()
@click.argument("id")
@click.argument("problems", nargs=-1, required=True)
@click.option("--name", help="Name for people (default: the id).")
@click.option("--start", default="now", show_default=True, type=instant, help="now, +30m, 2030-05-01T09:00")
@click.option("--length", "span", default="5h", show_default=True, help="How long it runs: 90m, 5h, 2d")
@click.option("--freeze", help="Freeze the public board this long before the end: 1h")
@click.option("--penalty", default=20, show_default=True, help="Minutes for a rejected attempt.")
@click.option("--tie", default="second", show_default=True, type=click.Choice(["second", "minute"]))
def create(
    id: str,
    problems: tuple[str, ...],
    name: str | None,
    start: datetime,
    span: str,
    freeze: str | None,
    penalty: int,
    tie: str,
) -> None:
    """Make an ICPC contest ID of PROBLEMS, in the order of their labels A, B, C."""
    from jupyter_oj_extension.services import contests

    end = start + length(span)
    with opened() as ctx:
        made = contests.create(
            ctx,
            id=id,
            name=name or id,
            start=start,
            end=end,
            problems=problems,
            freeze=None if freeze is None else end - length(freeze),
            penalty_min=penalty,
            tie=tie,
        )
    click.echo(f"{made.id}: {len(problems)} problems, {made.start:%Y-%m-%d %H:%M %Z} to {made.end:%Y-%m-%d %H:%M %Z}")


@contest.command()
@click.argument("name")
@click.option("--contest", "contest_id", help="Register for this contest, too.")
@click.option("--user", help="User id (default: made of the name).")
@click.option("--affiliation", help="School, class or team.")
def enrol(name: str, contest_id: str | None, user: str | None, affiliation: str | None) -> None:
    """Enrol a contestant called NAME and print their token, this once."""
    from jupyter_oj_extension.services import accounts

    with opened() as ctx:
        enrolment = accounts.enrol(ctx, contest_id, name, user=user, affiliation=affiliation)
    click.echo(f"{enrolment.user} ({enrolment.name}); the token is shown this once:", err=True)
    click.echo(enrolment.token)


@contest.command()
@click.argument("id")
def show(id: str) -> None:
    """Show one contest and its problems."""
    from jupyter_oj_extension.services import contests

    with opened() as ctx:
        found = contests.get(ctx, OPERATOR, id)
    frozen = f", board frozen from {found['freeze']}" if found["freeze"] else ""
    click.echo(f"{found['name']} ({found['id']}): {found['state']}, {found['start']} to {found['end']}{frozen}")
    rows: list[tuple[str, ...]] = [("", "id", "solved", "title")]
    rows += [
        (problem["label"], problem["id"], f"{problem['solved_by']}/{problem['attempted_by']}", problem["title"])
        for problem in found["problems"]
    ]
    click.echo(table(rows))
