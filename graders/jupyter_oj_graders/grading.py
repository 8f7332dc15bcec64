"""Folds the runs of a judgement, through nested test groups, into its verdict and score. Pure.

The rules are those of the problem's groups (`domain.problem.TestGroup`), which say what the package's format says:

- pass-fail (ICPC, Kattis): the first failing test, in judging order, decides;
- scoring, 2025-09: a group gets its points when all is accepted (``pass-fail``), or the sum or minimum of its tests';
- a problem's own grader (legacy, ``grading: custom``) is asked for verdict and score of a group;
- scoring, legacy: the grader flags ``sum``, ``min``, ``max``, ``avg``; ``first_error``, ``worst_error``,
  ``always_accept``, ``accept_if_any_accepted``, ``ignore_sample``.

A scored submission keeps the points of what it solved, whatever its verdict; but where fewer points are better
(``objective: min``) a rejected one has no score, as nothing would be the best. Which tests are run is decided by
`course`, from the same rules.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import GroupOutcome, RunOutcome
from jupyter_oj_extension.domain.problem import Problem, TestGroup
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.checkers.result import CheckResult

WORST = (Verdict.JE, Verdict.RTE, Verdict.MLE, Verdict.TLE, Verdict.OLE, Verdict.WA, Verdict.PE)
"""``worst_error``: the first of these that there is (legacy format, "Default Grader Specification")."""

DIGITS = 9
"""Scores are rounded there, so that a hundred points in seven parts are a hundred again."""


KATTIS = {Verdict.PE: Verdict.WA, Verdict.MLE: Verdict.RTE, Verdict.OLE: Verdict.RTE}
"""Our verdicts in the four that a problem's own grader knows: AC, WA, RTE, TLE."""

Grader = Callable[[TestGroup, tuple[tuple[Verdict, float], ...]], tuple[Verdict, float]]
"""The problem's own grader: from verdict and score of each item of a group, in judging order, to those of the group,
the verdicts in Kattis's four. Raises `JudgeError`."""


@dataclass(frozen=True, slots=True)
class Grade:
    """`failing` is the index of the run that decided, None for AC; times and memory are the maximum over the runs.
    `score` and `groups` are those of a scored problem, else None and empty."""

    verdict: Verdict
    failing: int | None
    cpu_s: float
    memory_kib: int
    score: float | None = None
    groups: tuple[GroupOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """The result of a test or of a group; `failing` is the index of the run that decided when it is not AC. `given`: a
    test whose points the output validator said, in a group that else asks only whether all is accepted."""

    verdict: Verdict
    score: float
    failing: int | None = None
    given: bool = False


def case_score(group: TestGroup, verdict: Verdict, check: CheckResult | None) -> float | None:
    """Points of one test in `group`; None in a group that asks only whether all is accepted.

    `check.score` are points, `check.multiplier` a part of the points of the test. Raises `JudgeError` where a validator
    gives what the format forbids (2025-09, "Scoring test cases"), or nothing where only it can say.
    """
    given = None if check is None else check.score
    multiplier = None if check is None else check.multiplier
    for value in (given, multiplier):
        if value is not None and (not math.isfinite(value) or (group.strict and value < 0)):
            raise JudgeError(f"the output validator gave the score {value:g}")
    if verdict is not Verdict.AC:
        if group.strict and (given is not None or multiplier is not None):
            raise JudgeError("the output validator gave a score for an output it rejects")
        return None if group.aggregation == "pass-fail" else group.reject_score
    if group.aggregation == "pass-fail":
        if group.strict and (given is not None or multiplier is not None):
            raise JudgeError(f"the output validator gave a score in {group.name}, whose tests have none")
        return given if multiplier is None or group.score is None else multiplier * group.score
    if multiplier is not None:
        if group.case_score is None or (group.strict and multiplier > 1):
            raise JudgeError(
                f"the output validator gave the multiplier {multiplier:g} for a test of {group.case_score} points"
            )
        return multiplier * group.case_score
    if given is None:
        if group.case_score is None:
            raise JudgeError(f"the output validator must give a score for tests in {group.name}, and gave none")
        return group.case_score
    if group.strict and group.case_score is not None and given > group.case_score + 10**-DIGITS:
        raise JudgeError(f"the output validator gave {given:g} points for a test of at most {group.case_score:g}")
    return given


def grade(problem: Problem, runs: Sequence[RunOutcome], grader: Grader | None = None) -> Grade:
    """The grade of at least one run, in judging order, of a judgement that counts. `grader` is the problem's own, where
    it has one. Raises `JudgeError` for a score above the most there can be (2025-09), and what `grader` raises."""
    results = fold(problem.groups, runs, grader)
    whole = results.get("") or _whole(runs)
    smallest = problem.objective == "min"
    shown = () if smallest and whole.verdict is not Verdict.AC else problem.scoring_groups
    groups = tuple(
        GroupOutcome(
            group=group.name,
            verdict=results[group.name].verdict if group.name in results else None,
            score=results[group.name].score if group.name in results else 0.0,
            max_score=None if smallest else group.score,
        )
        for group in shown
    )
    return Grade(
        verdict=whole.verdict,
        failing=whole.failing,
        cpu_s=max(run.cpu_s for run in runs),
        memory_kib=max(run.memory_kib for run in runs),
        score=groups[0].score if groups else None,
        groups=groups,
    )


def plain_grade(runs: Sequence[RunOutcome]) -> Grade:
    """The grade of runs that count for nothing (on samples, on one's own input): the first failing one decides."""
    whole = _whole(runs)
    cpu_s, memory_kib = max(run.cpu_s for run in runs), max(run.memory_kib for run in runs)
    return Grade(whole.verdict, whole.failing, cpu_s, memory_kib)


def fold(groups: Sequence[TestGroup], runs: Sequence[RunOutcome], grader: Grader | None = None) -> dict[str, Item]:
    """The result of each group that a test was run in, by name. Tests whose group is not among `groups` belong to the
    nearest one above that is."""
    known = {group.name: group for group in groups}
    items: dict[str, list[tuple[int, TestGroup | None, Item]]] = {name: [] for name in known}
    for run in runs:
        home = parent_in(known, run.group)
        if home is not None:
            items[home].append((run.index, None, item_of(run)))
    results: dict[str, Item] = {}
    for name in sorted(known, key=lambda name: (-name.count("/") - bool(name), name)):
        below = sorted(items[name], key=lambda entry: entry[0])
        if not below:
            continue
        skipped = any(
            other.require_pass and other.counts and other.name not in results and above(known, other.name) == name
            for other in groups
        )
        entries = [(group, item) for _, group, item in below]
        results[name] = combine(known[name], entries, skipped=skipped, grader=grader)
        upper = above(known, name)
        if upper is not None:
            items[upper].append((below[0][0], known[name], results[name]))
    return results


def item_of(run: RunOutcome, verdict: Verdict | None = None) -> Item:
    """A run as an item of its group; `verdict` stands for its own."""
    verdict = verdict or run.verdict
    failing = None if verdict is Verdict.AC else run.index
    return Item(verdict, run.score or 0.0, failing, given=run.score is not None)


def combine(
    group: TestGroup,
    items: Sequence[tuple[TestGroup | None, Item]],
    *,
    skipped: bool = False,
    grader: Grader | None = None,
) -> Item:
    """The result of a group from those of its items, in judging order; the group of each is None for a test. `skipped`:
    a group in it was not run for what it requires, so that nobody can tell that all of it is accepted."""
    if group.grader is not None:
        return _graded(group, items, grader)
    if group.ignore_sample:
        items = [entry for entry in items if entry[0] is None or entry[0].name != "sample"] or items
    verdict, failing = _verdict(group, [item for _, item in items])
    counted = [item.score for below, item in items if below is None or below.counts]
    if group.aggregation == "pass-fail":
        accepted = all(item.verdict is Verdict.AC for _, item in items) and not skipped
        given = [item.score for below, item in items if below is None and item.given]
        score = (math.fsum(given) if given else group.score or 0.0) if accepted else 0.0
    elif not counted:
        score = 0.0
    else:
        score = _AGGREGATE[group.aggregation]([*counted, 0.0] if skipped else counted)
    score = round(min(max(score, group.low), group.high), DIGITS)
    if group.strict and group.score is not None and score > group.score + 10**-DIGITS:
        raise JudgeError(f"{group.name} came to {score:g} points of at most {group.score:g}")
    return Item(verdict, score, failing)


def _graded(group: TestGroup, items: Sequence[tuple[TestGroup | None, Item]], grader: Grader | None) -> Item:
    """The result of a group by the problem's own grader. What it says of the score of a group that it rejects is passed
    over (legacy, "Graders")."""
    if grader is None:
        raise JudgeError(f"{group.name or 'data'} needs the problem's own grader, and there is none")
    results = tuple((KATTIS.get(item.verdict, item.verdict), _points(group, below, item)) for below, item in items)
    verdict, score = grader(group, results)
    if verdict is Verdict.AC:
        return Item(verdict, round(min(max(score, group.low), group.high), DIGITS))
    failed = [item for _, item in items if item.verdict is not Verdict.AC]
    meant = next((item for item in failed if KATTIS.get(item.verdict, item.verdict) is verdict), None)
    first = meant or next(iter(failed), None)
    return Item(meant.verdict if meant else verdict, 0.0, first.failing if first else None)


def _points(group: TestGroup, below: TestGroup | None, item: Item) -> float:
    """The score that a grader is told of an item; a test of a problem without scores has the format's default ones."""
    if below is not None or item.given:
        return item.score
    return (group.case_score or 0.0) if item.verdict is Verdict.AC else group.reject_score


def parent_in(known: dict[str, TestGroup], name: str) -> str | None:
    """`name`, or the nearest group above it that there is."""
    while name and name not in known:
        name = name.rpartition("/")[0]
    return name if name in known else None


def above(known: dict[str, TestGroup], name: str) -> str | None:
    """The nearest group above the group `name`; None for ``""``, and where there is none."""
    return parent_in(known, name.rpartition("/")[0]) if name else None


def _verdict(group: TestGroup, items: Sequence[Item]) -> tuple[Verdict, int | None]:
    failed = [item for item in items if item.verdict is not Verdict.AC]
    accepted = len(failed) < len(items) and group.accept_if_any
    if not failed or accepted or group.verdict_mode == "always_accept":
        return Verdict.AC, None
    if group.verdict_mode == "worst_error":
        failed.sort(key=lambda item: WORST.index(item.verdict))  # stable: the first of the worst
    return failed[0].verdict, failed[0].failing


def _whole(runs: Sequence[RunOutcome]) -> Item:
    first = next((run for run in runs if run.verdict is not Verdict.AC), None)
    return Item(Verdict.AC, 0.0) if first is None else Item(first.verdict, 0.0, first.index)


_AGGREGATE: dict[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "min": min,
    "max": max,
    "avg": statistics.fmean,
}
