"""What the sandbox offers: values in, values out. Everything a program did is in `RunResult`; anything that is the
sandbox's own fault is raised as `SandboxFault`, so that blame cannot mix (after ioi/isolate's two kinds of exit)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Protocol


class SandboxFault(Exception):
    """The sandbox failed, not the program in it. The judgement becomes JE and is tried again elsewhere."""


class Ending(StrEnum):
    """How a program ended. Exactly one holds; limits are reported before the signal that enforced them."""

    EXITED = "exited"
    SIGNALLED = "signalled"
    CPU_LIMIT = "cpu-limit"
    WALL_LIMIT = "wall-limit"
    MEMORY_LIMIT = "memory-limit"
    OUTPUT_LIMIT = "output-limit"
    STOPPED = "stopped"
    """By `Box.stop`: whoever ran it had seen enough."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Files of a package of another registry: ``pypi`` (a wheel) or ``npm``. In `name`, ``{npm_arch}`` is this
    machine's architecture as npm packages call it (``x64``). `take` maps paths in the package, files or whole folders
    (empty: all of it; npm's own top folder is not counted), to paths in the image."""

    registry: str
    name: str
    version: str
    take: dict[str, str]


@dataclass(frozen=True, slots=True)
class ImageSpec:
    """An image by name, the Debian packages it is built from when it is missing, and the commands (argument lists) run
    in it once when it is built, as root and without a network: a precompiled header, compiled library modules.

    Before the commands, files of `archives` and `files` (path to text; one that begins with ``#!`` is executable) are
    laid into it. `warm` names interpreters of it (CPython) that programs may be forked from; the image is the same
    with and without. `base` is an image of a container registry to build on, in place of an empty system.
    """

    name: str
    packages: tuple[str, ...]
    prepare: tuple[tuple[str, ...], ...] = ()
    archives: tuple[Archive, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    warm: tuple[str, ...] = ()
    base: str = ""

    def __hash__(self) -> int:
        return hash((self.name, self.packages, self.prepare))


class Role(StrEnum):
    """Whose programs a container runs. One that has run a learner's is never given a jury's, which see the answers."""

    LEARNER = "learner"
    JURY = "jury"


@dataclass(frozen=True, slots=True)
class RunLimits:
    """Limits of one run. `output_kib` bounds stdout (above it: OUTPUT_LIMIT); stderr is silently cut at `error_kib`."""

    cpu_s: float
    wall_s: float
    memory_mib: int
    output_kib: int = 8192
    error_kib: int = 64
    processes: int = 64
    scratch_mib: int = 64
    open_files: int = 256


@dataclass(frozen=True, slots=True)
class BoxFile:
    """A regular file put into a box: a plain name without folders, its bytes, and whether it can be executed. In
    ``/box`` a name that begins with ``+`` is kept for seeds.

    A `seed` is not in ``/box``: each run finds a copy of its own in its working folder, to write to.
    """

    name: str
    content: bytes
    executable: bool = False
    seed: bool = False


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a program did. `exit_code` is set for EXITED, `signal` (``SIGSEGV``) for SIGNALLED. `cpu_s` is user + system
    of all its processes, `memory_kib` the peak the kernel charged. `collected` holds the asked-for files that exist."""

    ending: Ending
    exit_code: int | None
    signal: str | None
    cpu_s: float
    wall_s: float
    memory_kib: int
    stdout: bytes
    stderr: bytes
    collected: dict[str, bytes] = field(default_factory=dict)


class Box(Protocol):
    """One submission's use of a warm container. Files loaded are read-only in ``/box`` for every run; each run gets a
    fresh, empty, writable working folder (``/scratch``, also TMPDIR and HOME) and nothing of the runs before it.
    """

    def load(self, files: tuple[BoxFile, ...]) -> None:
        """Replace what is in ``/box``."""

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
        """Run one program in a fresh inner jail.

        `stdin` may be a descriptor, a pipe's end say, in place of bytes. With a descriptor as `stdout` the output goes
        there, unbounded, and `RunResult.stdout` is empty: two boxes used by two threads and joined by two pipes make an
        interactive run. Descriptors become the box's, which closes its own as soon as the program has them, also when
        the run fails: the program's end is then all that keeps a pipe open.

        `collect` names files of the working folder to bring out (regular files only, never through a link; ``*``: all
        of them, 256 at most); together above `collect_mib`, the ending is OUTPUT_LIMIT.
        """

    def stop(self) -> None:
        """End the run that is on, if there is one: its ending is STOPPED. For a thread beside the one that runs."""

    def used_cpu_s(self) -> float:
        """CPU time used in the box's container so far, ours in it included. For any thread: what moves is at work."""

    @property
    def core(self) -> int | None:
        """The core that all runs of the box are on; None where they are not pinned to one."""

    def __enter__(self) -> Box: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear ``/box``; recycle the container if it is due, or at once after a `SandboxFault`."""


class Sandbox(Protocol):
    """The containers of one slot. Opened once per grader child; `box` hands out a warm one."""

    def box(self, image: ImageSpec, *, memory_mib: int, role: Role = Role.LEARNER) -> Box:
        """A box on a warm container of this image and role (started now if there is none)."""

    def close(self) -> None:
        """Remove this slot's containers."""
