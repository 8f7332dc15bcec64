"""A submission on our judge and bare, one after the other on the same core, so that the machine's mood hits both."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import slots
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.judge import Judge
from jupyter_oj_graders.problem_cache import ProblemCache
from tests.bench.workloads import ALL, W1, W2, W2_BITS, W2X, W3, W4, Bare, Workload, as_problem, write_package
from tests.support.by_hand import TASK, driven

ROUNDS = {W1.name: 41, W2.name: 9, W2X.name: 61, W3.name: 7}
QUICK = (W1, W2, W2X, W3, W2_BITS, W4)
OTHERS = 5
"""Rounds of the workloads not named above."""
LINEAR = (10, 50, 150)
"""Numbers of tests between which a test's cost is compared."""


def measure(folder: Path, *, quick: bool, tell: Callable[[str], None]) -> dict[str, float]:
    """Medians of each workload in milliseconds, ours and bare, and the figures made of them."""
    core = slots.cores(1)[0]
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    settings = Settings(state_dir=folder)
    languages = plugins.languages(settings)
    problems = {tests: as_problem(write_package(folder / "packages", f"best{tests}", tests)) for tests in LINEAR}
    bare = Bare(folder / "bare")
    workloads = [workload for workload in ALL if workload.language in languages and (not quick or workload in QUICK)]
    used = {workload.language: languages[workload.language] for workload in workloads}
    sandbox = slots.open_warm(settings, slot="bench", core=core, languages=used)
    try:
        judge = Judge(
            sandbox=sandbox,
            languages=languages,
            problems=ProblemCache(lambda slug, version: problems[int(slug.removeprefix("best"))]),
            executables=ExecutableCache(folder / "executables"),
        )
        figures: dict[str, float] = {}
        for workload in workloads:
            rounds = max(3, ROUNDS.get(workload.name, OTHERS) // (5 if quick else 1))
            figures |= _interleaved(judge, bare, workload, problems[workload.tests], rounds, tell)
        return figures | _linear(judge, problems, 3 if quick else 9, tell)
    finally:
        sandbox.close()
        os.sched_setaffinity(0, before)


def _interleaved(
    judge: Judge, bare: Bare, workload: Workload, problem: Problem, rounds: int, tell: Callable[[str], None]
) -> dict[str, float]:
    ours_ms, bare_ms = [], []
    beside = workload.runs_bare()
    for number in range(rounds + 1):
        begun = time.perf_counter()
        if beside:
            bare.run(workload, problem, number)
        between = time.perf_counter()
        judge_once(judge, workload, problem, number)
        ended = time.perf_counter()
        if number:  # the first of each warms caches
            bare_ms.append((between - begun) * 1000)
            ours_ms.append((ended - between) * 1000)
    ours, base = statistics.median(ours_ms), statistics.median(bare_ms)
    if not beside:
        tell(f"{workload.name:7} bare        -      ours {ours:8.1f} ms   (this host cannot run it bare)")
        return {f"{workload.name}_ms": round(ours, 2)}
    ratio = statistics.median(o / b for o, b in zip(ours_ms, bare_ms, strict=True))
    per_test = statistics.median(o - b for o, b in zip(ours_ms, bare_ms, strict=True)) / workload.tests
    tell(f"{workload.name:7} bare {base:8.1f} ms   ours {ours:8.1f} ms   x {ratio:5.2f}   {per_test:+.2f} ms a test")
    return {
        f"{workload.name}_bare_ms": round(base, 2),
        f"{workload.name}_ms": round(ours, 2),
        f"{workload.name}_over_bare": round(ratio, 3),
        f"{workload.name}_over_bare_ms_per_test": round(per_test, 3),
    }


def _linear(judge: Judge, problems: dict[int, Problem], rounds: int, tell: Callable[[str], None]) -> dict[str, float]:
    """What a test costs among many, as a multiple of what it costs among few: 1 when the cost is linear in tests."""
    few, more, many = LINEAR
    ms: dict[int, list[float]] = {tests: [] for tests in LINEAR}
    for number in range(rounds):
        for tests in LINEAR:
            begun = time.perf_counter()
            judge_once(judge, replace(W1, name=f"linear{tests}"), problems[tests], number)
            ms[tests].append((time.perf_counter() - begun) * 1000)
    least = {tests: min(times) for tests, times in ms.items()}
    first, rest = (least[more] - least[few]) / (more - few), (least[many] - least[more]) / (many - more)
    tell(f"linear  {first:.2f} ms a test up to {more} tests, {rest:.2f} from there to {many}: x {rest / first:.2f}")
    return {"linear_ms_per_test": round(rest, 3), "linear_many_over_few": round(rest / first, 3)}


def judge_once(judge: Judge, workload: Workload, problem: Problem, number: int) -> None:
    task = replace(TASK, problem=problem.slug, language=workload.language, source=workload.source(number))
    outcome = driven(judge.judge(task))
    if outcome.verdict is not Verdict.AC:
        raise AssertionError(f"{workload.name}: {outcome}")
