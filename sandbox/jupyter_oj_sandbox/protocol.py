"""The words spoken with the runner (``runner/runner.h`` is the other half), and what a reply may look like.

Frames both ways: ``u32 kind, u32 size``, little-endian, then `size` bytes. A RUN carries the descriptor of its stdin
(a sealed memfd: input never passes through the socket and is not charged to the container) and may carry that of its
stdout. It is answered by any number of STDOUT, STDERR, FILE and NAMED frames and one RESULT, or by a FAULT. Replies are
hostile input: whoever breaks out of a jail may write them, so that every size, number and order is checked here and
`ProtocolError` raised otherwise.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from .api import RunLimits, SandboxFault

VERSION = 2
ALL = "*"
"""In place of a name to collect: every regular file there is, as NAMED frames."""
MAX_REQUEST = 192 << 10
MAX_REPLY = 128 << 10
MAX_COLLECT = 32
MAX_NAMED = 256
MAX_STRINGS = 4096
MAX_NAME = 255
_MAX_US = 1 << 42
_MAX_RSS_KIB = 1 << 40

HEADER = struct.Struct("<II")
_LOAD = struct.Struct("<IIQ")
_SEED = 2
_SEED_MARK = "+"
_PIPED = 0x100
_HEAVY = 0x200
_RUN = struct.Struct("<IIIIIIIIQQQQQ")
_RESULT = struct.Struct("<IiIIQQQ")
_WORD = struct.Struct("<I")


class ProtocolError(SandboxFault):
    """The runner answered something it cannot have answered: its container must not be used again."""


class Request(IntEnum):
    PING = 1
    CLEAR = 2
    LOAD = 3
    RUN = 4
    KILL = 5
    SHUTDOWN = 6
    WARM = 7


class Reply(IntEnum):
    OK = 64
    PONG = 65
    FAULT = 66
    STDOUT = 67
    STDERR = 68
    FILE = 69
    RESULT = 70
    NAMED = 71
    WARMED = 72


class Stop(IntEnum):
    """The limit that ended a run, NONE when the program ended by itself."""

    NONE = 0
    CPU = 1
    WALL = 2
    OUTPUT = 3
    CLIENT = 4


@dataclass(frozen=True, slots=True)
class Result:
    """A RESULT frame. `exit_code` or `signal` is set, or neither when the jail was killed before the program ended."""

    stop: Stop
    exit_code: int | None
    signal: int | None
    found: int
    cpu_s: float
    wall_s: float
    max_rss_kib: int
    warm: bool
    """Whether it ran in a warm interpreter."""


def frame(kind: Request, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return HEADER.pack(kind, len(body)) + body


def in_box(name: str, seed: bool) -> str:
    """What a loaded file is called in ``/box``."""
    return f"{_SEED_MARK}{name}" if seed else name


def clear_frame(name: str = "") -> bytes:
    """Empty ``/box``, or take one file out of it."""
    return frame(Request.CLEAR, os.fsencode(name))


def load_head(name: str, size: int, executable: bool, seed: bool = False) -> bytes:
    """A LOAD frame up to its content, which the caller sends after it. ValueError for a name that is a path."""
    raw = os.fsencode(name)
    if not _is_plain(raw) or (not seed and name.startswith(_SEED_MARK)):
        raise ValueError(f"not a plain file name: {name!r}")
    if size >= (1 << 32) - 1024:
        raise ValueError(f"{name}: too large for a box")
    body = _LOAD.pack(_SEED if seed else executable, len(raw), size) + raw
    return HEADER.pack(Request.LOAD, len(body) + size) + body


def run_frame(
    argv: Iterable[str],
    env: dict[str, str],
    collect: tuple[str, ...],
    limits: RunLimits,
    collect_mib: int,
    place: int = 0,
) -> bytes:
    """A RUN frame; `place` is that of the warm interpreter to use, 0 for none. ValueError for what can never be run (a
    NUL in a string, too long a command)."""
    arguments, variables = list(argv), [f"{name}={value}" for name, value in env.items()]
    strings = [*arguments, *variables, *collect]
    if not arguments or max(len(arguments), len(variables)) > MAX_STRINGS or len(collect) > MAX_COLLECT:
        raise ValueError("a command needs one argument at least, and not that many")
    if ALL in collect and len(collect) > 1:
        raise ValueError("all files are asked for, or some by name")
    text = "".join(f"{s}\0" for s in strings)
    if text.count("\0") != len(strings):
        raise ValueError("a command's strings hold no NUL")
    raw = text.encode(errors="surrogateescape")
    if len(raw) + _RUN.size >= MAX_REQUEST:
        raise ValueError("the command is too long")
    head = _RUN.pack(
        len(arguments),
        len(variables),
        len(collect),
        limits.processes,
        limits.open_files,
        limits.scratch_mib,
        limits.memory_mib,
        place,
        round(limits.cpu_s * 1e6),
        round(limits.wall_s * 1e6),
        limits.output_kib << 10,
        limits.error_kib << 10,
        collect_mib << 20,
    )
    return frame(Request.RUN, head, raw)


def warm_frame(argv: Iterable[str], env: dict[str, str], place: int, *, piped: bool, heavy: bool) -> bytes:
    """A WARM frame: like a RUN's, with a place for the interpreter, whether its programs' stdin will be a pipe, and
    whether they import heavy modules."""
    whole = run_frame(argv, env, (), RunLimits(0, 0, 0), 0, place | _PIPED * piped | _HEAVY * heavy)
    return frame(Request.WARM, whole[HEADER.size :])


def kill_frame(reason: Stop) -> bytes:
    return frame(Request.KILL, _WORD.pack(reason))


def reply_header(raw: bytes) -> tuple[Reply, int]:
    """Kind and size of a reply whose first bytes are `raw`."""
    kind, size = HEADER.unpack(raw)
    if size > MAX_REPLY:
        raise ProtocolError(f"a reply of {size} bytes")
    try:
        return Reply(kind), size
    except ValueError:
        raise ProtocolError(f"a reply of unknown kind {kind}") from None


def word(body: bytes) -> int:
    """The number a PONG, WARMED or FAULT, or a FILE's index, begins with."""
    if len(body) < _WORD.size:
        raise ProtocolError("a reply without its number")
    (number,) = _WORD.unpack_from(body)
    return int(number)


def named(body: bytes) -> tuple[str, bytes]:
    """Name and bytes of a NAMED frame. What no name of a file is raises."""
    size = word(body)
    raw, content = body[_WORD.size : _WORD.size + size], body[_WORD.size + size :]
    if len(raw) != size or not _is_plain(raw):
        raise ProtocolError("a file without a name")
    return os.fsdecode(raw), content


def _is_plain(name: bytes) -> bool:
    return 0 < len(name) <= MAX_NAME and b"/" not in name and b"\0" not in name and name not in (b".", b"..")


def fault_text(body: bytes) -> str:
    """What a FAULT says, for staff: bounded, printable."""
    text = body[_WORD.size :][:200].decode(errors="replace")
    return f"{''.join(c if c.isprintable() else '?' for c in text)}: {os.strerror(word(body) & 0xFFF)}"


def parse_result(body: bytes, collects: int) -> Result:
    """A RESULT frame for a run that asked for `collects` files."""
    if len(body) != _RESULT.size:
        raise ProtocolError(f"a result of {len(body)} bytes")
    stop, status, found, warm, cpu_us, wall_us, rss = _RESULT.unpack(body)
    if stop not in Stop.__members__.values() or warm > 1 or found >> collects:
        raise ProtocolError("a result that makes no sense")
    if cpu_us > _MAX_US or wall_us > _MAX_US or rss > _MAX_RSS_KIB:
        raise ProtocolError("a result with impossible numbers")
    exit_code = signal = None
    if status != -1:
        if not 0 <= status <= 0xFFFF or (status & 0x7F and status >> 8) or status & 0x7F == 0x7F:
            raise ProtocolError(f"a result with status {status}")
        signal, exit_code = (status & 0x7F, None) if status & 0x7F else (None, status >> 8)
    return Result(Stop(stop), exit_code, signal, found, cpu_us / 1e6, wall_us / 1e6, rss, warm == 1)
