"""``jupyter oj``: command groups found by entry points (`jupyter_oj.commands`) and imported when they are called."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

from jupyter_oj_extension.domain.errors import OJError

GROUP = "jupyter_oj.commands"
SUMMARIES = {
    "contest": "Make contests, enrol contestants.",
    "db": "The database: where it is, and bringing it up to this version.",
    "demo": "Judge all sample solutions, or let a class play a contest.",
    "doctor": "Check this host, and say what is missing.",
    "grader": "Judge submissions on this host.",
    "images": "Build and list the languages' images.",
    "judge": "Judge one submission here, with no server.",
    "problem": "Import, list and verify problems.",
    "scoreboard": "Show a scoreboard, or make its projection anew.",
    "setup": "Prepare this host for judging.",
}
"""Help of our own commands, so that ``jupyter oj --help`` need not import them; others are imported and asked."""


class LazyGroup(click.Group):
    """A group whose commands are entry points."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_points())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        point = _points().get(cmd_name)
        if point is None:
            return None
        command = point.load()
        if not isinstance(command, click.Command):
            raise click.ClickException(f"entry point {cmd_name} of {GROUP} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, SUMMARIES.get(name) or self._ask(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _ask(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return "" if command is None else command.get_short_help_str()


def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jupyter_oj_extension", prog_name="jupyter oj")
def oj() -> None:
    """An online judge inside JupyterLab: problems, contests, graders."""


def main(args: list[str] | None = None, **extra: Any) -> None:
    """Run the command line. What a person can act on is one line on standard error and exit status 1."""
    try:
        oj.main(args=args, prog_name="jupyter oj", **extra)
    except OJError as error:
        click.echo(f"jupyter oj: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
