"""Channels between runs: what a run can leave for the next one in its container, or show one in another container at
the same time. `channels/sender.py` tries all of it; `channels/receiver.py` must see the same with it as without.

What is left open, because all runs share one kernel and one machine, stands in docs/security.md.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_extension import plugins
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox.api import BoxFile, Ending, RunLimits, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox, open_sandbox
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman

FOLDER = Path(__file__).parent / "channels"
PYTHON = replace(image_spec(plugins.languages()["python3"].run_image), warm=("/usr/bin/python3",))
ARGV = ("/usr/bin/python3", "/box/program.py")
LIMITS = RunLimits(cpu_s=20, wall_s=60, memory_mib=256, processes=32, open_files=256)
PLACES = (
    "times", "locks", "files", "pipes", "system_v", "queues", "keys", "locked", "sockets", "processes", "scheduling",
    "names", "watches",
)  # fmt: skip

Seen = dict[str, str]


@contextmanager
def sending(sandbox: PodmanSandbox) -> Iterator[None]:
    """While the sender, in a box of `sandbox`, has sent and holds what it has; afterwards it has ended well."""
    ended: list[RunResult] = []
    (its_input, ours), (heard, its_output) = os.pipe(), os.pipe()

    def run() -> None:
        with sandbox.box(PYTHON, memory_mib=LIMITS.memory_mib) as box:
            box.load((BoxFile("program.py", (FOLDER / "sender.py").read_bytes()),))
            ended.append(box.run(ARGV, limits=LIMITS, stdin=its_input, stdout=its_output))

    thread = threading.Thread(target=run)
    thread.start()
    with os.fdopen(heard) as output, os.fdopen(ours, "w"):
        said = ""
        while "sent" not in said or said.count(".") < 24:
            piece = output.read(1)
            assert piece, "the sender has failed"
            said += piece
        yield
    thread.join()
    assert (ended[0].ending, ended[0].exit_code) == (Ending.EXITED, 0), ended[0].stderr.decode()


def look(sandbox: PodmanSandbox) -> Seen:
    with sandbox.box(PYTHON, memory_mib=LIMITS.memory_mib) as box:
        box.load((BoxFile("program.py", (FOLDER / "receiver.py").read_bytes()),))
        result = box.run(ARGV, limits=LIMITS)
    assert (result.ending, result.exit_code) == (Ending.EXITED, 0), result.stderr.decode()
    lines = (line.partition(" ") for line in result.stdout.decode().splitlines())
    return {place: what for place, _, what in lines}


@pytest.fixture(scope="module")
def seen(sandbox: PodmanSandbox, sandbox_settings: SandboxSettings) -> dict[str, Seen]:
    """What the receiver saw before the sender had been, after it in the same container, and beside it."""
    look(sandbox)
    alone = look(sandbox)
    with sending(sandbox):
        pass
    after = look(sandbox)
    with open_sandbox(slot="channels", core=None, settings=sandbox_settings) as other, sending(other):
        beside = look(sandbox)
    return {"alone": alone, "after": after, "beside": beside}


@pytest.mark.parametrize("when", ["after", "beside"])
@pytest.mark.parametrize("place", PLACES)
def test_a_receiver_sees_nothing_of_a_sender(seen: dict[str, Seen], place: str, when: str) -> None:
    assert seen[when][place] == seen["alone"][place]


def test_all_places_were_looked_at(seen: dict[str, Seen]) -> None:
    assert set(seen["alone"]) == set(PLACES)
