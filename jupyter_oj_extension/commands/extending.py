"""A command group that layers above the core add commands to, by entry points of ``jupyter_oj.commands.<group>``."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

import click


class ExtensibleGroup(click.Group):
    """Its own commands, and those of entry points, which are imported only when they are called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._points()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        point = self._points().get(cmd_name)
        if own is not None or point is None:
            return own
        command = point.load()
        if not isinstance(command, click.Command):
            raise click.ClickException(f"entry point {cmd_name} of {point.group} is not a command")
        return command

    def _points(self) -> dict[str, EntryPoint]:
        return {point.name: point for point in entry_points(group=f"jupyter_oj.commands.{self.name}")}
