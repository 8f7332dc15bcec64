"""``jupyter oj images``: the root filesystems of languages, and of scripts that come with problems (`jury`)."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import click

from jupyter_oj_extension import plugins
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.image_list import JURY, images_by_need
from jupyter_oj_graders.image_specs import sandbox_settings
from jupyter_oj_sandbox import image_files
from jupyter_oj_sandbox import images as built
from jupyter_oj_sandbox.api import ImageSpec, SandboxFault
from jupyter_oj_sandbox.pool import open_engine
from jupyter_oj_sandbox.selftest import IMAGE as PROBE_IMAGE


@click.group()
def images() -> None:
    """Build and list the languages' images, and that of scripts that come with problems, which is called jury. They are
    made of Debian packages, and named by the hash of their recipe."""


@images.command()
@click.argument("languages", nargs=-1)
@click.option("--all", "all_", is_flag=True, help="Those of all languages, as without a name.")
@click.option("--force", is_flag=True, help="Build again what is there: newer packages of the same release.")
def build(languages: tuple[str, ...], all_: bool, force: bool) -> None:
    """Build the images of LANGUAGES (all when none is named) that are missing. One that cannot be built does not keep
    the others from it; the exit status is then 1."""
    settings = sandbox_settings(Settings.load())
    wanted = _chosen(() if all_ else languages)
    failed = []
    try:
        engine = open_engine(settings)
        engine.ensure()
    except SandboxFault as fault:
        raise click.ClickException(str(fault)) from fault
    for number, (spec, names) in enumerate(wanted.items(), 1):
        began = time.monotonic()
        count = f"[{number}/{len(wanted)}]"
        try:
            built.ensure(spec, engine, settings, partial(_say, count), force=force)
        except SandboxFault as fault:
            click.secho(f"{count} {spec.name} ({', '.join(names)}): {fault}", fg="red", err=True)
            failed.append(spec.name)
            continue
        size = _state(built.size_mib(spec, engine, settings))
        click.echo(f"{count} {spec.name}: {size}, {time.monotonic() - began:.1f} s ({', '.join(names)})")
    if failed:
        raise click.ClickException(f"not built: {' '.join(failed)}")


@images.command(name="list")
def list_() -> None:
    """Each image with who needs it, and whether it is built."""
    settings = sandbox_settings(Settings.load())
    try:
        engine = open_engine(settings)
        for spec, names in _chosen(()).items():
            state = _state(built.size_mib(spec, engine, settings))
            for name in names:
                click.echo(f"{name:10} {state:>10}  {_described(spec)}")
    except SandboxFault as fault:
        raise click.ClickException(str(fault)) from fault


@images.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("languages", nargs=-1)
def save(file: Path, languages: tuple[str, ...]) -> None:
    """Write the images of LANGUAGES (all when none is named) into FILE, for `jupyter oj images load` on other hosts."""
    settings = sandbox_settings(Settings.load())
    specs = [PROBE_IMAGE, *_chosen(languages)]
    try:
        for name in image_files.save(specs, file, open_engine(settings), settings):
            click.echo(name)
    except SandboxFault as fault:
        raise click.ClickException(str(fault)) from fault


@images.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """Take in the images of FILE, made by `jupyter oj images save` on a host of the same kind."""
    try:
        for name in image_files.load(file, open_engine(sandbox_settings(Settings.load()))):
            click.echo(name)
    except SandboxFault as fault:
        raise click.ClickException(str(fault)) from fault


def _chosen(names: tuple[str, ...]) -> dict[ImageSpec, list[str]]:
    """The images of these languages, of all when none is named, with who needs them."""
    known = plugins.languages()
    if unknown := [name for name in names if name not in known and name != JURY]:
        raise click.UsageError(f"no language {unknown[0]!r}; there are {', '.join((*known, JURY))}")
    languages = [known[name] for name in names if name != JURY] if names else list(known.values())
    return images_by_need(languages, jury=not names or JURY in names)


def _say(count: str, line: str) -> None:
    click.echo(f"{count} {line}")


def _state(size_mib: int | None) -> str:
    return "missing" if size_mib is None else f"{size_mib} MiB"


def _described(spec: ImageSpec) -> str:
    return f"{spec.name}: {' '.join(spec.packages)}"
