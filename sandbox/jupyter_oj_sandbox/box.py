"""`RunnerBox`: `api.Box` on the unix socket of a container's runner."""

from __future__ import annotations

import fcntl
import logging
import os
import socket
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, TypeVar

from . import protocol
from .api import BoxFile, RunLimits, RunResult, SandboxFault
from .cgroup import Cgroup
from .outcome import Output, cpu_of_program, ending_of
from .protocol import Reply, Request, Result, Stop
from .warmth import PLACES, Command, Warmth, is_heavy

log = logging.getLogger(__name__)

RUNNER_MIB = 8
"""Memory of a container that is not the program's: the runner, two jails' kernel memory."""
RUNNER_PROCESSES = 4 + 3 * PLACES
"""The runner, the jail's init, the init and program of a jail that is on its way out, and for each warm interpreter
itself and the two of the jail that stands by."""
TICK_S = 0.1
"""How often a run that lasts is looked at from outside."""
MARGIN_S = 5.0
"""What the runner may take beyond twice a run's wall limit (it adds time lost to a busy machine) before it is held to
be broken."""
CALM_S = 20.0
"""What any other request may take."""
START_MIB = 192
"""The least memory limit while an interpreter starts with its libraries."""

P = ParamSpec("P")
T = TypeVar("T")

BASE_ENV = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/scratch", "TMPDIR": "/scratch", "LANG": "C.UTF-8"}
_PIECE = 64 << 10
_AHEAD = 64
"""So many frames are sent before their answers are read: of more, the unread answers would stop the runner, and a
runner that has stopped does not read either."""
_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


class RunnerBox:
    """One client of one runner; a runner serves one at a time.

    `cgroup` is the container's; without one, memory is neither bounded nor counted here (`memory_kib` is then the
    largest resident set) and MEMORY_LIMIT never reported. `warmth` is the container's too, and `interpreters` what may
    be kept warm; without them, and without a cgroup, every run is a cold one. `bound_mib` is the memory bound that was
    set already: a bound that goes down drops files of the image. After a `SandboxFault` the box is `broken`: throw the
    container away.
    """

    def __init__(
        self,
        path: Path,
        cgroup: Cgroup | None,
        warmth: Warmth | None = None,
        interpreters: tuple[str, ...] = (),
        bound_mib: int = 0,
    ) -> None:
        self.broken = False
        self.runs = 0
        self._cgroup = cgroup
        self._warmth = warmth if cgroup is not None else None
        self._interpreters = interpreters
        self._loaded_mib = 0
        self._heavy = False
        self._files: dict[str, BoxFile] = {}
        self._limits = (bound_mib, 0)
        self._buffer = bytearray()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _timeval(TICK_S))
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _timeval(CALM_S))
            self._socket.connect(str(path))
        except OSError as error:
            self._socket.close()
            raise self._fault(f"the runner cannot be reached at {path}: {error.strerror}") from error

    def __enter__(self) -> RunnerBox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Empty ``/box`` and hang up. Raises `SandboxFault` when the runner cannot do it."""
        try:
            if not self.broken:
                self.clear()
        finally:
            self.close()

    def close(self) -> None:
        """Hang up. A run that is on is killed by that."""
        self._socket.close()

    def ping(self) -> None:
        """Raise `SandboxFault` unless the runner answers and speaks our version."""
        self._send(protocol.frame(Request.PING))
        if (version := protocol.word(self._expect(Reply.PONG))) != protocol.VERSION:
            raise self._fault(f"the runner speaks version {version}")

    def clear(self) -> None:
        """Empty ``/box``."""
        self.load(())

    def load(self, files: tuple[BoxFile, ...]) -> None:
        """Only what differs from what is there is sent: a validator's program stays, its tests come and go."""
        wanted = {protocol.in_box(file.name, file.seed): file for file in files}
        if len(wanted) < len(files):
            raise ValueError("two files of one name")
        there, self._files = (self._files if files else {}), {}
        stale = [name for name, file in there.items() if wanted.get(name) != file]
        fresh = [file for name, file in wanted.items() if there.get(name) != file]
        heads = [protocol.load_head(file.name, len(file.content), file.executable, file.seed) for file in fresh]
        self._heavy = is_heavy(files)
        self._loaded_mib = 1 - sum(map(_held_kib, files)) // -1024 if files else 0
        if self._cgroup is not None and self._loaded_mib > 1:
            self._bound(max(self._limits[0], self._loaded_mib + 64), self._limits[1] or 64)
        clears = [protocol.clear_frame(name) for name in stale] if there else [protocol.clear_frame()]
        frames = [(clear, b"") for clear in clears]
        frames += [(head, file.content) for head, file in zip(heads, fresh, strict=True)]
        for at in range(0, len(frames), _AHEAD):
            self._exchange(frames[at : at + _AHEAD])
        self._files = wanted

    def _exchange(self, frames: list[tuple[bytes, bytes]]) -> None:
        """Send frames, each a head and what follows it, and wait until all of them are done."""
        together = bytearray()
        for head, content in frames:
            together += head
            if len(content) < _PIECE:
                together += content
                continue
            self._send(together)
            self._send(content)
            together = bytearray()
        self._send(together)
        for _ in frames:
            self._expect(Reply.OK)

    def run(
        self,
        argv: tuple[str, ...],
        *,
        limits: RunLimits,
        stdin: bytes | int = b"",
        stdout: int | None = None,
        env: dict[str, str] | None = None,
        collect: tuple[str, ...] = (),
        collect_mib: int = 64,
    ) -> RunResult:
        cgroup, ooms, cpu_s, place = self._cgroup, 0, 0.0, 0
        with _handed_over(stdin, stdout) as descriptors:
            variables = BASE_ENV | (env or {})
            if self._warmth is not None and argv[0] in self._interpreters:
                place = self._place(self._warmth, Command.of(argv, variables, stdin, stdout, heavy=self._heavy))
            request = protocol.run_frame(argv, variables, collect, limits, collect_mib, place)
            self.runs += 1
            if cgroup is not None:
                self._bound(limits.memory_mib + self._own_mib(), limits.processes + RUNNER_PROCESSES)
                cgroup.reset_peak()
                ooms, cpu_s = cgroup.oom_kills(), cgroup.cpu_s()
            self._send(request, descriptors)
        output = Output(limits, collect, collect_mib)
        result = self._attend(output, limits, cpu_s)
        if cgroup is None:
            ending = self._checked(ending_of, result, limits, result.cpu_s, False)
            return output.result(result, ending, result.cpu_s, result.max_rss_kib)
        used_s = cpu_of_program(result.cpu_s, cgroup.cpu_s() - cpu_s)
        ending = self._checked(ending_of, result, limits, used_s, cgroup.oom_kills() > ooms)
        if self._warmth is not None and place and not result.warm:  # the runner has lost its interpreter
            self._warmth.put(place, None, 0)
        return output.result(result, ending, used_s, cgroup.peak_kib() or result.max_rss_kib)

    def _own_mib(self) -> int:
        """What the container holds beside the program."""
        return RUNNER_MIB + self._loaded_mib + (self._warmth.held_mib if self._warmth else 0)

    def _place(self, warmth: Warmth, command: Command | None) -> int:
        """The place of the command's warm interpreter, which is started when it is worth it; 0: there is none."""
        if command is None:
            return 0
        place, there = warmth.place(command)
        if place == 0 or there:
            return place
        return place if self._warm_up(warmth, place, command) else 0

    def _warm_up(self, warmth: Warmth, place: int, command: Command) -> bool:
        """Start a command's interpreter. False, and never again in this container, when it cannot be kept warm."""
        self._bound(max(self._limits[0], START_MIB + self._own_mib()), self._limits[1] or 64)
        warmth.put(place, None, 0)
        frame = protocol.warm_frame(command.argv, dict(command.env), place, piped=command.piped, heavy=command.heavy)
        self._send(frame)
        held_kib = protocol.word(self._expect(Reply.WARMED))
        if held_kib > START_MIB << 10:
            raise self._fault(f"an interpreter that holds {held_kib} KiB")
        if held_kib:
            warmth.put(place, command, held_kib)
        else:
            warmth.unable.add(command.argv[0])
            log.warning("%s cannot be kept warm, it is started for each run", command.argv[0])
        return held_kib > 0

    def stop(self) -> None:
        with suppress(OSError):  # a runner that is gone is told of by the run
            self._socket.sendall(protocol.kill_frame(Stop.CLIENT))

    def used_cpu_s(self) -> float:
        return 0.0 if self._cgroup is None else self._cgroup.cpu_s()

    def _bound(self, memory_mib: int, pids: int) -> None:
        if self._cgroup is not None and self._limits != (memory_mib, pids):
            self._cgroup.set_memory(memory_mib)
            self._cgroup.set_pids(pids)
            self._limits = (memory_mib, pids)

    def _attend(self, output: Output, limits: RunLimits, cpu_before_s: float) -> Result:
        """Take in everything up to the RESULT. From outside, watch the wall clock and the CPU cgroup meanwhile."""
        deadline = time.monotonic() + 2 * limits.wall_s + MARGIN_S
        told = False
        while True:
            reply = self._receive(deadline)
            if reply is None:
                if not told and self._cgroup and self._cgroup.cpu_s() - cpu_before_s > limits.cpu_s + TICK_S:
                    self._send(protocol.kill_frame(Stop.CPU))
                    told = True
                continue
            kind, body = reply
            if kind is Reply.RESULT:
                return self._checked(protocol.parse_result, body, len(output.names))
            self._checked(output.take, kind, body)

    def _checked(self, parse: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What `parse` makes of a reply; one that makes no sense breaks the box."""
        try:
            return parse(*arguments, **named)
        except SandboxFault:
            self.broken = True
            raise

    def _fault(self, what: str) -> SandboxFault:
        self.broken = True
        return SandboxFault(what)

    def _send(self, data: bytes | bytearray, descriptors: Sequence[int] = ()) -> None:
        try:
            sent = 0
            if descriptors:
                packed = struct.pack(f"{len(descriptors)}i", *descriptors)
                rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, packed)]
                sent = self._socket.sendmsg([data], rights)
            if sent < len(data):
                self._socket.sendall(memoryview(data)[sent:])
        except OSError as error:
            raise self._fault(f"the runner does not listen: {error.strerror}") from error

    def _expect(self, kind: Reply) -> bytes:
        deadline = time.monotonic() + CALM_S
        while (reply := self._receive(deadline)) is None:
            continue
        if reply[0] is Reply.FAULT:
            raise self._fault(f"runner: {protocol.fault_text(reply[1])}")
        if reply[0] is not kind:
            raise self._fault(f"an answer {reply[0].name} to another question")
        return reply[1]

    def _receive(self, deadline: float) -> tuple[Reply, bytes] | None:
        """The next reply; None when a tick has passed without one. `SandboxFault` at the deadline or the end."""
        buffer = self._buffer
        need = protocol.HEADER.size
        header: tuple[Reply, int] | None = None
        while True:
            if header is None and len(buffer) >= need:
                header = self._checked(protocol.reply_header, bytes(buffer[: protocol.HEADER.size]))
                need += header[1]
            if header is not None and len(buffer) >= need:
                body = bytes(memoryview(buffer)[protocol.HEADER.size : need])
                del buffer[:need]
                return header[0], body
            try:
                piece = self._socket.recv(_PIECE)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise self._fault("the runner does not answer") from None
                return None
            except OSError as error:
                raise self._fault(f"the runner is gone: {error.strerror}") from error
            if not piece:
                raise self._fault("the runner has hung up")
            if time.monotonic() > deadline:
                raise self._fault("the runner does not come to an end")
            buffer += piece


def _held_kib(file: BoxFile) -> int:
    """What a file in ``/box`` is charged: whole pages, and the kernel's notes of it; a seed's copy as well."""
    return (2 - len(file.content) // -4096 * 4) * (1 + file.seed)


@contextmanager
def _handed_over(stdin: bytes | int, stdout: int | None) -> Iterator[list[int]]:
    """The descriptors that a RUN carries, closed here afterwards: the program has its own."""
    descriptors = [] if stdout is None else [stdout]
    try:
        descriptors.insert(0, stdin if isinstance(stdin, int) else _input(stdin))
        yield descriptors
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _input(data: bytes) -> int:
    """A descriptor to read `data` from: sealed memory, so that a program can seek in it and not change it. For no data
    as well: the host's /dev/null would carry its times and locks from run to run."""
    descriptor = os.memfd_create("stdin", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
        os.lseek(descriptor, 0, os.SEEK_SET)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _timeval(seconds: float) -> bytes:
    return struct.pack("ll", int(seconds), int(seconds % 1 * 1e6))
