"""Folds the runs of a judgement into its verdict, and says when judging may stop. Pure.

Pass-fail (ICPC, Kattis): the first failing test, in judging order, decides. Judging stops there unless the test's
group, or one above it, says ``on_reject: continue``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jupyter_oj_extension.domain.judgement import RunOutcome
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_extension.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Grade:
    """`failing` is the index of the first run that is not AC; times and memory are the maximum over the runs."""

    verdict: Verdict
    failing: int | None
    cpu_s: float
    memory_kib: int


def grade(runs: Sequence[RunOutcome]) -> Grade:
    """The grade of at least one run, in judging order."""
    first = next((run for run in runs if run.verdict is not Verdict.AC), None)
    return Grade(
        verdict=Verdict.AC if first is None else first.verdict,
        failing=None if first is None else first.index,
        cpu_s=max(run.cpu_s for run in runs),
        memory_kib=max(run.memory_kib for run in runs),
    )


def stops_after(problem: Problem, run: RunOutcome) -> bool:
    """Whether a judgement that counts ends with this run."""
    if run.verdict is Verdict.AC:
        return False
    on_reject = {group.name: group.on_reject for group in problem.groups}
    name = run.group
    while True:
        if name in on_reject:
            return on_reject[name] != "continue"
        if not name:
            return True
        name = name.rpartition("/")[0]
