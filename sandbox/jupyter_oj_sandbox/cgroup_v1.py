"""cgroup v1, also on hybrid hosts: one folder a controller. Rootless Podman sets no limits here, so we do.

Root makes ``<controller>/jupyter-oj-<uid>`` once a boot and gives it to the account; the groups below are ours.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from .api import SandboxFault
from .cgroup import SLACK, keyed, open_file, processes, read, read_open, settled, write, write_open

CONTROLLERS = ("memory", "pids", "cpuacct")
MIB = 1 << 20


@dataclass(slots=True)
class CgroupV1:
    folders: dict[str, Path]
    _base: int = field(default=0)
    _open: dict[str, int] = field(default_factory=dict)

    def attach(self, pid: int) -> None:
        for folder in dict.fromkeys(self.folders.values()):
            write(folder / "cgroup.procs", str(pid))

    def processes(self) -> list[int]:
        return processes(self.folders["memory"])

    def set_memory(self, mib: int) -> None:
        """Memory plus swap must never be below memory: the order of the two writes depends on the direction."""
        memory, value = self.folders["memory"], mib * MIB
        files = [memory / "memory.limit_in_bytes", memory / "memory.memsw.limit_in_bytes"]
        if not files[1].exists():  # a kernel without swap accounting; the self-test shows whether it matters
            files.pop()
        elif int(read(files[1])) < value:
            files.reverse()
        for file in files:
            write(file, str(value))

    def set_pids(self, n: int) -> None:
        write(self.folders["pids"] / "pids.max", str(n))

    def reset_peak(self) -> None:
        self._write("memory.max_usage_in_bytes", b"0")
        self._base = int(self._read("memory.max_usage_in_bytes"))

    def peak_kib(self) -> int:
        return max(0, int(self._read("memory.max_usage_in_bytes")) - self._base) // 1024

    def _used(self) -> int:
        return int(self._read("memory.usage_in_bytes"))

    def _file_cache(self) -> int:
        stat = self._read("memory.stat").decode()
        return keyed(stat, "cache") - keyed(stat, "shmem")

    def cached_kib(self) -> int:
        return self._file_cache() // 1024

    def settle(self) -> bool:
        return settled(self._used, self._file_cache, self._base + SLACK)

    def oom_kills(self) -> int:
        return keyed(self._read("memory.oom_control").decode(), "oom_kill")

    def cpu_s(self) -> float:
        return int(self._read("cpuacct.usage")) / 1e9

    def _file(self, name: str) -> int:
        """The open control file: looked up once a container, as several are read for each run."""
        if name not in self._open:
            self._open[name] = open_file(self.folders[name.partition(".")[0]] / name)
        return self._open[name]

    def _read(self, name: str) -> bytes:
        return read_open(self._file(name), name)

    def _write(self, name: str, value: bytes) -> None:
        write_open(self._file(name), name, value)

    def close(self) -> None:
        while self._open:
            os.close(self._open.popitem()[1])

    def remove(self) -> None:
        self.close()
        for folder in dict.fromkeys(self.folders.values()):
            try:
                folder.rmdir()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise SandboxFault(f"cgroup: cannot remove {folder}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class HierarchyV1:
    root: Path
    name: str
    version: str = "v1"

    def _parents(self) -> dict[str, Path]:
        """Our folder for each controller; co-mounted controllers (``cpu,cpuacct``) are links to one folder."""
        return {controller: (self.root / controller).resolve() / self.name for controller in CONTROLLERS}

    def problem(self) -> str | None:
        for controller, parent in self._parents().items():
            if not parent.parent.is_dir():
                return f"this host has no cgroup v1 controller {controller!r}"
            if not os.access(parent, os.W_OK) or not os.access(parent / "cgroup.procs", os.W_OK):
                return f"cgroup {parent} is not delegated: run `jupyter oj setup` (again after each reboot)"
        return None

    def delegate(self, uid: int, gid: int) -> None:
        for parent in dict.fromkeys(self._parents().values()):
            try:
                parent.mkdir(exist_ok=True)
                for path in (parent, parent / "cgroup.procs", parent / "tasks"):
                    os.chown(path, uid, gid)
            except OSError as error:
                raise SandboxFault(f"cannot delegate cgroup {parent}: {error.strerror}") from error

    def tmpfiles(self, uid: int, gid: int) -> str:
        """The same for systemd-tmpfiles, which does it at every boot."""
        lines = []
        for parent in dict.fromkeys(self._parents().values()):
            lines.append(f"d {parent} 0755 {uid} {gid}")
            lines += [f"z {parent / name} 0644 {uid} {gid}" for name in ("cgroup.procs", "tasks")]
        return "\n".join(lines) + "\n"

    def create(self, name: str) -> CgroupV1:
        group = self.group(name)
        for folder in dict.fromkeys(group.folders.values()):
            try:
                folder.mkdir(exist_ok=True)
            except OSError as error:
                raise SandboxFault(f"cannot make cgroup {folder}: {error.strerror}; run `jupyter oj setup`") from error
        return group

    def group(self, name: str) -> CgroupV1:
        return CgroupV1({controller: parent / name for controller, parent in self._parents().items()})

    def names(self) -> list[str]:
        parents = [parent for parent in self._parents().values() if parent.is_dir()]
        return sorted({path.name for parent in parents for path in parent.iterdir() if path.is_dir()})

    def path(self, name: str) -> str:
        return f"/{self.name}/{name}"

    def of(self, pid: int) -> str:
        for line in read(Path(f"/proc/{pid}/cgroup")).splitlines():
            _, controllers, path = line.split(":", 2)
            if "memory" in controllers.split(","):
                return path
        raise SandboxFault(f"process {pid} is in no memory cgroup")
