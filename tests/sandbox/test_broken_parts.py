"""Every part of a container killed, stopped or taken away while a program runs: what comes of the run is what the
program did, or a `SandboxFault`, from which the judgement is tried again; and the next run on the slot is right."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from jupyter_oj_sandbox import containers
from jupyter_oj_sandbox.api import BoxFile, Ending, RunLimits, RunResult, SandboxFault
from jupyter_oj_sandbox.containers import Container
from jupyter_oj_sandbox.pool import PodmanSandbox, open_sandbox
from jupyter_oj_sandbox.selftest import IMAGE
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman

LIMITS = RunLimits(cpu_s=1, wall_s=1, memory_mib=64, processes=16)
AFTER_S = 0.3


@pytest.fixture(scope="module")
def alone(sandbox_settings: SandboxSettings) -> Iterator[PodmanSandbox]:
    with open_sandbox(slot="broken", core=None, settings=sandbox_settings) as sandbox:
        yield sandbox


def use(sandbox: PodmanSandbox, probe: Path, what: str, during: Callable[[Container], None] | None = None) -> RunResult:
    """Run the probe in a box; meanwhile, do something to its container."""
    with sandbox.box(IMAGE, memory_mib=64) as box:
        box.load((BoxFile("probe", probe.read_bytes(), executable=True),))
        if during is None:
            return box.run(("/box/probe", what), limits=LIMITS)
        timer = threading.Timer(AFTER_S, during, (box.container,))
        timer.start()
        try:
            return box.run(("/box/probe", what), limits=LIMITS)
        finally:
            timer.join()


def check_next(sandbox: PodmanSandbox, probe: Path) -> None:
    for _ in range(2):
        result = use(sandbox, probe, "look")
        assert (result.ending, result.exit_code, result.stdout) == (Ending.EXITED, 0, b"")


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def state(pid: int) -> str:
    """Z: dead, and not waited for; X as well when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def kill_conmon(container: Container) -> None:
    monitor = parent(container.pid)
    assert Path(f"/proc/{monitor}/comm").read_text() == "conmon\n"
    os.kill(monitor, signal.SIGKILL)


def test_without_its_monitor_a_container_goes_on(alone: PodmanSandbox, probe: Path) -> None:
    result = use(alone, probe, "sleep", kill_conmon)
    assert result.ending is Ending.WALL_LIMIT
    check_next(alone, probe)


def test_a_container_without_monitor_is_removed_all_the_same(sandbox_settings: SandboxSettings, probe: Path) -> None:
    with open_sandbox(slot="unwatched", core=None, settings=sandbox_settings) as sandbox:
        use(sandbox, probe, "sleep", kill_conmon)
        with sandbox.box(IMAGE, memory_mib=64) as box:
            container = box.container
        engine = sandbox._engine
    assert not container.alive()
    assert container.name not in engine.hierarchy.names()


def test_a_stopped_runner_is_a_fault(alone: PodmanSandbox, probe: Path) -> None:
    with pytest.raises(SandboxFault, match="does not answer"):
        use(alone, probe, "sleep", lambda container: os.kill(container.pid, signal.SIGSTOP))
    check_next(alone, probe)


def test_a_killed_runner_is_a_fault(alone: PodmanSandbox, probe: Path) -> None:
    with pytest.raises(SandboxFault):
        use(alone, probe, "sleep", lambda container: os.kill(container.pid, signal.SIGKILL))
    check_next(alone, probe)


def test_a_container_removed_under_our_hands_is_a_fault(alone: PodmanSandbox, probe: Path) -> None:
    with pytest.raises(SandboxFault):
        use(alone, probe, "sleep", lambda container: containers.remove(alone._engine, container.name))
    check_next(alone, probe)


def test_a_killed_jail_is_a_fault_and_no_verdict(alone: PodmanSandbox, probe: Path) -> None:
    """Its init, which the program cannot reach: the program's end was not its own."""

    def kill_inits(container: Container) -> None:
        for init in children(container.pid):
            os.kill(init, signal.SIGKILL)

    with pytest.raises(SandboxFault, match="ended before its program"):
        use(alone, probe, "sleep", kill_inits)
    check_next(alone, probe)


def test_a_jail_that_dies_while_it_stands_by_is_made_again(alone: PodmanSandbox, probe: Path) -> None:
    with alone.box(IMAGE, memory_mib=64) as box:
        box.load((BoxFile("probe", probe.read_bytes(), executable=True),))
        box.run(("/box/probe", "look"), limits=LIMITS)
        for _ in range(5):
            box.load((BoxFile("probe", probe.read_bytes(), executable=True),))  # answered: the next jail stands by
            inits = children(box.container.pid)
            for init in inits:
                os.kill(init, signal.SIGKILL)
            while any(state(init) not in "ZX" for init in inits):
                time.sleep(0.001)
            result = box.run(("/box/probe", "look"), limits=LIMITS)
            assert (result.ending, result.exit_code, result.stdout) == (Ending.EXITED, 0, b"")


def test_a_program_of_a_jail_that_stands_by_may_die_too(alone: PodmanSandbox, probe: Path) -> None:
    """Only the waiting program of the jail, not its init: the run is a fault or right."""
    for _ in range(3):
        try:
            with alone.box(IMAGE, memory_mib=64) as box:
                box.load((BoxFile("probe", probe.read_bytes(), executable=True),))
                box.run(("/box/probe", "look"), limits=LIMITS)
                box.load((BoxFile("probe", probe.read_bytes(), executable=True),))
                for init in children(box.container.pid):
                    for program in children(init):
                        os.kill(program, signal.SIGKILL)
                result = box.run(("/box/probe", "look"), limits=LIMITS)
        except SandboxFault:
            continue
        assert (result.ending, result.exit_code) == (Ending.EXITED, 0), "our own kill became the program's signal"
    check_next(alone, probe)


def test_two_who_remove_the_same_container_leave_a_host_that_works(
    alone: PodmanSandbox, sandbox_settings: SandboxSettings, probe: Path
) -> None:
    """Podman may be left with half a container, and then lists none."""
    for _ in range(4):
        with alone.box(IMAGE, memory_mib=64) as box:
            name = box.container.name
        with ThreadPoolExecutor(3) as threads:
            for attempt in [threads.submit(containers.remove, alone._engine, name) for _ in range(3)]:
                with suppress(SandboxFault):
                    attempt.result()
        containers.sweep(alone._engine)
        check_next(alone, probe)
