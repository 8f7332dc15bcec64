"""Small scored problems as packages, judged without a sandbox: a dictionary says what each test comes to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from package_support import PROBLEM, write_package

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.judgement import RunOutcome
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.course import Course
from jupyter_oj_graders.grading import Grade, case_score, grade, parent_in

Result = str | tuple[str, CheckResult]
"""A test's verdict, and what its validator said where that matters."""


def package(folder: Path, files: Mapping[str, str], *, version: str = "legacy", scoring: bool = True) -> Problem:
    """A package of `files`; names that end in ``.in`` get their answers by themselves, and hold no other test."""
    head = PROBLEM if version == "2025-09" else f"problem_format_version: {version}\nname: P\n"
    inputs: dict[str, str | None] = {name: text for name, text in files.items() if name.endswith(".in")}
    answers: dict[str, str | None] = {f"{name[:-3]}.ans": "1\n" for name in inputs}
    none: dict[str, str | None] = {f"data/{name}": None for name in ("secret/1.in", "secret/1.ans")}
    none |= {f"data/{name}": None for name in ("sample/1.in", "sample/1.ans")}
    problem = {"problem.yaml": head + ("type: scoring\n" if scoring else "")}
    return packages.read(write_package(folder, {**none, **problem, **answers, **files}))


def judged(problem: Problem, results: Mapping[str, Result]) -> tuple[Grade, list[str]]:
    """The grade of a submission that comes to `results` (AC where none is said), and the tests that were run."""
    course = Course(problem)
    groups = {group.name: group for group in problem.groups}
    runs = []
    for index, test in enumerate(problem.cases, start=1):
        if not course.wants(test.group):
            continue
        result = results.get(test.name, "AC")
        verdict, check = (Verdict(result), None) if isinstance(result, str) else (Verdict(result[0]), result[1])
        home = groups[parent_in(groups, test.group) or ""]
        score = case_score(home, verdict, check) if problem.scored and home.counts else None
        run = RunOutcome(index, test.name, test.group, test.is_sample, verdict, 0.1, 0.1, 1000, score=score)
        course.ran(run)
        runs.append(run)
    return grade(problem, runs), [run.case for run in runs]
