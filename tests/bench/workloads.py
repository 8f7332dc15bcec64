"""The workloads of the comparison with other judges, and what bare execution of them means: the same program with
`subprocess.run` for each test, its output compared, nothing else."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem, TestCase

PROGRAMS = Path(__file__).parent / "programs"
ENV = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
"""Not the bench's own environment: a PYTHONPATH in it would slow bare Python down."""
GXX = ("g++", "-x", "c++", "-std=gnu++20", "-O2", "-pipe", "-static", "-s", "-o", "{program}", "{source}")


@dataclass(frozen=True, slots=True)
class Workload:
    """A program of ours, and what bare execution of it is: how it is compiled, if it is, and run. `bare` names the file
    that its source has to have. `compiled_each_time`: the source differs each time by a comment, so that no cache
    answers."""

    name: str
    language: str
    program: str
    tests: int
    bare_name: str
    bare_compile: tuple[str, ...]
    bare_run: tuple[str, ...]
    compiled_each_time: bool = True

    def source(self, number: int) -> str:
        comment = ("#" if self.language == "python3" else "//") + f" {number}\n"
        return (PROGRAMS / self.program).read_text() + (comment if self.compiled_each_time else "")

    def runs_bare(self) -> bool:
        """Whether this host has the tools to run it bare."""
        return shutil.which((self.bare_compile or self.bare_run)[0]) is not None


def python(name: str, tests: int) -> Workload:
    return Workload(name, "python3", "best.py", tests, "solution.py", (), ("/usr/bin/python3", "{source}"))


W1, W3 = python("w1", 10), python("w3", 150)
W2 = Workload("w2", "cpp", "best.cpp", 10, "program.cpp", GXX, ("{program}",))
W2_BITS = replace(W2, name="w2_bits", program="bits.cpp")
W2X = replace(W2, name="w2x", bare_name="precompiled.cpp", compiled_each_time=False)
W4 = Workload("w4", "java", "best.java", 10, "Main.java", ("javac", "{source}"), ("java", "-cp", "{folder}", "Main"))
NODE = Workload("node", "javascript", "best.js", 10, "solution.js", (), ("node", "{source}"))
GO = Workload("go", "go", "best.go", 10, "best.go", ("go", "build", "-o", "{program}", "{source}"), ("{program}",))
RUSTC = ("rustc", "--edition", "2021", "-C", "opt-level=2", "-o", "{program}", "{source}")
RUST = Workload("rust", "rust", "best.rs", 10, "best.rs", RUSTC, ("{program}",))
ALL = (W1, W2, W2_BITS, W2X, W3, W4, NODE, GO, RUST)


def write_package(folder: Path, slug: str, tests: int) -> Path:
    """A problem package with `tests` secret tests of a hundred numbers each."""
    random_ = random.Random(tests)
    package = folder / slug
    secret = package / "data" / "secret"
    secret.mkdir(parents=True)
    (package / "statement").mkdir()
    (package / "statement" / "problem.en.md").write_text("The largest sum of consecutive numbers.\n")
    (package / "problem.yaml").write_text(
        f"problem_format_version: 2025-09\nname: {slug}\nuuid: 5ca6ba5b-36d5-4eff-8aa7-d967cbc4375e\n"
        "limits:\n  time_limit: 5\n"
    )
    for index in range(tests):
        numbers = [random_.randint(-100, 100) for _ in range(100)]
        best = run = numbers[0]
        for number in numbers[1:]:
            run = max(number, run + number)
            best = max(best, run)
        (secret / f"{index:03}.in").write_text(f"100\n{' '.join(map(str, numbers))}\n")
        (secret / f"{index:03}.ans").write_text(f"{best}\n")
    return package


def as_problem(package: Path) -> Problem:
    """The package as the judge sees it."""
    inputs = sorted((package / "data" / "secret").glob("*.in"))
    cases = tuple(TestCase(f"secret/{path.stem}", "secret", path, path.with_suffix(".ans")) for path in inputs)
    base = Problem(package.name, package.name, "v1", "", Limits(), OutputValidator(), cases)
    return replace(base, limits=Limits(cpu_s=5))


class Bare:
    """Bare execution of a workload on a problem's tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)

    def run(self, workload: Workload, problem: Problem, number: int) -> None:
        folder = self._folder / workload.name
        folder.mkdir(exist_ok=True)
        source, program = folder / workload.bare_name, folder / "program"
        names = {"source": str(source), "program": str(program), "folder": str(folder)}
        env = ENV | {name: os.environ[name] for name in ("HOME", "RUSTUP_HOME") if name in os.environ}
        if workload.compiled_each_time or not program.exists():
            source.write_text(workload.source(number))
            if workload.bare_compile:
                tool = shutil.which(workload.bare_compile[0]) or workload.bare_compile[0]
                command = [tool, *(word.format(**names) for word in workload.bare_compile[1:])]
                subprocess.run(command, check=True, capture_output=True, env=env)
        argv = [word.format(**names) for word in workload.bare_run]
        for case in problem.cases:
            ended = subprocess.run(argv, input=case.input.read_bytes(), capture_output=True, check=True, env=ENV)
            if ended.stdout.split() != case.answer.read_bytes().split():
                raise AssertionError(f"{workload.name} is wrong on {case.name}")
