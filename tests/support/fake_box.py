"""A sandbox that runs Python functions in place of programs: for tests of everything around a run.

sandbox = FakeSandbox(lambda call: done(b"42\n") if call.stdin == b"6 7\n" else hangs())
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import TracebackType

from jupyter_oj_sandbox.api import BoxFile, Ending, ImageSpec, Role, RunLimits, RunResult


@dataclass(frozen=True, slots=True)
class Call:
    """One run, as it was asked for."""

    image: str
    argv: tuple[str, ...]
    stdin: bytes
    limits: RunLimits
    files: tuple[BoxFile, ...]
    env: dict[str, str]
    collect: tuple[str, ...]


Program = Callable[[Call], RunResult]


def done(stdout: bytes = b"", *, stderr: bytes = b"", exit_code: int = 0, **values: object) -> RunResult:
    """A program that ended by itself."""
    result = RunResult(
        ending=Ending.EXITED,
        exit_code=exit_code,
        signal=None,
        cpu_s=0.01,
        wall_s=0.02,
        memory_kib=1000,
        stdout=stdout,
        stderr=stderr,
    )
    return replace(result, **values)  # type: ignore[arg-type]


def ended(ending: Ending, *, signal: str | None = None, **values: object) -> RunResult:
    """A program that was ended."""
    return replace(done(), **{"ending": ending, "exit_code": None, "signal": signal} | values)  # type: ignore[arg-type]


@dataclass
class FakeBox:
    sandbox: FakeSandbox
    image: str
    memory_mib: int
    files: tuple[BoxFile, ...] = ()

    def load(self, files: tuple[BoxFile, ...]) -> None:
        self.files = files

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
        assert isinstance(stdin, bytes)
        assert stdout is None
        call = Call(self.image, argv, stdin, limits, self.files, env or {}, collect)
        self.sandbox.calls.append(call)
        return self.sandbox.program(call)

    def stop(self) -> None:
        """Nothing runs beside the caller."""

    def used_cpu_s(self) -> float:
        return 0.0

    @property
    def core(self) -> int | None:
        return None

    def __enter__(self) -> FakeBox:
        self.sandbox.open_boxes += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sandbox.open_boxes -= 1


@dataclass
class FakeSandbox:
    """Hands out boxes whose runs are answered by `program`; keeps each call in `calls`."""

    program: Program
    calls: list[Call] = field(default_factory=list)
    open_boxes: int = 0
    closed: bool = False

    def box(self, image: ImageSpec, *, memory_mib: int, role: Role = Role.LEARNER) -> FakeBox:
        return FakeBox(self, image.name, memory_mib)

    def close(self) -> None:
        self.closed = True
