"""Where the CPU time of a grader goes: into learners' programs and compilers, or into what is ours.

Programs and compilers are what the containers' cgroups used, without the runners and the interpreters that are kept
warm. Ours is that, the grader's processes and Valkey. The making of a jail, about half a millisecond a run, is in the
cgroup and cannot be told from the program in it: it counts as the program's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.image_specs import sandbox_settings
from jupyter_oj_sandbox.api import SandboxFault
from jupyter_oj_sandbox.pool import open_engine

TICKS = os.sysconf("SC_CLK_TCK")
Key = TypeVar("Key")
INTERPRETER = 2
"""Process id namespaces that a runner and its warm interpreters are in; a jail is in one more."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """CPU seconds so far, for each cgroup and each process."""

    cgroups: dict[str, float]
    tools: dict[int, float]
    """Runners and warm interpreters."""
    others: dict[int, float]
    """The grader's processes and Valkey's."""

    @classmethod
    def take(cls, grader: int, settings: Settings) -> Self:
        engine = open_engine(sandbox_settings(settings))
        family = _descendants(grader)
        groups: dict[str, float] = {}
        tools: dict[int, float] = {}
        for name in engine.hierarchy.names():
            parts = name.rsplit("-", 2)
            if len(parts) == 3 and parts[1].isdigit() and int(parts[1]) in family:
                with suppress(SandboxFault):  # it has been removed meanwhile
                    groups[name] = engine.hierarchy.group(name).cpu_s()
                    tools |= _tools(engine.hierarchy.path(name))
        valkey = settings.state_dir / "valkey"
        servers = [pid for pid in _pids() if str(valkey).encode() in _read(pid, "cmdline")]
        return cls(groups, tools, {pid: cpu_s(pid) for pid in [*family, *servers]})

    def after(self, earlier: Self) -> Self:
        """This one, with what `earlier` saw of groups and processes that have ended meanwhile."""
        return type(self)(earlier.cgroups | self.cgroups, earlier.tools | self.tools, earlier.others | self.others)

    def since(self, before: Snapshot) -> tuple[float, float]:
        """(of programs and compilers, of all that is ours) between two snapshots."""
        inside = _difference(self.cgroups, before.cgroups)
        return inside - _difference(self.tools, before.tools), inside + _difference(self.others, before.others)


def _difference(now: Mapping[Key, float], before: Mapping[Key, float]) -> float:
    return sum(value - before.get(key, 0.0) for key, value in now.items())


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""  # it has ended


def _stat(pid: int) -> list[bytes]:
    return _read(pid, "stat").rpartition(b")")[2].split()


def cpu_s(pid: int) -> float:
    """User and system time of one process so far."""
    stat = _stat(pid)
    return (int(stat[11]) + int(stat[12])) / TICKS if stat else 0.0


def _descendants(root: int) -> set[int]:
    children: dict[int, list[int]] = {}
    for pid in _pids():
        if stat := _stat(pid):
            children.setdefault(int(stat[1]), []).append(pid)
    found, rest = set(), [root]
    while rest:
        found.add(pid := rest.pop())
        rest += children.get(pid, [])
    return found


def _tools(group: str) -> dict[int, float]:
    found = {}
    for pid in _pids():
        inside = group.encode() + b"\n" in _read(pid, "cgroup")
        spaces = [line for line in _read(pid, "status").splitlines() if line.startswith(b"NSpid")] if inside else []
        if spaces and len(spaces[0].split()) - 1 == INTERPRETER:
            found[pid] = cpu_s(pid)
    return found
