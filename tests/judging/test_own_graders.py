"""The problem's own grader (legacy, ``grading: custom``): what it is told, what becomes of its answer, and every way it
fails, which is always ours. Packages judged as a whole are in ``scored/``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from by_hand import judged as judge
from scoring_support import package

from jupyter_oj_extension.domain.errors import JudgeError, PackageError
from jupyter_oj_extension.domain.judgement import JudgementOutcome, RunOutcome
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem, TestGroup
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.course import Course
from jupyter_oj_graders.grading import Grade, grade
from jupyter_oj_graders.validators.own_grader import answer
from jupyter_oj_sandbox.api import Sandbox

TESTS = ("sample/1", "secret/a/1", "secret/a/2", "secret/b/1")
CUSTOM = "grading: custom\ngrader_flags: 2 of 3\non_reject: continue\n"


class Asked:
    """A grader that says what it is given to say, and keeps what it was told."""

    def __init__(self, says: tuple[str, float]) -> None:
        self.says = Verdict(says[0]), says[1]
        self.told: list[tuple[str, tuple[str, ...], list[tuple[str, float]]]] = []

    def __call__(self, group: TestGroup, results: tuple[tuple[Verdict, float], ...]) -> tuple[Verdict, float]:
        self.told.append((group.name, group.grader or (), [(str(verdict), score) for verdict, score in results]))
        return self.says


def problem_of(folder: Path, settings: dict[str, str], *, scoring: bool = True, grader: str = "") -> Problem:
    files = {f"data/{test}.in": "1\n" for test in TESTS}
    files |= {f"data/{name}testdata.yaml": text for name, text in settings.items()}
    return package(folder / "p", files | {"graders/own.py": grader}, scoring=scoring)


def graded(problem: Problem, verdicts: list[str], grader: Asked, scores: list[float | None] | None = None) -> Grade:
    runs = [
        RunOutcome(index, case.name, case.group, case.is_sample, Verdict(verdict), 0.1, 0.1, 1000, score=score)
        for index, (case, verdict, score) in enumerate(
            zip(problem.cases, verdicts, scores or [None] * len(verdicts), strict=True), start=1
        )
    ]
    course = Course(problem, grader=grader)
    for run in runs:
        assert course.wants(run.group)
        course.ran(run)
    return grade(problem, runs, grader)


def test_it_is_told_verdicts_in_four_and_scores_and_its_flags(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, {"": "on_reject: continue", "secret/a/": CUSTOM + "accept_score: 20\nrange: 0 50\n"})
    grader = Asked(("AC", 35.5))
    found = graded(problem, ["AC", "MLE", "AC", "AC"], grader, [None, 0.0, 7.25, 1.0])
    assert set(map(repr, grader.told)) == {repr(("secret/a", ("2", "of", "3"), [("RTE", 0.0), ("AC", 7.25)]))}
    assert (found.verdict, found.score) == ("AC", 36.5)
    assert [(group.group, group.score, group.max_score) for group in found.groups][1:] == [
        ("secret/a", 35.5, 50.0), ("secret/b", 1.0, 1.0),
    ]  # fmt: skip


def test_a_rejected_group_has_no_score_and_the_verdict_that_it_means(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, {"": "on_reject: continue", "secret/a/": CUSTOM})
    found = graded(problem, ["AC", "WA", "MLE", "AC"], Asked(("RTE", 99)), [None, 0.0, 0.0, 1.0])
    assert (found.verdict, found.failing, found.score) == ("MLE", 3, 1.0)
    found = graded(problem, ["AC", "AC", "AC", "AC"], Asked(("TLE", 99)), [None, 1.0, 1.0, 1.0])
    assert (found.verdict, found.failing) == ("TLE", None)


def test_the_score_stays_in_the_range(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, {"": "on_reject: continue", "secret/a/": CUSTOM + "range: 0 50\n"})
    assert graded(problem, ["AC", "AC", "AC", "AC"], Asked(("AC", 70)), [None, 1.0, 1.0, 1.0]).score == 51


def test_a_pass_fail_problem_may_have_one_too(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, {"": "on_reject: continue", "secret/a/": CUSTOM}, scoring=False)
    grader = Asked(("AC", 0))
    found = graded(problem, ["AC", "WA", "AC", "AC"], grader)
    assert grader.told[0][2] == [("WA", 0.0), ("AC", 1.0)]
    assert (found.verdict, found.score, found.groups) == ("AC", None, ())


def test_a_group_with_a_file_of_its_own_is_graded_as_it_says(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, {"secret/": CUSTOM, "secret/b/": "on_reject: continue"})
    assert {group.name: group.grader for group in problem.groups} == {
        "": None, "sample": None, "secret": ("2", "of", "3"), "secret/a": ("2", "of", "3"), "secret/b": None,
    }  # fmt: skip


def test_two_graders_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="graders: holds 2 programs"):
        package(tmp_path / "p", {"data/secret/1.in": "1\n", "graders/a/x.py": "", "graders/b/x.py": ""})


@pytest.mark.parametrize(
    ("output", "meant"), [(b"AC 10\n", ("AC", 10)), (b"  WA -1.5e1  ", ("WA", -15)), (b"TLE +.5", ("TLE", 0.5))]
)
def test_answers(output: bytes, meant: tuple[str, float]) -> None:
    assert answer(output, "it") == meant


@pytest.mark.parametrize(
    "output",
    [
        *(b"", b"AC", b"10", b"AC ten", b"ac 10", b"MLE 1", b"JE 0", b"AC 1\nAC 2", b"AC inf", b"AC nan", b"AC 1 2"),
        *(b"AC 1e999", b"AC " + b"1" * 5000, b"\xff 1"),
    ],
)
def test_anything_else_is_no_answer(output: bytes) -> None:
    with pytest.raises(JudgeError, match="which is not a verdict and a score"):
        answer(output, "it")


def run(folder: Path, grader: str, sandbox: Sandbox, languages: dict[str, Language]) -> JudgementOutcome:
    problem = problem_of(folder, {"secret/": CUSTOM}, grader=grader)
    problem = replace(problem, limits=replace(problem.limits, validation_s=1.0, validation_memory_mib=64))
    return judge(problem, "python3", "print(1)", sandbox, languages)


@pytest.mark.podman
@pytest.mark.parametrize(
    ("grader", "told"),
    [
        ("print('AC 1'); exit(1)", r"the grader of problem p, on secret/a, ended with exit code 1"),
        ("raise ValueError('a bug')", "ValueError: a bug"),
        ("print('perfect')", "wrote b'perfect"),
        ("while True: pass", "did not come to an end"),
        ("def", "does not compile"),
    ],
)
def test_its_faults_are_ours(
    tmp_path: Path, real_sandbox: Sandbox, languages: dict[str, Language], grader: str, told: str
) -> None:
    with pytest.raises(JudgeError, match=told):
        run(tmp_path, grader, real_sandbox, languages)


@pytest.mark.podman
def test_what_it_reads_in_its_box(tmp_path: Path, real_sandbox: Sandbox, languages: dict[str, Language]) -> None:
    grader = """
import os, sys
lines = sys.stdin.read()
assert sys.argv[1:] == ["2", "of", "3"], sys.argv
assert lines in ("AC 1\\nAC 1\\n", "AC 1\\n", "AC 3\\nAC 3\\n"), lines
assert not [name for _, _, names in os.walk("/box") for name in names if name.startswith("oj-test")]
print("AC 3")
"""
    outcome = run(tmp_path, grader, real_sandbox, languages)
    assert (outcome.verdict, outcome.score) == ("AC", 3)
