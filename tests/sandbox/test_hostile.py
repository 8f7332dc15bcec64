"""Hostile programs, one folder each in ``hostile/``: what each got, and that the next run is clean and on time.

case.yml            what: one line; endings: those that are right (more than one: why_two says why); exit_code, signal;
                    stdout: a pattern for all of it; limits, collect: as `RunLimits` and `Box.run` name them; collected:
                    exactly these files with these contents
program.py          run by the Python image, or
program.c           compiled in the C++ compile image and run in the C++ run image, or
source.cpp          compiled as a submission is: the compiler itself is the victim

Programs and compilers of the other languages are in ``hostile_languages/`` (`test_hostile_languages`).
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from jupyter_oj_extension import plugins
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox.api import BoxFile, Ending, ImageSpec, RunLimits, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox

pytestmark = pytest.mark.podman

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("hostile/*/case.yml"))
LIMITS = RunLimits(cpu_s=1, wall_s=15, memory_mib=128, output_kib=1024, processes=32, scratch_mib=32)
COMPILE = RunLimits(cpu_s=3, wall_s=30, memory_mib=512, output_kib=1024, processes=32, scratch_mib=128)
LATE = 2.0
"""The run after a hostile one is late above this many times the median of quiet runs, taken in between. What the
sandbox costs the next run it costs each time, what the machine's other users cost comes and goes: a case fails when the
run is late after each of `ATTEMPTS` hostile runs."""
ATTEMPTS = 6
LATE_MEDIAN = 1.4
"""The same for the medians of `PAIRS` interleaved pairs of a run after a hostile program and one after an ordinary
program of as much CPU: cold caches are the same to both. A cause in the sandbox shows in each batch of pairs, another
program's burst not in `BATCHES` of them."""
PAIRS = 30
BATCHES = 3
WORST = ("busy_loop_deaf", "fork_bomb_orphans", "memory_bomb_children")
"""Programs whose end costs the kernel most."""

ENDED_WELL = (Ending.EXITED, 0)
RUN_PYTHON = ("/usr/bin/python3", "/box/program.py")
LOOK = BoxFile(
    "program.py",
    b"""
import os
for folder in ("/scratch", "/tmp", "/dev/shm", "/dev/mqueue", "/box"):
    if os.path.isdir(folder):
        print(*(name for name in os.listdir(folder) if name != "program.py"), end="")
print(*(name for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, os.getpid())), end="")
""",
)
"""What ``probe look`` does, for the Python image."""

CPP = plugins.languages()["cpp"]
assert CPP.compile_image is not None
assert CPP.compile_argv is not None
PYTHON = replace(image_spec(plugins.languages()["python3"].run_image), warm=("/usr/bin/python3",))
CPP_RUN, CPP_COMPILE = image_spec(CPP.run_image), image_spec(CPP.compile_image)


class Slot:
    """Runs cases and quiet programs on the shared sandbox."""

    def __init__(self, sandbox: PodmanSandbox, probe: Path) -> None:
        self.sandbox = sandbox
        self.probe = BoxFile("probe", probe.read_bytes(), executable=True)

    def next_run(self, image: ImageSpec) -> float:
        """The seconds of a quiet program's whole use of a box on this slot. It looks for traces and finds none.

        Its memory limit is that of the run before it: a lower one makes the kernel drop files of the image first, which
        takes 10 ms and more after a compiler and is nobody's attack. It is of the same kind as well, as the jail that
        stands by is made for the kind that came last.
        """
        limits = COMPILE if image == CPP_COMPILE else LIMITS
        file, argv = (LOOK, RUN_PYTHON) if image == PYTHON else (self.probe, ("/box/probe", "look"))
        began = time.monotonic()
        with self.sandbox.box(image, memory_mib=limits.memory_mib) as box:
            box.load((file,))
            run = box.run(argv, limits=limits)
        took_s = time.monotonic() - began
        assert (run.ending, run.exit_code, run.stdout) == (*ENDED_WELL, b""), "the next run found traces"
        return took_s

    def check_next_run(self, image: ImageSpec, again: Callable[[], object]) -> None:
        """The run after a hostile one is clean, and on time beside quiet ones. `again` repeats the hostile one."""
        after_s: list[float] = []
        quiet_s: list[float] = []
        for attempt in range(ATTEMPTS):
            if attempt:
                again()
            after_s.append(self.next_run(image))
            quiet_s += [self.next_run(image) for _ in range(5)]
            if min(after_s) <= LATE * statistics.median(quiet_s):
                return
        pytest.fail(f"the next run is late each time: {after_s} beside {sorted(quiet_s)}")

    def run(
        self, image: ImageSpec, files: tuple[BoxFile, ...], argv: tuple[str, ...], case: dict[str, Any], base: RunLimits
    ) -> RunResult:
        limits = replace(base, **case.get("limits", {}))
        collect = tuple(case.get("collect", ()))
        with self.sandbox.box(image, memory_mib=limits.memory_mib) as box:
            box.load(files)
            return box.run(argv, limits=limits, collect=collect, collect_mib=case.get("collect_mib", 64))

    @cache  # noqa: B019 (one object in a session)
    def compiled(self, path: Path) -> BoxFile:
        argv = ("/usr/bin/gcc", "-std=gnu17", "-O1", "-w", "-static", "-pthread", "-o", "program", "/box/program.c")
        with self.sandbox.box(CPP_COMPILE, memory_mib=512) as box:
            box.load((BoxFile("program.c", path.read_bytes()),))
            result = box.run(argv, limits=replace(COMPILE, cpu_s=20, wall_s=40), collect=("program",))
        assert (result.ending, result.exit_code) == ENDED_WELL, result.stderr.decode()
        return BoxFile("program", result.collected["program"], executable=True)

    def attack(self, folder: Path, case: dict[str, Any]) -> tuple[ImageSpec, RunResult]:
        """Run a case's program, or a compiler on its source."""
        if (folder / "source.cpp").exists():
            assert CPP.compile_argv is not None
            words = {"{sources}": "/box/source.cpp", "{source}": "/box/source.cpp", "{artefact}": "solution"}
            argv = tuple(words.get(word, word) for word in CPP.compile_argv)
            source = BoxFile("source.cpp", (folder / "source.cpp").read_bytes())
            return CPP_COMPILE, self.run(CPP_COMPILE, (source,), argv, {"collect": ["solution"], **case}, COMPILE)
        if (folder / "program.c").exists():
            program = self.compiled(folder / "program.c")
            return CPP_RUN, self.run(CPP_RUN, (program,), ("/box/program",), case, LIMITS)
        file = BoxFile("program.py", (folder / "program.py").read_bytes())
        return PYTHON, self.run(PYTHON, (file,), RUN_PYTHON, case, LIMITS)


@pytest.fixture(scope="module")
def slot(sandbox: PodmanSandbox, probe: Path) -> Slot:
    sandbox.warm(PYTHON, CPP_RUN, CPP_COMPILE)
    return Slot(sandbox, probe)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_hostile_program(slot: Slot, folder: Path) -> None:
    case = yaml.safe_load((folder / "case.yml").read_text())
    image, result = slot.attack(folder, case)
    check(case, result)
    if (folder / "source.cpp").exists():
        assert (result.ending, result.exit_code) != ENDED_WELL, "it compiled"
    slot.check_next_run(image, lambda: slot.attack(folder, case))


@pytest.mark.parametrize("name", WORST)
def test_the_next_run_is_on_time(slot: Slot, name: str) -> None:
    program, ordinary = (slot.compiled(HERE / path) for path in (f"hostile/{name}/program.c", "busy.c"))
    ratios: list[float] = []
    while not ratios or (ratios[-1] > LATE_MEDIAN and len(ratios) < BATCHES):
        pairs = [(after(slot, program), after(slot, ordinary)) for _ in range(PAIRS)]
        ratios.append(statistics.median(worst for worst, _ in pairs) / statistics.median(usual for _, usual in pairs))
    assert min(ratios) <= LATE_MEDIAN, ratios


def after(slot: Slot, program: BoxFile) -> float:
    """The seconds of the run after `program`'s."""
    limits = {"cpu_s": 0.1, "wall_s": 0.3, "memory_mib": 64}
    slot.run(CPP_RUN, (program,), ("/box/program",), {"limits": limits}, LIMITS)
    return slot.next_run(CPP_RUN)


def test_only_cases_that_say_why_have_two_right_endings() -> None:
    for folder in CASES:
        case = yaml.safe_load((folder / "case.yml").read_text())
        assert len(case["endings"]) == 1 or case["why_two"], folder.name


def check(case: dict[str, Any], result: RunResult) -> None:
    """Hold what a program got against its case."""
    limits = replace(LIMITS, **case.get("limits", {}))
    seen = f"{result.ending} {result.exit_code} {result.signal} {result.stdout[-300:]!r} {result.stderr[-600:]!r}"
    assert result.ending in case["endings"], seen
    if "exit_code" in case:
        assert result.exit_code == case["exit_code"], seen
    elif result.ending is Ending.EXITED and "stdout" in case:
        assert result.exit_code == 0, seen
    if "signal" in case:
        assert result.signal == case["signal"], seen
    if "stdout" in case:
        assert re.fullmatch(case["stdout"], result.stdout.decode()), seen
    assert len(result.stderr) <= 1024 * case.get("stderr_at_most_kib", limits.error_kib), "stderr was not cut"
    if "stderr_never" in case:
        assert not re.search(case["stderr_never"], result.stderr.decode(errors="replace")), seen
    if "collected" in case:
        assert result.collected == {name: text.encode() for name, text in case["collected"].items()}
    if "collected_is_one_of" in case:
        assert {content.decode() for content in result.collected.values()} <= set(case["collected_is_one_of"])
    if "within_wall_share" in case:
        assert result.wall_s < limits.wall_s * case["within_wall_share"], seen
