"""Images carried from one host to another as a file: for graders without a package mirror, and quicker than building
them on each.

The file is what ``podman save --multi-image-archive`` makes; names hold the hash of the recipe, so that a host whose
recipes differ builds its own all the same.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from .api import ImageSpec, SandboxFault
from .engine import Engine
from .images import BUILD_S, reference, size_mib
from .settings import SandboxSettings


def save(specs: Sequence[ImageSpec], file: Path, engine: Engine, settings: SandboxSettings) -> list[str]:
    """Write the images of `specs` into `file` and return their names. Raises `SandboxFault` when one is not built."""
    if missing := [spec.name for spec in specs if size_mib(spec, engine, settings) is None]:
        raise SandboxFault(f"not built: {' '.join(missing)}: run `jupyter oj images build`")
    names = sorted({reference(spec, settings) for spec in specs})
    account = engine.account
    whole = account.home / "images.tar"  # the account cannot write where we can, and we follow no link of its
    account.run("rm", "-f", str(whole))
    try:
        account.run(
            "podman", "save", "--quiet", "--multi-image-archive", "--output", str(whole), *names, timeout_s=BUILD_S
        )
        try:
            with file.open("wb") as copy:
                subprocess.run(account.command(["cat", str(whole)]), cwd=account.home, stdout=copy, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise SandboxFault(f"cannot write {file}: {error}") from error
    finally:
        account.run("rm", "-f", str(whole))
    return names


def load(file: Path, engine: Engine) -> list[str]:
    """Take in the images of `file` and return their names. Raises `SandboxFault` when it is no such file."""
    engine.ensure()
    account = engine.account
    try:
        with file.open("rb") as archive:
            done = subprocess.run(
                account.command(["podman", "load", "--quiet"]),
                cwd=account.home,
                stdin=archive,
                capture_output=True,
                text=True,
                timeout=BUILD_S,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SandboxFault(f"cannot load {file}: {error}") from error
    if done.returncode != 0:
        raise SandboxFault(f"podman cannot load {file}: {done.stderr.strip()[-500:]}")
    return [line.partition(": ")[2] for line in done.stdout.splitlines() if ": " in line]
