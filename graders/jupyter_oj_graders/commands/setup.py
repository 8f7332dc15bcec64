"""``jupyter oj setup``: prepare this host for judging, the root part once, then the images."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import subprocess
from functools import partial

import click

from jupyter_oj_extension import plugins
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.image_list import images_by_need
from jupyter_oj_graders.image_specs import sandbox_settings
from jupyter_oj_graders.preparing import HEAD
from jupyter_oj_sandbox import images
from jupyter_oj_sandbox.api import SandboxFault
from jupyter_oj_sandbox.hostsetup import delegation, root
from jupyter_oj_sandbox.pool import open_engine
from jupyter_oj_sandbox.selftest import IMAGE as PROBE_IMAGE


@click.command()
@click.option("--root", "root_only", is_flag=True, help="Only the part that needs root.")
@click.option("--images/--no-images", "with_images", default=True, help="Build the languages' images as well.")
@click.option("--first", is_flag=True, help="Only the images of the first languages: a grader builds the others later.")
def setup(root_only: bool, with_images: bool, first: bool) -> None:
    """Prepare this host for judging: install packages, make the account that owns the containers, delegate cgroups,
    build the languages' images.

    Run it as root, or as a user with sudo: then only the first part runs as root, and is shown before it does.
    Running it again repairs what is missing and takes no time when nothing is.
    """
    settings = Settings.load()
    try:
        _root_part(settings)
        if not root_only:
            _user_part(settings, (HEAD if first else None) if with_images else 0)
    except SandboxFault as fault:
        raise click.ClickException(str(fault)) from fault


def owner(settings: Settings) -> str:
    """Whose containers they will be: the graders' account when we are root, else the invoking user's own."""
    return settings.sandbox_account if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def _root_part(settings: Settings) -> None:
    name = owner(settings)
    plan = root.todo(name)
    if not plan:
        return
    if os.getuid() == 0:
        root.setup(name, say)
        return
    if shutil.which("sudo") is None:
        raise SandboxFault(f"this needs root, and there is no sudo: {'; '.join(plan)}. Run `jupyter oj setup` as root")
    command = ["sudo", *delegation.root_command("setup", name)]
    say("this needs root once:")
    for line in plan:
        say(f"  - {line}")
    say(f"running {shlex.join(command)}")
    if subprocess.run(command, check=False).returncode != 0:
        raise SandboxFault("the root part did not succeed; nothing else was done")


def _user_part(settings: Settings, languages: int | None) -> None:
    """The images of that many languages, None for all there are."""
    sandbox = sandbox_settings(settings)
    engine = open_engine(sandbox)
    engine.ensure()
    delegation.ensure(engine.account, engine.hierarchy)
    chosen = list(plugins.languages().values())[:languages]
    if chosen:
        images.ensure(PROBE_IMAGE, engine, sandbox, say)
    wanted = images_by_need(chosen, jury=languages is None)
    for number, spec in enumerate(wanted, 1):
        images.ensure(spec, engine, sandbox, partial(_of, number, len(wanted)))
    say("this host is set up; `jupyter oj doctor` tests it")


def _of(number: int, total: int, line: str) -> None:
    say(f"{line} (image {number} of {total})")


def say(line: str) -> None:
    """One line of progress."""
    click.echo(f"[setup] {line}")
