"""What of its expectations a jury submission did not meet. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_oj_extension.domain.judgement import JudgementOutcome, RunOutcome
from jupyter_oj_extension.domain.problem import JurySubmission, Requirement
from jupyter_oj_extension.packages.jury import matches

KATTIS = {"PE": "WA", "MLE": "RTE", "OLE": "RTE"}
"""Our verdicts in the format's four, for rules that name none of ours."""

TOLERANCE = 0.005
"""Expected scores are often written with two digits."""


def unmet(jury: JurySubmission, outcome: JudgementOutcome, best: float | None = None) -> tuple[str, ...]:
    """A line for each expectation that the outcome does not meet; nothing when all is as it must be. `best` is the
    score that cannot be bettered; without it, the most there is.

    Rules for single tests are compared with the tests that were run: for them to mean what they say the judgement must
    have run all of them.
    """
    said: list[str] = []
    if outcome.verdict.value not in jury.expected:
        said.append(f"got {outcome.verdict}, must get {' or '.join(sorted(jury.expected))}")
    if jury.score is not None and outcome.verdict.value != "CE":
        said += _score("the score", outcome.score, jury.score)
    if jury.partial and outcome.score is not None and outcome.score == (outcome.max_score if best is None else best):
        said.append(f"got all {outcome.score:g} points, must get a part of them")
    if outcome.runs:
        for requirement in jury.requirements:
            said += _requirement(requirement, outcome)
    return tuple(said)


def _requirement(requirement: Requirement, outcome: JudgementOutcome) -> list[str]:
    runs = [run for run in outcome.runs if not requirement.scope or matches(requirement.scope, run.case)]
    where = f" on {requirement.scope}" if requirement.scope else ""
    said: list[str] = []
    if requirement.permitted is not None:
        bad = [run for run in runs if not _is_one(run, requirement.permitted)]
        if bad:
            allowed = " or ".join(sorted(requirement.permitted))
            said.append(f"got {bad[0].verdict} on {bad[0].case}, where only {allowed} is permitted")
    if requirement.required is not None and not any(_is_one(run, requirement.required) for run in runs):
        said.append(f"got {' or '.join(sorted(requirement.required))} on no test{where}")
    if requirement.score is not None and requirement.scope:
        for group in outcome.groups:
            if matches(requirement.scope, group.group):
                said += _score(f"the score of {group.group}", group.score, requirement.score)
    if requirement.message and not _says(runs, requirement.message):
        said.append(f"no validator said {requirement.message!r}{where}")
    return said


def _says(runs: Sequence[RunOutcome], message: str) -> bool:
    return any(message in (run.message or "") for run in runs)


def _is_one(run: RunOutcome, verdicts: frozenset[str]) -> bool:
    return run.verdict.value in verdicts or KATTIS.get(run.verdict.value) in verdicts


def _score(what: str, got: float | None, bounds: tuple[float, float]) -> list[str]:
    low, high = bounds
    if got is not None and low - TOLERANCE <= got <= high + TOLERANCE:
        return []
    wanted = f"{low:g}" if low == high else f"from {low:g} to {high:g}"
    return [f"{what} is {'none' if got is None else f'{got:g}'}, must be {wanted}"]
