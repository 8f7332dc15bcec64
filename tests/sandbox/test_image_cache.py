"""Files of an image are never charged to a container for long: what a program that meets its memory limit could drive
out of memory, it and the programs after it would have to read again and again.

Each test begins as a host does after it has started: with nothing of the image in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jupyter_oj_extension import plugins
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox import images
from jupyter_oj_sandbox.api import BoxFile, Ending, RunLimits
from jupyter_oj_sandbox.pool import OWN_CACHE_KIB, PodmanSandbox, PooledBox, open_engine, open_sandbox
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman

NODE = image_spec(plugins.languages()["javascript"].run_image)
LIMITS = RunLimits(cpu_s=5, wall_s=20, memory_mib=256, processes=32)
FORGET = """
folder=$(podman image mount "$1") || exit 1
find "$folder" -type f -size +15k -exec sh -c '
  for file; do dd if="$file" iflag=nocache count=0 status=none; done' sh {} +
podman image unmount "$1" > /dev/null
"""
READ = b"require('fs').readFileSync('/usr/bin/node')"
GREEDY = b"let all = []; while (true) all.push(Buffer.alloc(1 << 20, 1))"


@pytest.fixture
def sandbox(sandbox_settings: SandboxSettings) -> Iterator[PodmanSandbox]:
    """One that has no container yet, and whose image is on the disk only."""
    forget(sandbox_settings)
    with open_sandbox(slot="cold", core=None, settings=sandbox_settings) as opened:
        yield opened


def forget(settings: SandboxSettings) -> None:
    """Have the kernel drop the image's files, those apart that a running program has mapped."""
    engine = open_engine(settings)
    name = images.ensure(NODE, engine, settings, print)
    engine.account.run("podman", "unshare", "sh", "-c", FORGET, "sh", name)


def run(box: PooledBox, source: bytes) -> Ending:
    box.load((BoxFile("program.js", source),))
    return box.run(("/usr/bin/node", "/box/program.js"), limits=LIMITS).ending


def test_a_new_container_is_charged_for_nothing_of_its_image(sandbox: PodmanSandbox) -> None:
    with sandbox.box(NODE, memory_mib=LIMITS.memory_mib) as box:
        assert run(box, READ) is Ending.EXITED
        assert box.container.cgroup.cached_kib() < OWN_CACHE_KIB


def test_a_greedy_program_meets_its_memory_limit_not_its_time_limit(sandbox: PodmanSandbox) -> None:
    """The pages of Node it drove out took all of its CPU time once, to be read again."""
    with sandbox.box(NODE, memory_mib=LIMITS.memory_mib) as box:
        assert run(box, b"console.log(1)") is Ending.EXITED
        assert [run(box, GREEDY) for _ in range(3)] == [Ending.MEMORY_LIMIT] * 3
        assert box.container.cgroup.cached_kib() < OWN_CACHE_KIB


def test_a_container_that_had_to_read_its_image_itself_is_replaced(
    sandbox: PodmanSandbox, sandbox_settings: SandboxSettings
) -> None:
    containers = []
    for cold in (False, True, False, False):
        with sandbox.box(NODE, memory_mib=LIMITS.memory_mib) as box:
            containers.append(box.container.name)
            if cold:  # as a host does that needs its memory for something else
                forget(sandbox_settings)
            assert run(box, READ) is Ending.EXITED
    first, second, third, fourth = containers
    assert first == second != third == fourth


def test_opening_a_box_never_lowers_the_bound_on_the_way(
    sandbox: PodmanSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bound that goes down drops files of the image, even if it goes up again at once."""
    bounds: list[int] = []
    with sandbox.box(NODE, memory_mib=LIMITS.memory_mib) as box:
        group = type(box.container.cgroup)
    monkeypatch.setattr(group, "set_memory", lambda _, mib: bounds.append(mib))
    with sandbox.box(NODE, memory_mib=LIMITS.memory_mib) as box:
        run(box, b"console.log(1)")
    assert bounds
    assert min(bounds) >= LIMITS.memory_mib
