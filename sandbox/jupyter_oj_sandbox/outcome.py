"""What a run sent and how it ended: the runner's frames become an `api.RunResult`."""

from __future__ import annotations

import signal

from . import protocol
from .api import Ending, RunLimits, RunResult, SandboxFault
from .protocol import ProtocolError, Reply, Result, Stop


class Output:
    """What a run has sent so far, held against what it may send."""

    def __init__(self, limits: RunLimits, names: tuple[str, ...], collect_mib: int) -> None:
        self.names = names
        self._left = {
            Reply.STDOUT: limits.output_kib << 10,
            Reply.STDERR: limits.error_kib << 10,
            Reply.FILE: collect_mib << 20,
        }
        self._stdout: list[bytes] = []
        self._stderr: list[bytes] = []
        self._files: dict[str, list[bytes]] = {}

    def take(self, kind: Reply, body: bytes) -> None:
        named = False
        if kind is Reply.FAULT:
            raise SandboxFault(f"runner: {protocol.fault_text(body)}")
        if kind is Reply.FILE:
            index, body = protocol.word(body), body[4:]
            if index >= len(self.names):
                raise ProtocolError(f"a file {index} that nobody asked for")
            pieces = self._files.setdefault(self.names[index], [])
        elif kind is Reply.NAMED:
            if protocol.ALL not in self.names:
                raise ProtocolError("files that nobody asked for")
            name, body = protocol.named(body)
            pieces = self._files.setdefault(name, [])
            if len(self._files) > protocol.MAX_NAMED + len(self.names):
                raise ProtocolError("more files than there can be")
            kind, named = Reply.FILE, True
        elif kind is Reply.STDOUT:
            pieces = self._stdout
        elif kind is Reply.STDERR:
            pieces = self._stderr
        else:
            raise ProtocolError(f"an answer {kind.name} to another question")
        self._left[kind] -= len(body)
        if self._left[kind] < 0 or not (body or named):
            raise ProtocolError(f"more {kind.name} than the limit lets through")
        pieces.append(body)

    def result(self, result: Result, ending: Ending, cpu_s: float, memory_kib: int) -> RunResult:
        found = {name for i, name in enumerate(self.names) if result.found >> i & 1}
        if protocol.ALL in found:
            found = (found - {protocol.ALL}) | self._files.keys()
        return RunResult(
            ending=ending,
            exit_code=result.exit_code if ending is Ending.EXITED else None,
            signal=signal_name(result.signal) if ending is Ending.SIGNALLED and result.signal else None,
            cpu_s=cpu_s,
            wall_s=result.wall_s,
            memory_kib=memory_kib,
            stdout=b"".join(self._stdout),
            stderr=b"".join(self._stderr),
            collected={name: b"".join(self._files.get(name, ())) for name in found},
        )


HIDDEN_CPU_S, HIDDEN_SHARE = 0.05, 0.05
"""CPU time of the cgroup above what was waited for: more than this, and this share of that, is a program's that hid its
children. Less is the runner's, who takes the program's output: two parts in a hundred of a program that writes a line
each millisecond."""


def cpu_of_program(waited_s: float, group_s: float) -> float:
    """CPU time to tell: what was waited for, or all that the cgroup has used where children were hidden."""
    return group_s if group_s > waited_s * (1 + HIDDEN_SHARE) + HIDDEN_CPU_S else waited_s


def ending_of(result: Result, limits: RunLimits, cpu_s: float, oom: bool) -> Ending:
    """The one way a run ended. A kill by the kernel for memory comes first: what follows it is its consequence."""
    if oom:
        return Ending.MEMORY_LIMIT
    if result.stop is Stop.OUTPUT:
        return Ending.OUTPUT_LIMIT
    if result.stop is Stop.CPU or cpu_s > limits.cpu_s:
        return Ending.CPU_LIMIT
    if result.stop is Stop.WALL:
        return Ending.WALL_LIMIT
    if result.stop is Stop.CLIENT:
        return Ending.STOPPED
    if result.exit_code is not None:
        return Ending.EXITED
    if result.signal is not None:
        return Ending.SIGNALLED
    raise SandboxFault("the jail ended before its program, and no limit was met")


def signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIG{number}"
