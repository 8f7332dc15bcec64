"""Builds the runner from its C sources with the host's gcc, once for each content of them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ..api import SandboxFault

FLAGS = ("-std=gnu11", "-O2", "-Wall", "-Wextra", "-static")


def build_runner(cache_dir: Path) -> Path:
    """The static runner in `cache_dir`, compiled if this content has not been. `SandboxFault` says what is missing."""
    sources = sorted(Path(__file__).parent.glob("*.[ch]"))
    compiler = shutil.which("gcc")
    digest = hashlib.sha256("\0".join(FLAGS).encode())
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    target = cache_dir / f"runner-{os.uname().machine}-{digest.hexdigest()[:16]}"
    if target.exists():
        return target
    if compiler is None:
        raise SandboxFault("gcc is not installed: the sandbox's runner is built with it (apt install gcc libc6-dev)")
    cache_dir.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # the state folder: sources, secret tests
    cache_dir.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_dir) as folder:
        made = Path(folder) / "runner"
        command = [compiler, *FLAGS, "-o", str(made), *(str(s) for s in sources if s.suffix == ".c")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SandboxFault(f"the sandbox's runner does not compile: {done.stderr[-2000:]}")
        made.chmod(0o755)
        made.replace(target)
    return target
