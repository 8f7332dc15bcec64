"""Scores and verdicts of nested test groups, and which tests are run: the rules of 2025-09 and of the older formats."""

from __future__ import annotations

from pathlib import Path

import pytest
from scoring_support import Result, judged, package

from jupyter_oj_extension.domain.errors import JudgeError, PackageError
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.checkers.result import CheckResult


def inputs(*names: str) -> dict[str, str]:
    return {f"data/{name}.in": "1\n" for name in names}


def new(folder: Path, secret: str = "", **groups: str) -> Problem:
    """A scored 2025-09 problem: a sample, and groups of two tests each with their settings."""
    files = inputs("sample/1", *(f"secret/{name}/{number}" for name in groups for number in (1, 2)))
    files |= {f"data/secret/{name}/test_group.yaml": text for name, text in groups.items() if text}
    if secret:
        files["data/secret/test_group.yaml"] = secret
    return package(folder / "p", files, version="2025-09")


def said(score: float | None = None, multiplier: float | None = None, *, ok: bool = True) -> CheckResult:
    return CheckResult(ok, score=score, multiplier=multiplier)


def groups_of(problem: Problem, results: dict[str, Result]) -> dict[str, tuple[str | None, float, float | None]]:
    grade, _ = judged(problem, results)
    return {one.group: (one.verdict and one.verdict.value, one.score, one.max_score) for one in grade.groups}


# -- 2025-09


def test_2025_pass_fail_groups_are_added_up(tmp_path: Path) -> None:
    problem = new(tmp_path, a="max_score: 30", b="max_score: 70")
    assert problem.max_score == 100
    grade, ran = judged(problem, {})
    assert (grade.score, grade.verdict, grade.failing, len(ran)) == (100, "AC", None, 5)
    grade, ran = judged(problem, {"secret/a/1": "WA", "sample/1": "TLE"})
    assert (grade.score, grade.verdict, grade.failing) == (70, "TLE", 1)
    assert ran == ["sample/1", "secret/a/1", "secret/b/1", "secret/b/2"]
    assert groups_of(problem, {"secret/a/2": "RTE"}) == {
        "secret": ("RTE", 70, 100), "secret/a": ("RTE", 0, 30), "secret/b": ("AC", 70, 70),
    }  # fmt: skip


def test_2025_a_sum_shares_its_points_among_its_tests_and_goes_on(tmp_path: Path) -> None:
    problem = new(tmp_path, a="{max_score: 30, score_aggregation: sum}", b="{max_score: 70, score_aggregation: min}")
    grade, ran = judged(problem, {"secret/a/1": "WA", "secret/b/1": ("AC", said(multiplier=0.5))})
    assert (grade.score, len(ran)) == (15 + 35, 5)
    grade, ran = judged(problem, {"secret/b/1": "WA"})
    assert (grade.score, ran[-1]) == (30, "secret/b/1")


@pytest.mark.parametrize("tests", [3, 7, 11, 13])
def test_2025_all_points_are_all_points_in_however_many_parts(tmp_path: Path, tests: int) -> None:
    problem = package(
        tmp_path / "p", inputs("sample/1", *(f"secret/{n}" for n in range(tests))), version="2025-09"
    )  # fmt: skip
    grade, _ = judged(problem, {})
    assert (grade.score, problem.max_score) == (100, 100)
    assert judged(problem, {"secret/0": "WA"})[0].score == round(100 - 100 / tests, 9)


def test_2025_secret_may_take_the_minimum_or_all(tmp_path: Path) -> None:
    least = new(
        tmp_path / "min", "score_aggregation: min",
        a="{max_score: 100, score_aggregation: sum}", b="{max_score: 100, score_aggregation: sum}",
    )  # fmt: skip
    assert judged(least, {"secret/a/1": "WA"})[0].score == 50
    whole = new(tmp_path / "all", "score_aggregation: pass-fail", a="max_score: 10", b="max_score: 10")
    assert judged(whole, {})[0].score == 100
    grade, ran = judged(whole, {"secret/a/1": "WA"})
    assert (grade.score, ran[-1]) == (0, "secret/a/1")


def test_2025_a_group_waits_for_those_it_requires(tmp_path: Path) -> None:
    problem = new(
        tmp_path, a="max_score: 20", b="{max_score: 30, require_pass: secret/a}",
        c="{max_score: 50, require_pass: [sample, secret/b]}",
    )  # fmt: skip
    assert judged(problem, {})[0].score == 100
    grade, ran = judged(problem, {"secret/a/2": "WA"})
    assert (grade.score, ran) == (0, ["sample/1", "secret/a/1", "secret/a/2"])
    assert groups_of(problem, {"secret/a/2": "WA"})["secret/b"] == (None, 0, 30)
    assert judged(problem, {"sample/1": "WA"})[0].score == 50


def test_2025_a_group_that_was_not_run_makes_the_minimum_nothing(tmp_path: Path) -> None:
    problem = new(
        tmp_path, "score_aggregation: min", a="{max_score: 100, score_aggregation: sum}",
        b="{max_score: 100, require_pass: sample}",
    )  # fmt: skip
    assert judged(problem, {"sample/1": "WA"})[0].score == 0


def test_2025_unbounded_points_come_from_the_validator(tmp_path: Path) -> None:
    problem = new(tmp_path, "max_score: unbounded", a="score_aggregation: sum", b="{score_aggregation: min}")
    assert problem.max_score is None
    given: dict[str, Result] = {f"secret/{g}/{n}": ("AC", said(n * 100.5)) for g in "ab" for n in (1, 2)}
    assert judged(problem, given)[0].score == 301.5 + 100.5
    assert judged(problem, given | {"secret/a/1": "WA"})[0].score == 201 + 100.5


@pytest.mark.parametrize(
    ("settings", "result", "words"),
    [
        ("{max_score: 100, score_aggregation: sum}", ("AC", said(50.1)), "of at most 50"),
        ("{max_score: 100, score_aggregation: sum}", ("AC", said(-1)), "gave the score -1"),
        ("{max_score: 100, score_aggregation: sum}", ("AC", said(float("nan"))), "gave the score nan"),
        ("{max_score: 100, score_aggregation: sum}", ("AC", said(multiplier=1.5)), "the multiplier 1.5"),
        ("{max_score: 100, score_aggregation: sum}", ("WA", said(1, ok=False)), "it rejects"),
        ("max_score: 100", ("AC", said(1)), "whose tests have none"),
    ],
)
def test_2025_scores_that_are_the_judges_error(tmp_path: Path, settings: str, result: Result, words: str) -> None:
    with pytest.raises(JudgeError, match=words):
        judged(new(tmp_path, a=settings), {"secret/a/1": result})


def test_2025_an_unbounded_test_without_a_score_is_the_judges_error(tmp_path: Path) -> None:
    with pytest.raises(JudgeError, match="gave none"):
        judged(new(tmp_path, "max_score: unbounded", a="score_aggregation: sum"), {})


def test_2025_a_sum_above_the_most_is_the_judges_error(tmp_path: Path) -> None:
    with pytest.raises(JudgeError, match="secret came to 110 points of at most 100"):
        judged(new(tmp_path, a="max_score: 60", b="max_score: 50"), {})


@pytest.mark.parametrize(
    ("secret", "group", "words"),
    [
        ("", "", "needs a max_score"),
        ("", "score_aggregation: sum", "max_score is missing"),
        ("", "{max_score: 1, score_aggregation: avg}", "'avg' is not known"),
        ("", "{max_score: -1}", "must not be below 0"),
        ("", "{max_score: 1, require_pass: secret/z}", "secret/z is no group before it"),
        ("", "{max_score: 1, require_pass: secret/a}", "secret/a is no group before it"),
        ("", "{max_score: 1, grader_flags: sum}", "unknown key 'grader_flags'"),
        ("", "{max_score: 1, static_validation_score: 1}", "must be pass-fail, as the group is"),
        ("", "{max_score: 1, score_aggregation: sum, static_validation_score: pass-fail}", "a number of points"),
        ("", "{max_score: 1, score_aggregation: sum, static_validation_score: 2}", "above the group's max_score"),
        ("", "{max_score: 1, static_validator_args: [x]}", "without static_validation_score"),
        ("", "{max_score: 1, static_validation_score: pass-fail}", "static_validator: is missing"),
        ("score_aggregation: pass-fail", "{max_score: 1, score_aggregation: sum}", "must be pass-fail, as secret"),
        ("{score_aggregation: pass-fail, max_score: unbounded}", "max_score: 1", "needs a max_score"),
    ],
)
def test_2025_settings_that_are_refused(tmp_path: Path, secret: str, group: str, words: str) -> None:
    with pytest.raises(PackageError, match=words):
        new(tmp_path, secret, a=group)


# -- older formats


def old(folder: Path, files: dict[str, str], *tests: str, version: str = "legacy") -> Problem:
    settings = {f"data/{name}testdata.yaml": text for name, text in files.items()}
    return package(folder / "p", settings | inputs(*tests), version=version)


GROUPS = ("sample/1", "secret/a/1", "secret/a/2", "secret/b/1", "secret/b/2")
ECHO = {
    "": "{on_reject: continue, range: 0 100, grader_flags: ignore_sample}",
    "sample/": "{on_reject: continue, range: 0 0, accept_score: 0, grader_flags: first_error}",
    "secret/": "{on_reject: continue, range: 0 100, grader_flags: first_error accept_if_any_accepted}",
    "secret/a/": "{on_reject: break, accept_score: 40, range: 0 40, grader_flags: min}",
    "secret/b/": "{on_reject: break, accept_score: 60, range: 0 60, grader_flags: min}",
}


@pytest.mark.parametrize("version", ["legacy", "2023-07-draft"])
def test_old_subtasks_of_which_one_is_enough_to_be_accepted(tmp_path: Path, version: str) -> None:
    problem = old(tmp_path, ECHO, *GROUPS, version=version)
    assert problem.max_score == 100
    assert judged(problem, {})[0].score == 100
    grade, ran = judged(problem, {"sample/1": "WA", "secret/a/1": "WA"})
    assert (grade.verdict, grade.failing, grade.score) == ("AC", None, 60)
    assert ran == ["sample/1", "secret/a/1", "secret/b/1", "secret/b/2"]
    grade, _ = judged(problem, {"secret/a/2": "WA", "secret/b/1": "TLE"})
    assert (grade.verdict, grade.failing, grade.score) == ("WA", 3, 0)


def test_old_points_of_a_whole_group(tmp_path: Path) -> None:
    """As DOMjudge's packages have it: the group's own file gives its points, and nothing says how to add up."""
    going_on = "{on_reject: continue, grader_flags: sum}"
    problem = old(
        tmp_path, {"": going_on, "secret/": going_on, "secret/a/": "accept_score: 10", "secret/b/": "accept_score: 30"},
        *GROUPS,
    )  # fmt: skip
    assert problem.max_score == 40
    assert judged(problem, {})[0].score == 40
    grade, ran = judged(problem, {"secret/b/1": "WA"})
    assert (grade.verdict, grade.score, grade.failing, len(ran)) == ("WA", 10, 4, 5)


@pytest.mark.parametrize(
    ("settings", "full", "half"),
    [
        ("{accept_score: 10, grader_flags: sum}", 20, 10),
        ("{accept_score: 10, range: 0 20}", 20, 10),
        ("{accept_score: 20, range: 0 20}", 20, 0),
        ("{accept_score: 10, grader_flags: avg}", 10, 5),
        ("{accept_score: 10, grader_flags: max}", 10, 10),
        ("{accept_score: 10, grader_flags: min}", 10, 0),
        ("{accept_score: 10, reject_score: 4, grader_flags: sum}", 20, 14),
        ("{accept_score: 10, grader_flags: sum, range: 0 15}", 15, 10),
        ("{accept_score: 10, grader_flags: min sum}", 20, 10),
    ],
)
def test_old_ways_of_adding_up(tmp_path: Path, settings: str, full: float, half: float) -> None:
    files = {
        "": "{on_reject: continue, grader_flags: ignore_sample}",
        "secret/a/": f"{settings[:-1]}, on_reject: continue}}",
    }
    problem = old(tmp_path, files, "sample/1", "secret/a/1", "secret/a/2")
    assert (problem.max_score, judged(problem, {})[0].score) == (full, full)
    assert judged(problem, {"secret/a/2": "WA"})[0].score == half


def test_old_groups_in_groups(tmp_path: Path) -> None:
    files = {
        "": "{on_reject: continue, grader_flags: sum}",
        "secret/b/": "{grader_flags: avg, on_reject: continue}",
        "secret/c/": "{grader_flags: min, on_reject: continue}",
        "secret/a/": "accept_score: 20",
    } | {f"secret/{group}/{name}/": f"accept_score: {score}"
         for group, name, score in [("b", "x", 15), ("b", "y", 45), ("c", "x", 50), ("c", "y", 50)]}  # fmt: skip
    tests = ("sample/1", "secret/a/1", "secret/a/2", "secret/b/x/1", "secret/b/y/1", "secret/c/x/1", "secret/c/y/1")
    problem = old(tmp_path, files, *tests)
    assert problem.max_score == 20 + 30 + 50
    assert judged(problem, {})[0].score == 100
    assert judged(problem, {"secret/b/y/1": "WA"})[0].score == 20 + 7.5 + 50
    assert judged(problem, {"secret/c/x/1": "TLE"})[0].score == 50
    assert groups_of(problem, {"secret/c/x/1": "TLE"})["secret/c"] == ("TLE", 0, 50)


@pytest.mark.parametrize(
    ("flags", "verdict", "failing"),
    [
        ("", "RTE", 4),
        ("worst_error", "RTE", 4),
        ("first_error", "WA", 2),
        ("always_accept", "AC", None),
        ("accept_if_any_accepted", "AC", None),
        ("first_error always_accept", "AC", None),
    ],
)
def test_old_verdicts_of_a_group(tmp_path: Path, flags: str, verdict: str, failing: int | None) -> None:
    files = {"": "on_reject: continue", "secret/": f"{{on_reject: continue, grader_flags: '{flags}'}}"}
    problem = old(tmp_path, files, "sample/1", *(f"secret/{n}" for n in range(4)))
    grade, _ = judged(problem, {"secret/0": "WA", "secret/1": "TLE", "secret/2": "RTE"})
    assert (grade.verdict, grade.failing) == (verdict, failing)


def test_old_samples_hold_points_where_they_are_given_some(tmp_path: Path) -> None:
    with_points = old(tmp_path / "a", {"sample/": "{accept_score: 5, grader_flags: sum}"}, "sample/1", "secret/1")
    assert (with_points.max_score, judged(with_points, {})[0].score) == (6, 6)
    assert groups_of(with_points, {})[""] == ("AC", 6, 6)
    without = old(tmp_path / "b", {"": "accept_score: 5"}, "sample/1", "secret/1")
    assert (without.max_score, judged(without, {})[0].score) == (5, 5)


def test_old_points_from_a_validator(tmp_path: Path) -> None:
    files = {"": "{on_reject: continue, grader_flags: sum}", "secret/main/": "{range: 0 100, on_reject: continue}"}
    problem = package(
        tmp_path / "p",
        {f"data/{name}testdata.yaml": text for name, text in files.items()}
        | inputs("sample/1", "secret/main/1")
        | {"output_validators/v/validate.py": "exit(42)\n"},
    )
    assert problem.max_score == 100
    assert judged(problem, {"sample/1": ("AC", said(7)), "secret/main/1": ("AC", said(74.42))})[0].score == 74.42
    assert judged(problem, {"secret/main/1": ("AC", said(140))})[0].score == 100
    assert judged(problem, {"secret/main/1": "WA"})[0].score == 0


def test_old_breaking_off_ends_the_group_it_is_said_of(tmp_path: Path) -> None:
    files = {"": "on_reject: continue", "secret/a/": "on_reject: break", "secret/b/": "on_reject: continue"}
    problem = old(tmp_path, files, *GROUPS)
    assert judged(problem, {"secret/a/1": "WA", "secret/b/1": "WA"})[1] == [
        "sample/1", "secret/a/1", "secret/b/1", "secret/b/2",
    ]  # fmt: skip
    default = old(tmp_path / "default", {}, *GROUPS)
    assert judged(default, {"sample/1": "WA"})[1] == ["sample/1"]
    kept = old(tmp_path / "kept", {"secret/a/": "{on_reject: continue, grader_flags: always_accept}"}, *GROUPS)
    assert judged(kept, {"secret/a/1": "WA"})[1] == list(GROUPS)


@pytest.mark.parametrize("place", ["", "data/testdata.yaml"])
def test_settings_from_before_testdata_yaml_hold_for_all_groups(tmp_path: Path, place: str) -> None:
    head = "name: P\ntype: scoring\ngrading: {on_reject: grade, accept_score: 30, reject_score: 5, range: 0 100}\n"
    files = inputs(*GROUPS) | {"problem.yaml": head} | ({place: "accept_score: 20"} if place else {})
    problem = package(tmp_path / "p", files)
    assert problem.max_score == (80 if place else 100)  # of 120, but for the range
    grade, ran = judged(problem, {"secret/a/1": "WA"})
    assert (grade.score, ran) == (65 if place else 95, list(GROUPS))


def test_groups_of_a_draft(tmp_path: Path) -> None:
    """While 2023-07 was a draft it had its points in a map; with ``test_group.yaml`` they mean what 2025-09 means."""
    early = {
        "data/secret/testdata.yaml": "scoring: {aggregation: sum}",
        "data/secret/a/testdata.yaml": "scoring: {score: 40, aggregation: min}",
        "data/secret/b/testdata.yaml": "scoring: {score: 60, aggregation: min}",
    }
    late = {
        "data/secret/a/test_group.yaml": "{scoring: {score: 40}, hint: none}",
        "data/secret/b/test_group.yaml": "scoring: {score: 60, aggregation: sum, require_pass: secret/a}",
    }
    for name, files, half in (("early", early, 40), ("late", late, 70)):
        problem = package(tmp_path / name, inputs(*GROUPS) | files, version="2023-07-draft")
        assert problem.max_score == judged(problem, {})[0].score == 100
        assert judged(problem, {"secret/b/2": "WA"})[0].score == half
    assert judged(problem, {"secret/a/1": "WA"})[0].score == 0


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("accept_score: -1", "accept_score must not be below 0"),
        ("grading: strict", "grading must be default or custom"),
        ("grading: custom", "graders: is missing"),
        ("grader_flags: product", "'product' is not known"),
        ("range: 3", "range must be two numbers"),
        ("range: 5 1", "holds no number"),
        ("accept_score: many", "'many' is not a number"),
        ("on_reject: perhaps", "must be break or continue"),
    ],
)
def test_old_settings_that_are_refused(tmp_path: Path, settings: str, words: str) -> None:
    with pytest.raises(PackageError, match=words):
        old(tmp_path, {"secret/a/": settings}, *GROUPS)


# -- pass-fail problems have no scores


@pytest.mark.parametrize("version", ["2025-09", "legacy"])
def test_a_pass_fail_problem_stops_at_the_first_failure(tmp_path: Path, version: str) -> None:
    problem = package(tmp_path / "p", inputs(*GROUPS), version=version, scoring=False)
    grade, ran = judged(problem, {"secret/a/2": "TLE", "secret/b/1": "WA"})
    assert (grade.verdict, grade.failing, grade.score, grade.groups) == ("TLE", 3, None, ())
    assert (problem.max_score, ran[-1]) == (None, "secret/a/2")


def test_a_pass_fail_problem_of_2025_may_not_speak_of_points(tmp_path: Path) -> None:
    files = inputs("secret/1") | {"data/secret/test_group.yaml": "max_score: 1\n"}
    with pytest.raises(PackageError, match="max_score is not permitted of a pass-fail problem"):
        package(tmp_path / "p", files, version="2025-09", scoring=False)
