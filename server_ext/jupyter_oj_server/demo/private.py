"""A whole stack for the length of a block: a headless Jupyter server on a free port, in a temporary folder."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jupyter_oj_extension import valkey
from jupyter_oj_extension.settings import Settings

KEPT = frozenset(
    f"OJ_{name}"
    for name in (
        *("LANGUAGES", "LANGUAGES_DIR", "MACHINE_FACTOR", "OCI_RUNTIME", "RECYCLE_AFTER", "SANDBOX_ACCOUNT"),
        *("SINGLE_USE", "SLOTS", "WARM_CONTAINERS", "WARM_INTERPRETERS"),
    )
)
"""Settings of the caller that also hold for the private stack: how this host judges, not where it keeps things."""
STOP_TIMEOUT_S = 40.0


@dataclass(frozen=True, slots=True)
class Stack:
    """The running server: its interface's `base`, its `token`, its process, and the file it logs to."""

    base: str
    token: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


@contextmanager
def private_stack(**settings: str) -> Iterator[Stack]:
    """Start it, and leave nothing behind: no process, no container, no file. `settings` are as in the environment,
    without their ``OJ_``."""
    folder = Path(tempfile.mkdtemp(prefix="oj-demo-"))
    log = folder / "server.log"
    port, token = free_port(), secrets.token_hex(16)
    with log.open("wb") as output:
        process = subprocess.Popen(
            server_command(port, folder),
            env=_environment(folder, token, settings),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Stack(f"http://127.0.0.1:{port}/oj/api/v1/", token, process, log)
    finally:
        _end(process)
        valkey.stop(Settings(state_dir=folder / "state"))
        shutil.rmtree(folder, ignore_errors=True)


def server_command(port: int, root: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"),
        *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        f"--ServerApp.root_dir={root}",
        '--ServerApp.jpserver_extensions={"jupyter_oj_server": True}',
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, token: str, settings: dict[str, str]) -> dict[str, str]:
    """The caller's environment without their judge's settings: the demo must never touch a real store."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("OJ_") or key in KEPT}
    config = folder / "oj.toml"
    config.touch()
    for name in ("config", "runtime", "data"):
        env[f"JUPYTER_{name.upper()}_DIR"] = str(folder / name)
    env |= {
        "JUPYTER_TOKEN": token,
        "OJ_CONFIG": str(config),
        "OJ_STATE_DIR": str(folder / "state"),
        "OJ_SUBMISSIONS_PER_MINUTE": "100000",
        "OJ_REQUESTS_PER_MINUTE": "100000",
        "OJ_MAX_IN_FLIGHT": "1000",
        "PYTHONWARNINGS": "ignore",
    }
    return env | {f"OJ_{key.upper()}": value for key, value in settings.items()}


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
