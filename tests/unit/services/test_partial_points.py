"""What counts as solved: all points where there is a most, and acceptance where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from store_support import ADA, SOURCE, Judge, outcome

from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import contests, judging, problem_list, scoreboard, submissions
from jupyter_oj_extension.store.base import now


def judge(ctx: Judge, verdict: Verdict, score: float | None, most: float | None, contest: str | None = None) -> None:
    view = submissions.submit(ctx, ADA, problem="pairs", language="python3", source=SOURCE, contest=contest)
    with ctx.reading() as session:
        ((_, judgement, _),) = session.execute(submissions._select(submissions.SubmissionRow.id == view["id"])).all()
    task = judging.lease(ctx, judgement.id, "g1")
    assert task is not None
    assert judging.record(ctx, task, replace(outcome(verdict), score=score, max_score=most))


@pytest.mark.parametrize(
    ("verdict", "score", "most", "status"),
    [
        (Verdict.AC, None, None, "solved"),
        (Verdict.AC, 100.0, 100.0, "solved"),
        (Verdict.AC, sum([0.1] * 1000), 100.0, "solved"),
        (Verdict.AC, 40.0, 100.0, "tried"),
        (Verdict.AC, 0.0, 100.0, "tried"),
        (Verdict.AC, 40.0, None, "solved"),
        (Verdict.WA, 100.0, 100.0, "tried"),
    ],
)
def test_status(ctx: Judge, verdict: Verdict, score: float | None, most: float | None, status: str) -> None:
    judge(ctx, verdict, score, most)
    (row,) = problem_list.search(ctx, ADA)["items"]
    assert (row["status"], row["score"], row["max_score"]) == (status, score, most)
    assert (row["solved_by"], row["attempted_by"]) == (int(status == "solved"), 1)
    assert [each["id"] for each in problem_list.search(ctx, ADA, status=[status])["items"]] == ["pairs"]


def test_a_better_try_solves_it(ctx: Judge) -> None:
    judge(ctx, Verdict.AC, 40.0, 100.0)
    judge(ctx, Verdict.AC, 100.0, 100.0)
    judge(ctx, Verdict.AC, 70.0, 100.0)
    (row,) = problem_list.search(ctx, ADA)["items"]
    assert (row["status"], row["score"]) == ("solved", 100.0)


def test_some_of_the_points_solve_nothing_on_a_board_either(ctx: Judge) -> None:
    start = now() - timedelta(minutes=10)
    contests.create(ctx, id="cup", name="Cup", start=start, end=start + timedelta(hours=1), problems=["pairs"])
    contests.register(ctx, ADA, "cup")
    judge(ctx, Verdict.AC, 40.0, 100.0, "cup")
    cell = scoreboard.leaderboard(ctx, ADA, "cup")["rows"][0]["cells"]["A"]
    assert (cell["state"], cell["attempts"]) == ("tried", 1)
    judge(ctx, Verdict.AC, 100.0, 100.0, "cup")
    cell = scoreboard.leaderboard(ctx, ADA, "cup")["rows"][0]["cells"]["A"]
    assert (cell["state"], cell["attempts"]) == ("solved", 2)
    assert contests.get(ctx, ADA, "cup")["problems"][0]["status"] == "solved"
