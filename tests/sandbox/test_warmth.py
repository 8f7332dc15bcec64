"""Which commands get a warm interpreter, and which one goes for another; and that nobody pays for being the first."""

from __future__ import annotations

import os
import statistics
from dataclasses import replace

import pytest

from jupyter_oj_extension import plugins
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox.api import BoxFile, RunLimits
from jupyter_oj_sandbox.pool import open_sandbox
from jupyter_oj_sandbox.settings import SandboxSettings
from jupyter_oj_sandbox.warmth import PLACES, Command, Warmth

PYTHON = "/usr/bin/python3"
LIMITS = RunLimits(cpu_s=5, wall_s=20, memory_mib=128)
CONTAINERS, LATER = 7, 4
COLD = {"PYTHONHASHSEED": "random"}
"""The default, said aloud: a run with a variable that an interpreter heeds is a cold one."""


def command(*argv: str, heavy: bool = False, **env: str) -> Command | None:
    return Command.of((PYTHON, *argv), env, b"", None, heavy=heavy)


def use(warmth: Warmth, *numbers: int) -> list[bool]:
    """Whether the interpreter of each of these commands was there already."""
    there = []
    for number in numbers:
        asked = command(f"/box/{number}.py")
        assert asked is not None
        place, was = warmth.place(asked)
        assert place
        if not was:
            warmth.put(place, asked, 1024)
        there.append(was)
    return there


def test_a_command_is_warm_from_its_first_use_until_it_is_the_one_used_longest_ago() -> None:
    warmth = Warmth()
    first = range(PLACES)
    assert use(warmth, *first) == [False] * PLACES
    assert use(warmth, *first, 0) == [True] * (PLACES + 1)
    assert use(warmth, PLACES, 0, 1) == [False, True, False]
    assert warmth.held_mib == PLACES


def test_a_place_that_was_lost_is_the_next_to_be_taken() -> None:
    warmth = Warmth()
    use(warmth, *range(PLACES))
    warmth.put(PLACES, None, 0)
    assert use(warmth, PLACES, *range(PLACES - 1)) == [False, *[True] * (PLACES - 1)]


def test_what_could_not_be_kept_warm_is_not_tried_again() -> None:
    warmth = Warmth(unable={PYTHON})
    asked = command("/box/a.py")
    assert asked is not None and warmth.place(asked) == (0, False)


def test_what_would_be_answered_otherwise_is_cold() -> None:
    assert command("/box/a.py", PYTHONPATH="/scratch") is None
    assert command("/box/a.py", LD_PRELOAD="x") is None
    assert command("/box/a.py", LANG="C.UTF-8") is not None
    with open(os.devnull, "w") as no_pipe:
        assert Command.of((PYTHON, "/box/a.py"), {}, b"", no_pipe.fileno(), heavy=False) is None


@pytest.mark.parametrize(
    ("argv", "heavy"), [(("/box/a.py",), True), (("-c", "pass", "/box/a.py"), False), (("-I", "-m", "x"), False)]
)
def test_heavy_modules_are_for_programs_that_lie_in_the_box(argv: tuple[str, ...], heavy: bool) -> None:
    asked = command(*argv, heavy=True)
    assert asked is not None and asked.heavy is heavy


@pytest.mark.podman
@pytest.mark.parametrize("source", [b"print(1)", b"import numpy"])
def test_the_first_run_in_a_container_is_charged_as_the_later_ones(
    sandbox_settings: SandboxSettings, source: bytes
) -> None:
    """In new containers, the interpreter's start, which cold runs beside them have in their time, is in that of no
    first run. Medians, and no measure but that start itself: nothing here knows how fast the machine is."""
    first_s, later_s, cold_s = [], [], []
    settings = replace(sandbox_settings, recycle_after=1)
    with open_sandbox(slot="first", core=None, settings=settings) as sandbox:
        for _ in range(CONTAINERS):
            with sandbox.box(image_spec(plugins.languages()["python3"].run_image), memory_mib=128) as box:
                box.load((BoxFile("solution.py", source),))
                argv = (PYTHON, "/box/solution.py")
                runs = [box.run(argv, limits=LIMITS) for _ in range(1 + LATER)]
                cold = [box.run(argv, limits=LIMITS, env=COLD) for _ in range(2)]
            assert {run.exit_code for run in (*runs, *cold)} == {0}
            first_s.append(runs[0].cpu_s)
            later_s += [run.cpu_s for run in runs[1:]]
            cold_s.append(cold[1].cpu_s)
    first, later, cold_one = (statistics.median(each) for each in (first_s, later_s, cold_s))
    assert first - later < (cold_one - later) / 2, (first, later, cold_one)
