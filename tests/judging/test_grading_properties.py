"""What must hold for every tree of test groups and every way a submission can fare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_support import judged

from jupyter_oj_extension.domain.judgement import RunOutcome
from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem, TestCase, TestGroup
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.grading import case_score, grade

FAILURES = [Verdict.WA, Verdict.TLE, Verdict.MLE, Verdict.RTE, Verdict.OLE, Verdict.PE]
POINTS = st.integers(0, 100).map(float)


@st.composite
def groups(draw: st.DrawFn, name: str, depth: int, *, strict: bool) -> tuple[list[TestGroup], list[str], float]:
    """A group with all that is in it, its tests' groups in judging order, and the points of a perfect submission."""
    nested = depth > 0 and draw(st.booleans())
    inside: list[TestGroup] = []
    tests: list[str] = []
    below: list[float] = []
    if nested:
        for number in range(draw(st.integers(1, 3))):
            more, its_tests, points = draw(groups(f"{name}/{number}", depth - 1, strict=strict))
            inside, tests, below = inside + more, tests + its_tests, [*below, points]
        aggregation = draw(st.sampled_from(["sum", "min"] if strict else ["sum", "min", "max", "avg"]))
        case = 0.0
    else:
        aggregation = draw(st.sampled_from(["pass-fail", "sum", "min"] + ([] if strict else ["max", "avg"])))
        case = draw(POINTS)
        tests = [name] * draw(st.integers(1, 4))
        below = [case] * len(tests)
    kinds = {"sum": sum, "min": min, "max": max, "avg": lambda all_: sum(all_) / len(all_), "pass-fail": min}
    most = round(kinds[aggregation](below), 9)
    breaks = aggregation in ("min", "pass-fail") and not nested and draw(st.booleans())
    group = TestGroup(
        name, score=most, aggregation=aggregation, case_score=case, strict=strict,
        on_reject="break" if breaks else "continue", verdict_mode=draw(st.sampled_from(["first_error", "worst_error"])),
    )  # fmt: skip
    return [group, *inside], tests, most


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    strict = draw(st.booleans())
    found, tests, most = draw(groups("secret", 2, strict=strict))
    top = TestGroup("", score=most, aggregation="sum", on_reject="continue")
    cases = tuple(
        TestCase(f"{group}/{number}", group, Path("/nowhere"), Path("/nowhere")) for number, group in enumerate(tests)
    )
    return Problem(
        "p", "P", "0" * 64, "S", Limits(), OutputValidator(), cases, (top, *found), type="scoring"
    )  # fmt: skip


@st.composite
def fares(draw: st.DrawFn) -> tuple[Problem, dict[str, str]]:
    problem = draw(problems())
    verdicts = st.sampled_from([Verdict.AC, Verdict.AC, *FAILURES])
    return problem, {case.name: draw(verdicts).value for case in problem.cases}


def in_full(problem: Problem, results: dict[str, str]) -> list[RunOutcome]:
    """Every test run, whatever was lost before."""
    groups = {group.name: group for group in problem.groups}
    return [
        RunOutcome(
            index, case.name, case.group, False, Verdict(results[case.name]), 0.1, 0.1, 1000,
            score=case_score(groups[case.group], Verdict(results[case.name]), None),
        )
        for index, case in enumerate(problem.cases, start=1)
    ]  # fmt: skip


@given(problems())
@settings(max_examples=200, deadline=None)
def test_who_solves_all_gets_all(problem: Problem) -> None:
    result, ran = judged(problem, {})
    assert result.score == problem.max_score
    assert (result.verdict, result.failing, len(ran)) == (Verdict.AC, None, len(problem.cases))


@given(fares())
@settings(max_examples=300, deadline=None)
def test_scores_lie_between_nothing_and_all_and_agree_with_the_verdict(fare: tuple[Problem, dict[str, str]]) -> None:
    problem, results = fare
    result, ran = judged(problem, results)
    assert result.score is not None
    assert problem.max_score is not None
    assert 0 <= result.score <= problem.max_score
    assert all(0 <= group.score <= (group.max_score or 0) for group in result.groups)
    assert (result.verdict is Verdict.AC) == all(value == "AC" for value in results.values())
    if result.failing is not None:
        case = problem.cases[result.failing - 1]
        assert case.name in ran
        assert results[case.name] == result.verdict


@given(fares())
@settings(max_examples=300, deadline=None)
def test_tests_that_are_left_out_could_not_have_changed_the_score(fare: tuple[Problem, dict[str, str]]) -> None:
    problem, results = fare
    result, _ = judged(problem, results)
    full = grade(problem, in_full(problem, results))
    assert result.score == full.score
    assert {one.group: one.score for one in result.groups} == {one.group: one.score for one in full.groups}


@given(fares(), st.integers(0, 1000))
@settings(max_examples=300, deadline=None)
def test_one_more_test_solved_never_costs_points(fare: tuple[Problem, dict[str, str]], which: int) -> None:
    problem, results = fare
    failed = [name for name, value in results.items() if value != "AC"]
    if not failed:
        return
    better = results | {failed[which % len(failed)]: "AC"}
    assert (judged(problem, better)[0].score or 0) >= (judged(problem, results)[0].score or 0)


@given(fares())
@settings(max_examples=100, deadline=None)
def test_the_first_failing_test_decides_where_the_groups_say_so(fare: tuple[Problem, dict[str, str]]) -> None:
    problem, results = fare
    first = replace(problem, groups=tuple(replace(group, verdict_mode="first_error") for group in problem.groups))
    result, ran = judged(first, results)
    failing = next((index for index, case in enumerate(first.cases, 1) if results[case.name] != "AC"), None)
    assert result.failing == failing
    assert failing is None or first.cases[failing - 1].name in ran


@pytest.mark.parametrize("tests", [1, 1000])
def test_a_long_course_is_a_short_walk(tests: int) -> None:
    cases = tuple(TestCase(f"secret/{n}", "secret", Path("/nowhere"), Path("/nowhere")) for n in range(tests))
    whole = TestGroup("secret", score=100.0, aggregation="sum", on_reject="continue", case_score=100 / tests)
    problem = Problem("p", "P", "0" * 64, "S", Limits(), OutputValidator(), cases, (TestGroup("", on_reject="continue"),
                      whole), type="scoring")  # fmt: skip
    assert judged(problem, {})[0].score == 100
