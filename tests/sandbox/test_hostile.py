"""Hostile programs, one folder each in ``hostile/``: what each got, and that the next run is clean and on time.

case.yml            what: one line; endings: those allowed; stdout: a pattern for all of it; limits, collect: as
                    `RunLimits` and `Box.run` name them; collected: exactly these files with these contents
program.py          run by the Python image, or
program.c           compiled in the C++ compile image and run in the C++ run image, or
source.cpp          compiled as a submission is: the compiler itself is the victim
"""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.language import ImageRecipe
from jupyter_oj_sandbox.api import BoxFile, Ending, ImageSpec, RunLimits, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox

pytestmark = pytest.mark.podman

CASES = sorted(path.parent for path in Path(__file__).parent.glob("hostile/*/case.yml"))
LIMITS = RunLimits(cpu_s=1, wall_s=2, memory_mib=128, output_kib=1024, processes=32, scratch_mib=32)
COMPILE = RunLimits(cpu_s=4, wall_s=6, memory_mib=512, output_kib=1024, processes=32, scratch_mib=128)
SLOWER = 4
"""The next run may take this many times the median of quiet runs: these tests share their cores with others."""

ENDED_WELL = (Ending.EXITED, 0)


def spec(recipe: ImageRecipe | None) -> ImageSpec:
    assert recipe is not None
    return ImageSpec(recipe.name, recipe.packages, recipe.prepare)


PYTHON = spec(plugins.languages()["python3"].run_image)
CPP = plugins.languages()["cpp"]
CPP_RUN, CPP_COMPILE = spec(CPP.run_image), spec(CPP.compile_image)


class Slot:
    """Runs cases and quiet programs on the shared sandbox."""

    def __init__(self, sandbox: PodmanSandbox, probe: Path) -> None:
        self.sandbox = sandbox
        self.probe = BoxFile("probe", probe.read_bytes(), executable=True)
        self.quiet_s = {image.name: self._quiet(image) for image in (PYTHON, CPP_RUN, CPP_COMPILE)}
        """Median time of a quiet program's whole use of a box on each image, before anything hostile happened."""

    def _quiet(self, image: ImageSpec) -> float:
        return statistics.median(self.next_run(image)[1] for _ in range(9))

    def next_run(self, image: ImageSpec) -> tuple[RunResult, float]:
        """The probe looking for traces, in a new box on the same slot, and how long all of it took."""
        began = time.monotonic()
        with self.sandbox.box(image, memory_mib=64) as box:
            box.load((self.probe,))
            result = box.run(("/box/probe", "look"), limits=LIMITS)
        return result, time.monotonic() - began

    def run(self, image: ImageSpec, file: BoxFile, argv: tuple[str, ...], case: dict[str, Any]) -> RunResult:
        limits = replace(COMPILE if image is CPP_COMPILE else LIMITS, **case.get("limits", {}))
        collect = tuple(case.get("collect", ()))
        with self.sandbox.box(image, memory_mib=limits.memory_mib) as box:
            box.load((file,))
            return box.run(argv, limits=limits, collect=collect, collect_mib=case.get("collect_mib", 64))

    @cache  # noqa: B019 (one object in a session)
    def compiled(self, path: Path) -> BoxFile:
        argv = ("/usr/bin/gcc", "-std=gnu17", "-O1", "-w", "-static", "-pthread", "-o", "program", "/box/program.c")
        with self.sandbox.box(CPP_COMPILE, memory_mib=512) as box:
            box.load((BoxFile("program.c", path.read_bytes()),))
            result = box.run(argv, limits=replace(COMPILE, cpu_s=20, wall_s=40), collect=("program",))
        assert (result.ending, result.exit_code) == ENDED_WELL, result.stderr.decode()
        return BoxFile("program", result.collected["program"], executable=True)


@pytest.fixture(scope="module")
def slot(sandbox: PodmanSandbox, probe: Path) -> Slot:
    sandbox.warm(PYTHON, CPP_RUN, CPP_COMPILE)
    return Slot(sandbox, probe)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_hostile_program(slot: Slot, folder: Path) -> None:
    case = yaml.safe_load((folder / "case.yml").read_text())
    if (folder / "source.cpp").exists():
        image = CPP_COMPILE
        assert CPP.compile_argv is not None
        argv = tuple(word.format(source="/box/source.cpp", artefact="solution") for word in CPP.compile_argv)
        case = {"endings": ["exited", "cpu-limit", "wall-limit", "memory-limit", "output-limit"], **case}
        case.setdefault("collect", ["solution"])
        result = slot.run(image, BoxFile("source.cpp", (folder / "source.cpp").read_bytes()), argv, case)
        assert (result.ending, result.exit_code) != ENDED_WELL, "it compiled"
    elif (folder / "program.c").exists():
        image = CPP_RUN
        result = slot.run(image, slot.compiled(folder / "program.c"), ("/box/program",), case)
    else:
        image = PYTHON
        file = BoxFile("program.py", (folder / "program.py").read_bytes())
        result = slot.run(image, file, ("/usr/bin/python3", "/box/program.py"), case)
    check(case, result)
    after = [slot.next_run(image) for _ in range(3)]
    for run, _ in after:
        assert (run.ending, run.exit_code, run.stdout) == (*ENDED_WELL, b""), "the next run found traces"
    assert min(took_s for _, took_s in after) <= SLOWER * slot.quiet_s[image.name], "the next run was late"


def check(case: dict[str, Any], result: RunResult) -> None:
    """Hold what a program got against its case."""
    limits = replace(LIMITS, **case.get("limits", {}))
    seen = f"{result.ending} {result.exit_code} {result.signal} {result.stdout[-300:]!r} {result.stderr[-600:]!r}"
    assert result.ending in case["endings"], seen
    if result.ending is Ending.EXITED and "stdout" in case and "exit_code" not in case:
        assert result.exit_code == 0, seen
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
