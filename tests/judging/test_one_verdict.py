"""One submission judged fifty times on a loaded machine gets one verdict, near the limit on either side of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import by_hand
import pytest
from by_hand import driven

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem, TestCase
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.judge import Judge
from jupyter_oj_graders.quiet import Quiet
from jupyter_oj_sandbox.api import Sandbox

pytestmark = [pytest.mark.podman, pytest.mark.long]

TIMES = 50
LIMIT_S = 0.06
WORK = """
#include <cstdint>
#include <iostream>
#include <vector>
int main() {
    uint64_t rounds, x = 88172645463325252u, sum = 0;
    std::cin >> rounds;
    std::vector<uint64_t> table(1 << 14, 1);
    for (uint64_t i = 0; i < rounds; i++) {
        x ^= x << 13; x ^= x >> 7; x ^= x << 17;
        sum += table[x & 16383] += x;
    }
    std::cout << (sum == 42 ? "never" : "done") << std::endl;
}
"""
HOG = "data = bytearray(1 << 26)\nwhile True: bytes(data)\n"
"""A neighbour that wants a core and the memory bus."""

TASK = replace(by_hand.TASK, language="cpp", source=WORK)


@contextmanager
def loaded() -> Iterator[None]:
    hogs = [subprocess.Popen([sys.executable, "-c", HOG]) for _ in os.sched_getaffinity(0)]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()


@pytest.mark.parametrize(("share", "expected"), [(0.85, "AC"), (1.2, "TLE")])
def test_fifty_judgings_are_of_one_mind(
    share: float, expected: str, real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path
) -> None:
    stdin, answer = tmp_path / "1.in", tmp_path / "1.ans"
    answer.write_text("done\n")
    case = TestCase("secret/1", "secret", stdin, answer)
    problem = Problem("work", "Work", "v1", "", Limits(cpu_s=10), OutputValidator(), (case,))

    def judge_of(problem: Problem) -> Judge:
        quiet = Quiet(tmp_path / "quiet.lock", calm_s=0.05)
        return by_hand.judge_of(problem, real_sandbox, languages, ExecutableCache(tmp_path / "executables"), quiet)

    def cpu_s(rounds: int) -> float:
        """What it takes on this machine, as nearly as can be found out on a machine that is never quiet."""
        stdin.write_text(f"{rounds}\n")
        judge = judge_of(problem)  # a new one, as it keeps the files it has read
        return min(driven(judge.judge(TASK)).cpu_s or 0.0 for _ in range(10))

    rounds = 1 << 22
    rounds = int(rounds * LIMIT_S / cpu_s(rounds))
    rounds = int(rounds * share * LIMIT_S / cpu_s(rounds))
    stdin.write_text(f"{rounds}\n")
    judge = judge_of(replace(problem, limits=Limits(cpu_s=LIMIT_S)))
    with loaded():
        outcomes = [driven(judge.judge(TASK)) for _ in range(TIMES)]
    verdicts = Counter(outcome.verdict.value for outcome in outcomes)
    assert verdicts == {expected: TIMES}, sorted(outcome.cpu_s or 0 for outcome in outcomes)
