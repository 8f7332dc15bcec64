"""The workloads of the comparison with other judges, and what bare execution of them means: the same program with
`subprocess.run` for each test, its output compared, nothing else."""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem, TestCase

PYTHON = """\
import sys


def main() -> None:
    numbers = list(map(int, sys.stdin.read().split()))[1:]
    best = run = numbers[0]
    for number in numbers[1:]:
        run = max(number, run + number)
        best = max(best, run)
    print(best)


main()
"""

CPP = """\
#include <iostream>
#include <algorithm>

int main() {
    long long n, number, run, best;
    std::cin >> n >> run;
    best = run;
    while (std::cin >> number) {
        run = std::max(number, run + number);
        best = std::max(best, run);
    }
    std::cout << best << '\\n';
}
"""

ENV = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
"""Not the bench's own environment: a PYTHONPATH in it would slow bare Python down."""
GXX = ("g++", "-x", "c++", "-std=gnu++20", "-O2", "-pipe", "-static", "-s")


@dataclass(frozen=True, slots=True)
class Workload:
    """`compiled_each_time`: the source differs each time by a comment, so that no cache answers."""

    name: str
    language: str
    tests: int
    compiled_each_time: bool

    def source(self, number: int) -> str:
        comment = ("#" if self.language == "python3" else "//") + f" {number}\n"
        return (PYTHON if self.language == "python3" else CPP) + (comment if self.compiled_each_time else "")


W1 = Workload("w1", "python3", 10, True)
W2 = Workload("w2", "cpp", 10, True)
W2X = Workload("w2x", "cpp", 10, False)
W3 = Workload("w3", "python3", 150, True)


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
        if workload.language == "cpp":
            program = self._folder / "precompiled"
            if workload.compiled_each_time or not program.exists():
                program = self._build(
                    workload.source(number), "program" if workload.compiled_each_time else program.name
                )
            argv = [str(program)]
        else:
            path = self._folder / "solution.py"
            path.write_text(workload.source(number))
            argv = ["/usr/bin/python3", str(path)]
        for case in problem.cases:
            ended = subprocess.run(argv, input=case.input.read_bytes(), capture_output=True, check=True, env=ENV)
            if ended.stdout.split() != case.answer.read_bytes().split():
                raise AssertionError(f"{workload.name} is wrong on {case.name}")

    def _build(self, source: str, name: str) -> Path:
        path = self._folder / f"{name}.cpp"
        path.write_text(source)
        subprocess.run([*GXX, "-o", str(self._folder / name), str(path)], check=True, capture_output=True)
        return self._folder / name
