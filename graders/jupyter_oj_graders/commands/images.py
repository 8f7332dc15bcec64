"""``jupyter oj images``: the languages' root filesystems."""

from __future__ import annotations

import time

import click

from jupyter_oj_extension import plugins
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.image_specs import image_specs, sandbox_settings
from jupyter_oj_sandbox import images as built
from jupyter_oj_sandbox.api import ImageSpec, SandboxFault
from jupyter_oj_sandbox.pool import open_engine


@click.group()
def images() -> None:
    """Build and list the languages' images. They are made of Debian packages, and named by the hash of their recipe."""


@images.command()
@click.argument("languages", nargs=-1)
@click.option("--force", is_flag=True, help="Build again what is there: newer packages of the same release.")
def build(languages: tuple[str, ...], force: bool) -> None:
    """Build the images of LANGUAGES (all when none is named) that are missing."""
    settings = sandbox_settings(Settings.load())
    known = plugins.languages()
    if unknown := [name for name in languages if name not in known]:
        raise click.UsageError(f"no language {unknown[0]!r}; there are {', '.join(known)}")
    try:
        engine = open_engine(settings)
        for name in languages or tuple(known):
            for spec in image_specs(known[name]):
                began = time.monotonic()
                reference = built.ensure(spec, engine, settings, click.echo, force=force)
                click.echo(f"{name}: {reference} ({time.monotonic() - began:.1f} s)")
    except SandboxFault as fault:
        raise click.ClickException(str(fault)) from fault


@images.command(name="list")
def list_() -> None:
    """Each language's images, and whether they are built."""
    settings = sandbox_settings(Settings.load())
    try:
        engine = open_engine(settings)
        for language in plugins.languages().values():
            for spec in image_specs(language):
                click.echo(f"{language.id:10} {_state(built.size_mib(spec, engine, settings)):>10}  {_described(spec)}")
    except SandboxFault as fault:
        raise click.ClickException(str(fault)) from fault


def _state(size_mib: int | None) -> str:
    return "missing" if size_mib is None else f"{size_mib} MiB"


def _described(spec: ImageSpec) -> str:
    return f"{spec.name}: {' '.join(spec.packages)}"
