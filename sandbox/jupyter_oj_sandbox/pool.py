"""The warm containers of one slot: one ready for each image, its successor started ahead, replaced when it is due.

`open_sandbox` gives a grader's slot its `Sandbox`, and ``with sandbox.box(image, memory_mib=256) as box`` a submission
its box.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType

from . import containers, images, seccomp
from .account import Account
from .api import Box, BoxFile, ImageSpec, Role, RunLimits, RunResult, Sandbox, SandboxFault
from .box import RUNNER_MIB, RunnerBox
from .cgroup import hierarchy
from .containers import Container, Tools
from .engine import Engine
from .hostsetup import delegation
from .runner.build import build_library, build_runner
from .settings import SandboxSettings

log = logging.getLogger(__name__)

OWN_CACHE_KIB = 4 << 10
"""A container that has read more of its image than this itself is replaced: the pages are charged to it, and the kernel
would drop and read them again and again under a program that meets its memory limit (see `runner/ahead.c`)."""

Key = tuple[str, Role]
"""Whose containers may stand in for each other: those of one image and role."""


def open_engine(settings: SandboxSettings) -> Engine:
    """Podman for the account of `settings`, with its cgroups checked. Raises `SandboxFault` saying what is missing."""
    account = Account.resolve(settings)
    return Engine(account, hierarchy(account.uid), settings.oci_runtime)


def open_sandbox(*, slot: str, core: int | None, settings: SandboxSettings) -> PodmanSandbox:
    """The sandbox of one slot, pinned to `core`. What killed processes left behind on this host is removed first.

    Raises `SandboxFault` naming what is missing and the command that gets it.
    """
    engine = open_engine(settings)
    engine.ensure()
    delegation.ensure(engine.account, engine.hierarchy)
    for name in containers.sweep(engine):
        log.warning("removed %s, left behind by a process that is gone", name)
    return PodmanSandbox(engine, slot, core, settings, tools(engine, settings))


def tools(engine: Engine, settings: SandboxSettings) -> Tools:
    """The runner and the seccomp profile, copied to where the account can read them."""
    account = engine.account
    return Tools(
        runner=account.install(build_runner(settings.state_dir / "runner"), "runner", 0o755),
        library=account.install(build_library(settings.state_dir / "runner"), "warm.so", 0o755),
        seccomp=account.install(seccomp.PROFILE, "outer.json", 0o644),
    )


@dataclass(slots=True)
class _Warm:
    """The containers of one `Key`: the one in use with how often it served, and the next one, being started."""

    current: Container | None = None
    served: int = 0
    spare: Future[Container] | None = None
    boxes: int = 0
    """Boxes open on it now."""
    last: int = 0
    """When it was last asked for, on the pool's own clock."""


class PodmanSandbox(Sandbox):
    """The containers of one slot. Used by one thread; starting and removing happens in a thread of its own."""

    def __init__(self, engine: Engine, slot: str, core: int | None, settings: SandboxSettings, given: Tools) -> None:
        self._engine, self._slot, self._core, self._settings, self._tools = engine, slot, core, settings, given
        self._warm: dict[Key, _Warm] = {}
        self._names: dict[ImageSpec, str] = {}
        self._clock = 0
        self._background = ThreadPoolExecutor(1, thread_name_prefix=f"oj-sandbox-{slot}")

    @property
    def core(self) -> int | None:
        return self._core

    def warm(self, *specs: ImageSpec) -> None:
        """Start a container of each image now, so that no submission waits for it."""
        for spec in specs:
            key = self._name(spec), Role.LEARNER
            warm = self._warm.setdefault(key, _Warm())
            if warm.current is None and warm.spare is None:
                warm.spare = self._start(key)
        for spec in specs:
            warm = self._warm[self._name(spec), Role.LEARNER]
            if warm.spare is not None:
                warm.spare.result()

    def box(self, image: ImageSpec, *, memory_mib: int, role: Role = Role.LEARNER) -> PooledBox:
        """A box on a warm container of `image`. `memory_mib` bounds it until its first run sets its own limit.

        A container keeps its role for life. Two boxes are in use together only when image or role differ.
        """
        key = self._name(image), role
        warm = self._warm.setdefault(key, _Warm())
        self._clock += 1
        warm.last = self._clock
        container = self._take(key, warm)
        warm.served += 1
        warm.boxes += 1
        if self._is_due(warm) and warm.spare is None:
            warm.spare = self._start(key)
        try:
            bound_mib = memory_mib + RUNNER_MIB
            container.cgroup.set_memory(bound_mib)
            interpreters = image.warm if self._settings.warm_interpreters else ()
            runner = RunnerBox(container.socket, container.cgroup, container.warmth, interpreters, bound_mib)
            return PooledBox(runner, self, key, container)
        except SandboxFault:
            self.release(key, container, odd=True)
            raise

    def _name(self, spec: ImageSpec) -> str:
        if spec not in self._names:
            self._names[spec] = images.ensure(spec, self._engine, self._settings, log.info)
        return self._names[spec]

    def _take(self, key: Key, warm: _Warm) -> Container:
        """A live container: the current one, else the one started ahead, else a new one."""
        while True:
            if warm.current is not None and warm.current.alive():
                return warm.current
            if warm.current is not None:
                log.warning("container %s is gone, another one takes its place", warm.current.name)
                self.discard(key, warm.current)
            started, warm.spare = warm.spare or self._start(key), None
            warm.current, warm.served = started.result(), 0

    def _is_due(self, warm: _Warm) -> bool:
        return self._settings.single_use or warm.served >= self._settings.recycle_after

    def _start(self, key: Key) -> Future[Container]:
        return self._background.submit(self._started, key[0])

    def _started(self, name: str) -> Container:
        """A new container; once again when Podman failed, whose service may have been ended under our hands."""
        try:
            return containers.start(self._engine, image=name, slot=self._slot, core=self._core, tools=self._tools)
        except SandboxFault as fault:
            log.warning("cannot start a container of %s, trying once more: %s", name, fault)
            return containers.start(self._engine, image=name, slot=self._slot, core=self._core, tools=self._tools)

    def release(self, key: Key, container: Container, *, odd: bool) -> None:
        """Called when a box is left: keep the container, or replace it because it is due or did something odd."""
        warm = self._warm[key]
        warm.boxes -= 1
        if warm.current is container and (odd or self._is_due(warm)):
            self.discard(key, container)
            if warm.spare is None:
                warm.spare = self._start(key)
        self._shed()

    def _shed(self) -> None:
        """Keep no more than `max_warm` containers: those of the languages used longest ago go."""
        kept = [key for key, warm in self._warm.items() if warm.current is not None or warm.spare is not None]
        idle = sorted((key for key in kept if not self._warm[key].boxes), key=lambda key: self._warm[key].last)
        for key in idle[: max(0, len(kept) - self._settings.max_warm)]:
            self._drop(self._warm.pop(key))

    def _drop(self, warm: _Warm) -> None:
        """Remove an image's containers in the background, one still being started included."""
        if warm.current is not None:
            self._background.submit(self._remove, warm.current)
        if warm.spare is not None:
            self._background.submit(self._remove_spare, warm.spare)
        warm.current = warm.spare = None

    def _remove_spare(self, spare: Future[Container]) -> None:
        if spare.exception() is None:
            self._remove(spare.result())

    def discard(self, key: Key, container: Container) -> None:
        """Never use a container again, and remove it in the background."""
        self._warm[key].current = None
        self._background.submit(self._remove, container)

    def _remove(self, container: Container) -> None:
        container.cgroup.close()
        try:
            containers.remove(self._engine, container.name)
        except SandboxFault as fault:  # the next sweep tries again; nobody waits for this one
            log.error("cannot remove container %s: %s", container.name, fault)

    def close(self) -> None:
        """Remove this slot's containers and wait until they are gone."""
        for warm in self._warm.values():
            self._drop(warm)
        self._background.shutdown()

    def __enter__(self) -> PodmanSandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class PooledBox(Box):
    """A runner's box that tells its pool how it went."""

    def __init__(self, inner: RunnerBox, pool: PodmanSandbox, key: Key, container: Container) -> None:
        self._inner, self._pool, self._key, self.container = inner, pool, key, container
        self._odd = False

    def load(self, files: tuple[BoxFile, ...]) -> None:
        self._inner.load(files)

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
        result = self._inner.run(
            argv, limits=limits, stdin=stdin, stdout=stdout, env=env, collect=collect, collect_mib=collect_mib
        )
        if not self.container.cgroup.settle():
            log.warning("container %s still holds memory of a run that ended", self.container.name)
            self._odd = True
        return result

    def stop(self) -> None:
        self._inner.stop()

    def used_cpu_s(self) -> float:
        return self._inner.used_cpu_s()

    @property
    def core(self) -> int | None:
        return self._pool.core

    def __enter__(self) -> PooledBox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whatever left the box by an exception was odd: a learner's program never raises one."""
        odd = kind is not None or self._odd or self._inner.broken
        try:
            if not odd:
                self._inner.clear()
                odd = self.container.cgroup.cached_kib() > OWN_CACHE_KIB
        except SandboxFault as fault:  # this box's results stand; its container is not used again
            log.warning("container %s: %s", self.container.name, fault)
            odd = True
        finally:
            self._inner.close()
            self._pool.release(self._key, self.container, odd=odd)
