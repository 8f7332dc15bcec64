"""cgroup v2, the ordinary host's. Root has its own group below the root; a user has the one systemd delegates.

A process can only be moved by somebody who may write to the group that holds both its old place and its new one. Root
always may; for a user the Podman service is therefore started below ``user@<uid>.service`` (see `engine`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from .api import SandboxFault
from .cgroup import SLACK, keyed, open_file, processes, read, read_open, settled, write

NEEDED = ("memory", "pids")
WANTED = ("memory", "pids", "cpu", "cpuset")
MIB = 1 << 20


@dataclass(slots=True)
class CgroupV2:
    folder: Path
    _base: int = field(default=0)
    _open: dict[str, int] = field(default_factory=dict)
    _peak: int = field(default=-1)
    """The open ``memory.peak``, as a reset holds only for the file it was written to; -1: closed or not resettable."""

    def attach(self, pid: int) -> None:
        write(self.folder / "cgroup.procs", str(pid))

    def processes(self) -> list[int]:
        return processes(self.folder)

    def set_memory(self, mib: int) -> None:
        swap = self.folder / "memory.swap.max"
        if swap.exists():  # a kernel without swap has no such file
            write(swap, "0")
        write(self.folder / "memory.max", str(mib * MIB))

    def set_pids(self, n: int) -> None:
        write(self.folder / "pids.max", str(n))

    def reset_peak(self) -> None:
        """Since Linux 6.12 a write resets the peak; before, the kernel knows only the container's, and we answer 0."""
        self._base = self._used()
        try:
            if self._peak < 0:
                self._peak = os.open(self.folder / "memory.peak", os.O_RDWR | os.O_CLOEXEC)
            os.write(self._peak, b"reset")
        except OSError:
            self._close_peak()

    def peak_kib(self) -> int:
        if self._peak < 0:
            return 0
        return max(0, int(os.pread(self._peak, 32, 0)) - self._base) // 1024

    def _used(self) -> int:
        return int(self._read("memory.current"))

    def _file_cache(self) -> int:
        stat = self._read("memory.stat").decode()
        return keyed(stat, "file") - keyed(stat, "shmem")

    def cached_kib(self) -> int:
        return self._file_cache() // 1024

    def settle(self) -> bool:
        return settled(self._used, self._file_cache, self._base + SLACK)

    def oom_kills(self) -> int:
        return keyed(self._read("memory.events").decode(), "oom_kill")

    def cpu_s(self) -> float:
        return keyed(self._read("cpu.stat").decode(), "usage_usec") / 1e6

    def _read(self, name: str) -> bytes:
        """Through an open file: looked up once a container, as several are read for each run."""
        if name not in self._open:
            self._open[name] = open_file(self.folder / name)
        return read_open(self._open[name], name)

    def close(self) -> None:
        self._close_peak()
        while self._open:
            os.close(self._open.popitem()[1])

    def remove(self) -> None:
        self.close()
        try:
            self.folder.rmdir()
        except FileNotFoundError:
            return
        except OSError as error:
            raise SandboxFault(f"cgroup: cannot remove {self.folder}: {error.strerror}") from error

    def _close_peak(self) -> None:
        if self._peak >= 0:
            os.close(self._peak)
            self._peak = -1


@dataclass(frozen=True, slots=True)
class HierarchyV2:
    root: Path
    parent: str
    """Our group's path below the root: ``jupyter-oj-999``, or ``user.slice/.../user@1000.service/jupyter-oj``."""
    version: str = "v2"

    @classmethod
    def of_user(cls, root: Path, name: str, uid: int) -> HierarchyV2:
        """Root's group is at the top; a user's is inside the service systemd runs for that user."""
        if os.getuid() == 0:
            return cls(root, name)
        return cls(root, f"user.slice/user-{uid}.slice/user@{uid}.service/{name}")

    @property
    def _folder(self) -> Path:
        return self.root / self.parent

    def problem(self) -> str | None:
        parent = self._folder
        if not parent.is_dir() and not os.access(parent.parent, os.W_OK):
            return f"cgroup {parent} is not delegated to this user: run `jupyter oj setup`"
        try:
            self._enable()
        except SandboxFault as fault:
            return f"{fault}: run `jupyter oj setup`"
        return None

    def delegate(self, uid: int, gid: int) -> None:
        """Root moves processes itself, so the account needs nothing; a user's part is systemd's Delegate."""
        self._enable()

    def _enable(self) -> None:
        """Make our group and hand the controllers down to it and to its children."""
        self._folder.mkdir(exist_ok=True)
        for folder in (self._folder.parent, self._folder):
            control = folder / "cgroup.subtree_control"
            available = read(folder / "cgroup.controllers").split()
            if missing := [name for name in NEEDED if name not in available]:
                raise SandboxFault(f"cgroup {folder} has no controller {' '.join(missing)}")
            enabled = read(control).split()
            for name in WANTED:
                if name in available and name not in enabled:
                    write(control, f"+{name}")

    def create(self, name: str) -> CgroupV2:
        group = self.group(name)
        try:
            if not self._folder.is_dir():
                self._enable()
            group.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise SandboxFault(f"cannot make cgroup {group.folder}: {error.strerror}") from error
        return group

    def group(self, name: str) -> CgroupV2:
        return CgroupV2(self._folder / name)

    def names(self) -> list[str]:
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else []

    def path(self, name: str) -> str:
        return f"/{self.parent}/{name}"

    def of(self, pid: int) -> str:
        for line in read(Path(f"/proc/{pid}/cgroup")).splitlines():
            if line.startswith("0::"):
                return line.removeprefix("0::")
        raise SandboxFault(f"process {pid} is in no cgroup")
