"""The Podman service of the account, on a private unix socket, and podman-py clients for it.

It is started by whoever needs it first, ends by itself when it was idle for `IDLE_S`, and is started again by the next
caller; containers do not depend on it. It runs in Podman's own user and mount namespace (`podman unshare`), where it
may hide the cgroup2 mount of a hybrid host, which crun refuses; nothing changes outside, and no root is needed.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from podman import PodmanClient
from podman.errors import APIError, PodmanError

from .account import PATH, Account
from .api import SandboxFault
from .cgroup import Hierarchy

log = logging.getLogger(__name__)

IDLE_S = 900
START_S = 30.0
PING_S = 20.0
NO_PROCESS = "podman system migrate"
"""What Podman asks for when its pause process and all that watch its containers were killed at once, while its notes
still call the containers running: it then finds no user namespace to enter, and gives up."""
NOTES = ("alive", "pause.pid")
"""Podman's marks, in its runtime folder, that it has run since the last boot; without them it believes nothing of what
it noted of running containers. Its own remedy waits ten seconds for each of them."""

SERVICE = """\
exec > "$3" 2>&1
hybrid=/sys/fs/cgroup/unified
if grep -q " $hybrid cgroup2 " /proc/mounts && ! grep -q "^oj-hidden $hybrid " /proc/mounts; then
    mount -t tmpfs -o size=4k,mode=555 oj-hidden "$hybrid" || exit
fi
socket=$1 idle=$2
shift 3
rm -f "$socket"
exec podman "$@" system service --time "$idle" "unix://$socket"
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """Podman for one account. `oci_runtime` empty means Podman's default.

    Podman's API takes the runtime of a container and ignores it (4.3), so that it is the service's own: each runtime
    has a service, and containers are held against it (`containers.start`).
    """

    account: Account
    hierarchy: Hierarchy
    oci_runtime: str = ""

    @property
    def socket(self) -> Path:
        """Where the service of this runtime listens."""
        default = self.account.engine_socket
        return default.with_stem(f"{default.stem}-{Path(self.oci_runtime).name}") if self.oci_runtime else default

    def check_runtime(self) -> None:
        """Raise `SandboxFault` when the configured runtime is not installed: nothing else takes its place."""
        if self.oci_runtime and shutil.which(self.oci_runtime, path=PATH) is None:
            raise SandboxFault(
                f"the OCI runtime {self.oci_runtime!r} (setting oci_runtime) is not installed: install it, "
                "or leave the setting empty for Podman's own choice"
            )

    def ensure(self) -> None:
        """Make sure the service answers. Raises `SandboxFault` with what Podman printed when it cannot be started."""
        self.check_runtime()
        if self._answers():
            return
        self.account.prepare()
        with self.account.locked("engine.lock"):
            if self._answers():
                return
            try:
                self._start()
            except SandboxFault as fault:
                if NO_PROCESS not in str(fault):
                    raise
                log.warning("all of Podman's processes were killed: it starts as after a reboot")
                notes = self.account.run_dir / "runtime" / "libpod" / "tmp"
                self.account.run("rm", "-f", *(str(notes / name) for name in NOTES))
                self._start()

    @contextmanager
    def client(self, timeout_s: float = 60) -> Iterator[PodmanClient]:
        """A client of the running service. Podman's errors come out as `SandboxFault`."""
        self.ensure()
        client = self._client(timeout_s)
        try:
            yield client
        except (APIError, PodmanError, requests.RequestException, OSError) as error:
            raise SandboxFault(f"podman: {error}") from error
        finally:
            client.close()  # type: ignore[no-untyped-call]

    def version(self) -> str:
        """``podman 4.3.1``."""
        with self.client() as client:
            return f"podman {client.version()['Version']}"  # type: ignore[no-untyped-call]

    def _client(self, timeout_s: float) -> PodmanClient:
        return PodmanClient(base_url=f"http+unix://{self.socket}", timeout=timeout_s)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:  # podman-py leaves a refused socket open
            try:
                probe.connect(str(self.socket))
            except OSError:
                return False
        client = self._client(PING_S)
        try:
            return bool(client.ping())
        except (APIError, PodmanError, requests.RequestException, OSError):
            return False
        finally:
            client.close()  # type: ignore[no-untyped-call]

    def _start(self) -> None:
        if shutil.which("podman") is None:
            raise SandboxFault("podman is not installed: run `jupyter oj setup`")
        printed = self.account.home / f"{self.socket.stem}.log"
        options = ["--runtime", self.oci_runtime] if self.oci_runtime else []
        argv = ["podman", "unshare", "sh", "-c", SERVICE, "sh", str(self.socket), str(IDLE_S), str(printed), *options]
        with tempfile.TemporaryFile() as errors:  # of what runs before the service writes its own log
            process = subprocess.Popen(
                [*self._scope(), *self.account.command(argv)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                cwd=self.account.home,
                env={"XDG_RUNTIME_DIR": f"/run/user/{self.account.uid}", **os.environ},  # for systemd-run
                start_new_session=True,
            )
            deadline = time.monotonic() + START_S
            while time.monotonic() < deadline:
                if self._answers():
                    process.returncode = 0  # it outlives us by design: no warning when this object is collected
                    return
                if process.poll() is not None:
                    break
                time.sleep(0.02)
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()
        if not said and printed.exists():
            said = self.account.run("tail", "--bytes=20000", str(printed)).strip()
        raise SandboxFault(f"the Podman service does not start: {worst(said)[-2000:] or process.returncode}")

    def _scope(self) -> list[str]:
        """On cgroup v2 an ordinary user's containers must start below the group systemd delegates to that user."""
        if self.account.foreign or self.hierarchy.version == "v1":
            return []
        return ["systemd-run", "--user", "--scope", "--quiet", "--collect", "--property=Delegate=yes"]


def worst(said: str) -> str:
    """The errors of what Podman printed, without its warnings; all of it where it tells no errors apart."""
    lines = said.splitlines()
    return "\n".join([line for line in lines if "level=error" in line or "level=fatal" in line] or lines)
