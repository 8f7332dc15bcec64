"""One warm container: created and started through podman-py, put into its cgroup, and removed. None of it is on a
submission's path; the pool does it ahead or in the background."""

from __future__ import annotations

import logging
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from podman import PodmanClient
from podman.errors import APIError, NotFound

from .api import SandboxFault
from .cgroup import Cgroup
from .engine import Engine
from .warmth import Warmth

log = logging.getLogger(__name__)

OWNER = "oj.owner"
"""Label: ``pid:start time`` of the process that uses the container. Whoever finds it dead may remove the container."""
NO_CGROUPS = ("crun", "krun")
"""Runtimes that can leave cgroups alone, which are ours; the others make one that nothing is put into."""
LIST_TRIES = 5
REMOVE_TRIES = 3
START_S = 20.0
START_MIB, START_PIDS = 64, 64
"""Limits until the runner sets those of the first run."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Tools:
    """What containers are given, where the account can read it: the static runner, its library, the outer seccomp
    profile."""

    runner: Path
    library: Path
    """What makes an interpreter a warm one."""
    seccomp: Path


@dataclass(frozen=True, slots=True)
class Container:
    """A running container whose runner listens on `socket`; `pid` is the runner's, as the host counts."""

    name: str
    pid: int
    socket: Path
    cgroup: Cgroup
    warmth: Warmth
    started: float = field(default_factory=time.monotonic)

    def alive(self) -> bool:
        """Whether the runner still is this container's: a dead one may have left its number to somebody else."""
        try:
            return f"{self.name}" in Path(f"/proc/{self.pid}/cgroup").read_text()
        except OSError:
            return False


def start(engine: Engine, *, image: str, slot: str, core: int | None, tools: Tools) -> Container:
    """Start a container of `image` pinned to `core`. Raises `SandboxFault`, leaving nothing behind."""
    name = f"oj-{slot}-{os.getpid()}-{next(_numbers)}"
    cgroup = engine.hierarchy.create(name)
    folder = engine.account.folder(engine.account.boxes / name)
    try:
        cgroup.set_memory(START_MIB)
        cgroup.set_pids(START_PIDS)
        with engine.client() as client:
            pid = _create(client, engine, name, image, folder, tools)
        if (whose := os.stat(f"/proc/{pid}").st_uid) != engine.account.uid:
            # Podman is the account's, which may have been broken into: as root we would move whatever it names.
            raise SandboxFault(f"process {pid}, said to be container {name}, belongs to user {whose}")
        if core is not None:
            os.sched_setaffinity(pid, {core})
        socket = folder / "sock"
        _wait(socket, pid)
        cgroup.attach(pid)  # not before it listens: what it has read ahead of the image is not charged to its group
        if (found := engine.hierarchy.of(pid)) != engine.hierarchy.path(name):
            raise SandboxFault(f"container {name} is in cgroup {found}")
        return Container(name, pid, socket, cgroup, Warmth())
    except BaseException:
        remove(engine, name)
        raise


def _create(client: PodmanClient, engine: Engine, name: str, image: str, folder: Path, tools: Tools) -> int:
    container = client.containers.create(
        image,
        ["/oj/runner", "/run/oj/sock", "/oj/warm.so"],
        name=name,
        labels={OWNER: owner()},
        cgroups_mode="disabled" if Path(engine.oci_runtime or "crun").name in NO_CGROUPS else "enabled",
        network_mode="none",
        read_only=True,
        read_write_tmpfs=False,
        cap_drop=["all"],
        cap_add=["SYS_ADMIN", "SETUID", "SETGID"],
        no_new_privileges=True,
        seccomp_profile_path=str(tools.seccomp),
        unmasked_paths=["ALL"],
        hostname="oj",
        mounts=[
            {"type": "bind", "source": str(tools.runner), "target": "/oj/runner", "read_only": True},
            {"type": "bind", "source": str(tools.library), "target": "/oj/warm.so", "read_only": True},
            {"type": "bind", "source": str(folder), "target": "/run/oj", "read_only": False},
        ],
        log_config={"Type": "none"},
    )
    container.start()
    container.reload()
    if engine.oci_runtime and Path(found := container.attrs["OCIRuntime"]).name != Path(engine.oci_runtime).name:
        raise SandboxFault(f"container {name} runs on {found}, not on the configured {engine.oci_runtime}")
    pid = int(container.attrs["State"]["Pid"])
    if pid <= 0:
        raise SandboxFault(f"container {name} ended at once: is {image} for this machine, and can the runner start?")
    return pid


def _wait(socket: Path, pid: int) -> None:
    deadline = time.monotonic() + START_S
    while not socket.exists():
        if not Path(f"/proc/{pid}").exists():
            raise SandboxFault("the runner ended before it listened")
        if time.monotonic() > deadline:
            raise SandboxFault(f"the runner does not listen after {START_S:.0f} s")
        time.sleep(0.002)


def remove(engine: Engine, name: str) -> None:
    """Remove a container with everything in it, its folder and its cgroup. Removing what is not there is fine."""
    with engine.client() as client:
        for attempt in range(REMOVE_TRIES):
            try:
                container = client.containers.get(name)
                if container.status == "running":
                    container.kill("SIGKILL")  # remove(force=True) alone asks politely first, for 10 s
                container.remove(force=True)
                break
            except NotFound:
                break
            except APIError:
                # Whose conmon was killed has no exit file, for which Podman waits in vain; it knows better afterwards.
                if attempt + 1 == REMOVE_TRIES:  # half removed before: only the command gets rid of it
                    engine.account.run("podman", "rm", "--force", "--ignore", name)
    folder = engine.account.boxes / name
    if folder.exists():
        engine.account.run("rm", "-rf", "--one-file-system", str(folder))
    group = engine.hierarchy.group(name)
    for pid in group.processes():  # a container that Podman knows no more; with its first process all others go
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while True:
        try:
            return group.remove()
        except SandboxFault:  # its last processes are still on their way out
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def sweep(engine: Engine) -> list[str]:
    """Remove what dead owners left: containers, then folders and cgroups without a container. Returns the names."""
    engine.account.prepare()
    with engine.account.locked("sweep.lock"):
        return _sweep(engine)


def _sweep(engine: Engine) -> list[str]:
    mine = _listed(engine)
    orphans = {name for name, who in mine.items() if not is_alive(who)}
    rest = {path.name for path in engine.account.boxes.iterdir()} | set(engine.hierarchy.names())
    for name in rest - set(mine):
        slot_and_pid = name.rsplit("-", 2)
        if len(slot_and_pid) == 3 and not Path(f"/proc/{slot_and_pid[1]}").exists():
            orphans.add(name)
    removed = []
    for name in sorted(orphans):
        try:
            remove(engine, name)
            removed.append(name)
        except SandboxFault as fault:  # the next sweep tries again: no reason not to judge
            log.error("cannot remove container %s: %s", name, fault)
    return removed


def _listed(engine: Engine) -> dict[str, str]:
    """`_owners`, asked again while Podman stumbles over a container that another process is removing."""
    for attempt in range(LIST_TRIES):
        try:
            return _owners(engine)
        except SandboxFault:
            if not _finish_removals(engine):
                time.sleep(0.1 * 2**attempt)
    return _owners(engine)


def _owners(engine: Engine) -> dict[str, str]:
    """Our containers on this host by name, each with its owner."""
    with engine.client() as client:
        return {c.name: c.labels.get(OWNER, "") for c in client.containers.list(all=True, filters={"label": OWNER})}


def _finish_removals(engine: Engine) -> bool:
    """Remove the rest of containers whose removal was interrupted, and say whether there were any: Podman can list none
    at all while it has one of them."""
    ours = ("--filter", f"label={OWNER}", "--filter", "status=removing")
    half = engine.account.run("podman", "ps", "--all", *ours, "--format", "{{.ID}}").split()
    if half:
        engine.account.run("podman", "rm", "--force", "--ignore", *half)
    return bool(half)


def owner() -> str:
    return f"{os.getpid()}:{_start_time(os.getpid())}"


def is_alive(who: str) -> bool:
    pid, _, started = who.partition(":")
    return pid.isdigit() and _start_time(int(pid)) == started


def _start_time(pid: int) -> str:
    """When a process started, in clock ticks since the boot: with its number it names a process for good."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""
