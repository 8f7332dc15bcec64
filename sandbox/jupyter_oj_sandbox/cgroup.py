"""Control groups: how memory and processes are bounded and CPU and memory are counted, whatever the host has.

One group a container. The container's first process is moved into it once, before it serves, and everything it starts
is born there. `hierarchy` picks the back end: v2 where it carries the memory controller, else v1.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from .api import SandboxFault

ROOT = Path("/sys/fs/cgroup")
SETTLE_S = 2.0
SLACK = 8 << 20
"""Bytes above the base line that `settle` leaves alone: the jail that stands by, the kernel's own caches."""


class Cgroup(Protocol):
    """One container's group. Every method raises `SandboxFault` when the kernel says no."""

    def attach(self, pid: int) -> None:
        """Move a process in. It costs up to 17 ms on an idle host: once a container, never once a test."""

    def processes(self) -> list[int]:
        """The processes in it, as the host counts; none where the group is not there."""

    def set_memory(self, mib: int) -> None:
        """Bound memory, page cache and tmpfs together; swap is never used."""

    def set_pids(self, n: int) -> None:
        """Bound processes and threads together."""

    def reset_peak(self) -> None:
        """Forget the peak and take what is charged now (the runner, files already loaded) as the base line."""

    def peak_kib(self) -> int:
        """Peak memory since `reset_peak`, above its base line; 0 where this kernel cannot reset the peak."""

    def cached_kib(self) -> int:
        """The file cache charged to it: what its container was the first to read of the image."""

    def settle(self) -> bool:
        """Wait until the kernel has taken back what the last run held, which it does after the run's processes are gone
        (System V segments, large tmpfs): else the next run would pay for it. False: still held after `SETTLE_S`."""

    def oom_kills(self) -> int:
        """Processes the kernel killed in this group so far because the memory bound was reached."""

    def cpu_s(self) -> float:
        """User and system time used in this group so far."""

    def close(self) -> None:
        """Close the control files that are kept open. Nobody may read them any more."""

    def remove(self) -> None:
        """Remove the group; its processes must be gone. Removing what is not there is fine."""


class Hierarchy(Protocol):
    """Where our groups are made."""

    @property
    def version(self) -> str:
        """``v1`` or ``v2``."""

    def problem(self) -> str | None:
        """Why groups cannot be made here, in one sentence, or None."""

    def delegate(self, uid: int, gid: int) -> None:
        """The root part, once a boot: make our parent group and give it to the account."""

    def create(self, name: str) -> Cgroup:
        """A new, empty group."""

    def names(self) -> list[str]:
        """The groups that exist, for cleaning up after a process that was killed."""

    def of(self, pid: int) -> str:
        """The path of the group a process is in, of the hierarchy that bounds memory."""

    def path(self, name: str) -> str:
        """What `of` answers for a process in group `name`."""

    def group(self, name: str) -> Cgroup:
        """An existing group."""


def hierarchy(uid: int, root: Path = ROOT) -> Hierarchy:
    """The back end for this host, and the place in it of the account with this user id."""
    from .cgroup_v1 import HierarchyV1
    from .cgroup_v2 import HierarchyV2

    name = f"jupyter-oj-{uid}"
    try:
        controllers = (root / "cgroup.controllers").read_text().split()
    except FileNotFoundError:
        controllers = []
    if "memory" in controllers:
        return HierarchyV2.of_user(root, name, uid)
    return HierarchyV1(root, name)


def settled(usage: Callable[[], int], file_cache: Callable[[], int], allowed: int) -> bool:
    """Whether usage, without the file cache that the kernel may drop at will, comes down to `allowed` bytes in time."""
    if usage() <= allowed:
        return True
    deadline, pause_s = time.monotonic() + SETTLE_S, 0.0001
    while usage() - file_cache() > allowed:
        if time.monotonic() > deadline:
            return False
        time.sleep(pause_s)  # most are done within a millisecond: the next run shall not wait for our looking
        pause_s = min(2 * pause_s, 0.002)
    return True


def write(path: Path, value: str) -> None:
    """Write one value into a control file. A refusal is the sandbox's fault, and says which file."""
    try:
        with open(path, "w") as control:
            control.write(value)
    except OSError as error:
        raise SandboxFault(f"cgroup: cannot write {value} to {path}: {error.strerror}") from error


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError as error:
        raise SandboxFault(f"cgroup: cannot read {path}: {error.strerror}") from error


def open_file(path: Path) -> int:
    """A control file kept open, to be read (and written, where we may) again and again."""
    try:
        return os.open(path, (os.O_RDWR if os.access(path, os.W_OK) else os.O_RDONLY) | os.O_CLOEXEC)
    except OSError as error:
        raise SandboxFault(f"cgroup: cannot open {path}: {error.strerror}") from error


def read_open(file: int, name: str) -> bytes:
    try:
        return os.pread(file, 8192, 0)
    except OSError as error:
        raise SandboxFault(f"cgroup: cannot read {name}: {error.strerror}") from error


def write_open(file: int, name: str, value: bytes) -> None:
    try:
        os.pwrite(file, value, 0)
    except OSError as error:
        raise SandboxFault(f"cgroup: cannot write {value!r} to {name}: {error.strerror}") from error


def processes(folder: Path) -> list[int]:
    """The processes of the group at `folder`; none where it is not there."""
    try:
        return [int(pid) for pid in (folder / "cgroup.procs").read_text().split()]
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENODEV):  # the second: removed between open and read
            return []
        raise SandboxFault(f"cgroup: cannot read {folder}: {error.strerror}") from error


def keyed(text: str, key: str) -> int:
    """The number after `key` in a flat-keyed control file (``memory.events``, ``cpu.stat``)."""
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        if name == key:
            return int(value)
    raise SandboxFault(f"cgroup: no {key} among {text.split()[::2]}")
