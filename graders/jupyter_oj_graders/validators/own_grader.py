"""`OwnGrader`: the problem's own grader (legacy format, "Graders"), which folds a group's results into one.

It reads a line for each item of the group, ``AC 10`` (AC, WA, RTE or TLE, and its score), and writes one such line::

    graders/NAME [the group's grader_flags] < results

Anything else, an exit code other than 0 included, is a fault of the problem's.
"""

from __future__ import annotations

import math
import re
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.problem import Problem, TestGroup
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.validators.jury_box import JuryBox
from jupyter_oj_graders.validators.said import did, words
from jupyter_oj_graders.verdicts import finished

if TYPE_CHECKING:
    from jupyter_oj_graders.evaluations.base import Tools

_ANSWER = re.compile(rb"\s*(AC|WA|RTE|TLE)\s+([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*")

Results = tuple[tuple[Verdict, float], ...]


def own_grader(problem: Problem, tools: Tools) -> AbstractContextManager[OwnGrader | None]:
    """The grader, for the length of a block; None where no group asks for it."""
    asked = any(group.grader is not None for group in problem.groups)
    return OwnGrader(problem, tools) if asked else nullcontext()


class OwnGrader(JuryBox):
    """A context manager; called as a `grading.Grader`. What it once said of the same results it is not asked again."""

    def __init__(self, problem: Problem, tools: Tools) -> None:
        if problem.grader is None:
            raise JudgeError(f"problem {problem.slug} has no grader of its own")
        super().__init__(problem.grader, f"the grader of problem {problem.slug}", problem, tools)
        self._said: dict[tuple[str, Results], tuple[Verdict, float]] = {}

    def __call__(self, group: TestGroup, results: Results) -> tuple[Verdict, float]:
        key = group.name, results
        if key not in self._said:
            lines = "".join(f"{verdict} {score:.15g}\n" for verdict, score in results)
            result = self.run(group.grader or (), stdin=lines.encode())
            who = f"{self.what}, on {group.name or 'data'},"
            if not finished(result):
                raise JudgeError(f"{who} {did(result)}{words(result)}")
            self._said[key] = answer(result.stdout, who)
        return self._said[key]


def answer(output: bytes, who: str) -> tuple[Verdict, float]:
    """What a grader wrote. Raises `JudgeError`, which names it by `who`, for anything but a verdict and a number."""
    found = _ANSWER.fullmatch(output) if len(output) <= 4096 else None
    score = float(found[2]) if found else math.nan
    if found is None or not math.isfinite(score):
        raise JudgeError(f"{who} wrote {output[:80]!r}, which is not a verdict and a score")
    return Verdict(found[1].decode()), score
