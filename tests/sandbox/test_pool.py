"""The pool on real containers: recycling, single use, kill -9 of every part, and what killed owners leave behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_sandbox import containers
from jupyter_oj_sandbox.api import Box, BoxFile, Ending, RunLimits, SandboxFault
from jupyter_oj_sandbox.pool import PodmanSandbox, open_engine, open_sandbox, tools
from jupyter_oj_sandbox.selftest import IMAGE
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman

LIMITS = RunLimits(cpu_s=5, wall_s=10, memory_mib=64, processes=16)


@pytest.fixture
def opened(sandbox_settings: SandboxSettings) -> Iterator[Callable[..., PodmanSandbox]]:
    """Opens sandboxes with other settings, and closes them."""
    made: list[PodmanSandbox] = []

    def open_one(**settings: object) -> PodmanSandbox:
        made.append(open_sandbox(slot="pool", core=None, settings=replace(sandbox_settings, **settings)))  # type: ignore[arg-type]
        return made[-1]

    yield open_one
    for sandbox in made:
        sandbox.close()


def use(sandbox: PodmanSandbox, probe: Path) -> str:
    """Run a quiet program; the name of the container it ran in."""
    with sandbox.box(IMAGE, memory_mib=64) as box:
        box.load((BoxFile("probe", probe.read_bytes(), executable=True),))
        assert box.run(("/box/probe", "look"), limits=LIMITS).ending is Ending.EXITED
        return box.container.name


def wait_for(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def test_a_container_is_kept_until_it_is_due(opened: Callable[..., PodmanSandbox], probe: Path) -> None:
    sandbox = opened(recycle_after=3)
    names = [use(sandbox, probe) for _ in range(7)]
    assert [names.count(name) for name in dict.fromkeys(names)] == [3, 3, 1]


def test_single_use_gives_each_box_its_own_container(opened: Callable[..., PodmanSandbox], probe: Path) -> None:
    sandbox = opened(single_use=True)
    assert len({use(sandbox, probe) for _ in range(4)}) == 4


def test_a_process_that_is_not_the_accounts_is_not_taken_for_a_container(
    sandbox_settings: SandboxSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Podman runs as the account, and so may whoever broke out of a container: what it says is not what root moves."""
    engine = open_engine(sandbox_settings)
    with subprocess.Popen(["sleep", "60"]) as ours:
        roots = ours.pid if os.getuid() == 0 else 1
        belongs = engine.hierarchy.of(roots)
        monkeypatch.setattr(containers, "_create", lambda *_: roots)
        given = tools(engine, sandbox_settings)
        with pytest.raises(SandboxFault, match="belongs to user 0"):
            containers.start(engine, image="none", slot="pool", core=None, tools=given)
        assert engine.hierarchy.of(roots) == belongs
        ours.kill()


def test_a_replaced_container_leaves_no_open_file(opened: Callable[..., PodmanSandbox], probe: Path) -> None:
    sandbox = opened(single_use=True)
    for _ in range(3):
        name = use(sandbox, probe)

    def held() -> list[str]:
        links = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
        return [link for link in links if f"/{name.rpartition('-')[0]}-" in link]

    sandbox.close()
    assert held() == []


def test_files_of_a_box_are_gone_in_the_next(sandbox: PodmanSandbox, probe: Path) -> None:
    with sandbox.box(IMAGE, memory_mib=64) as box:
        box.load((BoxFile("probe", probe.read_bytes(), executable=True), BoxFile("secret", b"of another submission")))
    with sandbox.box(IMAGE, memory_mib=64) as box:
        with pytest.raises(SandboxFault):
            assert box.run(("/box/probe", "look"), limits=LIMITS).exit_code == 0


def run_and_kill(box: Box, pid: int) -> None:
    killer = threading.Timer(0.3, os.kill, (pid, signal.SIGKILL))
    killer.start()
    try:
        box.run(("/box/probe", "sleep"), limits=LIMITS)
    finally:
        killer.join()


def test_a_killed_container_is_a_fault_and_is_replaced(sandbox: PodmanSandbox, probe: Path) -> None:
    with pytest.raises(SandboxFault):
        with sandbox.box(IMAGE, memory_mib=64) as box:
            box.load((BoxFile("probe", probe.read_bytes(), executable=True),))
            name = box.container.name
            run_and_kill(box, box.container.pid)
    assert use(sandbox, probe) != name


def test_a_container_killed_between_two_boxes_is_not_noticed(sandbox: PodmanSandbox, probe: Path) -> None:
    use(sandbox, probe)
    with sandbox.box(IMAGE, memory_mib=64) as box:
        killed = box.container
    os.kill(killed.pid, signal.SIGKILL)
    wait_for(lambda: not killed.alive())
    assert use(sandbox, probe) != killed.name


def test_the_service_may_be_killed(sandbox: PodmanSandbox, sandbox_settings: SandboxSettings, probe: Path) -> None:
    engine = open_engine(sandbox_settings)
    engine.ensure()
    found = subprocess.run(
        ["pgrep", "-f", f"podman system service .*{engine.account.engine_socket}"],
        capture_output=True,
        text=True,
        check=True,
    )
    for pid in found.stdout.split():
        os.kill(int(pid), signal.SIGKILL)
    use(sandbox, probe)
    engine.ensure()
    assert containers.sweep(engine) == []


KILLED = """
import os, sys, time
from pathlib import Path
from jupyter_oj_sandbox.pool import open_sandbox
from jupyter_oj_sandbox.selftest import IMAGE
from jupyter_oj_sandbox.settings import SandboxSettings

sandbox = open_sandbox(slot="victim", core=None, settings=SandboxSettings(state_dir=Path(sys.argv[1])))
with sandbox.box(IMAGE, memory_mib=64) as box:
    print(box.container.name, flush=True)
    time.sleep(1000)
"""


def test_what_a_killed_owner_leaves_is_swept(sandbox_settings: SandboxSettings) -> None:
    victim = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(sandbox_settings.state_dir)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert victim.stdout is not None
    with victim, victim.stdout:
        name = victim.stdout.readline().strip()
        engine = open_engine(sandbox_settings)
        assert name not in containers.sweep(engine), "its owner is alive"
        victim.kill()
    containers.sweep(engine)  # or another grader's on this host
    with engine.client() as client:
        assert not client.containers.exists(name)
    assert not (engine.account.boxes / name).exists()
    assert name not in engine.hierarchy.names()


def test_containers_are_pinned_to_the_slots_core(sandbox_settings: SandboxSettings, probe: Path) -> None:
    core = max(os.sched_getaffinity(0))
    with open_sandbox(slot="pinned", core=core, settings=sandbox_settings) as sandbox:
        with sandbox.box(IMAGE, memory_mib=64) as box:
            assert os.sched_getaffinity(box.container.pid) == {core}


def test_closing_leaves_nothing(sandbox_settings: SandboxSettings, probe: Path) -> None:
    with open_sandbox(slot="closing", core=None, settings=replace(sandbox_settings, recycle_after=1)) as sandbox:
        names = [use(sandbox, probe) for _ in range(3)]
    engine = open_engine(sandbox_settings)
    with engine.client() as client:
        left = {container.name for container in client.containers.list(all=True)}
    assert not left & set(names)
    assert not {name for name in engine.hierarchy.names() if name.startswith("oj-closing-")}
    assert not [path for path in engine.account.boxes.iterdir() if path.name.startswith("oj-closing-")]
