"""Builds the runner from its C sources with the host's gcc, once for each content of them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ..api import SandboxFault

FLAGS = ("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror")
LIBRARY = ("zygote.c", "pages.c", "init.c", "program.c", "filter.c", "pass.c", "cpu.c")
"""The sources of the library that is preloaded into interpreters; `LINKED` without a libc, so that its symbols have no
versions: it is the image's own libc that they are found in."""
LINKED = ("-shared", "-fPIC", "-fvisibility=hidden", "-nostdlib", "-Wl,-z,now")


def build_runner(cache_dir: Path) -> Path:
    """The static runner in `cache_dir`, compiled if this content has not been. `SandboxFault` says what is missing."""
    return _build(cache_dir, "runner", ("-static",), [path for path in _sources() if path.name not in LIBRARY[:2]])


def build_library(cache_dir: Path) -> Path:
    """The library that makes an interpreter of an image a warm one."""
    return _build(cache_dir, "warm", LINKED, [path for path in _sources() if path.name in LIBRARY])


def _sources() -> list[Path]:
    return sorted(Path(__file__).parent.glob("*.c"))


def _build(cache_dir: Path, name: str, flags: tuple[str, ...], sources: list[Path]) -> Path:
    folder = Path(__file__).parent
    digest = hashlib.sha256("\0".join((*FLAGS, *flags)).encode())
    for part in [*sources, folder / "runner.h", folder / "prepare.py"]:
        digest.update(part.name.encode() + b"\0" + part.read_bytes())
    target = cache_dir / f"{name}-{os.uname().machine}-{digest.hexdigest()[:16]}"
    if target.exists():
        return target
    compiler = shutil.which("gcc")
    if compiler is None:
        raise SandboxFault("gcc is not installed: the sandbox's runner is built with it (apt install gcc libc6-dev)")
    cache_dir.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # the state folder: sources, secret tests
    cache_dir.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_dir) as scratch:
        made = Path(scratch) / name
        command = [compiler, *FLAGS, *flags, "-o", str(made), *map(str, sources)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode != 0:
            raise SandboxFault(f"the sandbox's {name} does not compile: {done.stderr[-2000:]}")
        made.chmod(0o755)
        made.replace(target)
    return target
