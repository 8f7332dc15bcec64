"""A contest's submissions: when they are taken, in which lane, and that the board follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from store_support import ADA, BOB, SOURCE, TEACHER, Judge, add_problem, outcome

from jupyter_oj_extension import events
from jupyter_oj_extension.domain.errors import Conflict, NotFound, Unprocessable
from jupyter_oj_extension.domain.judgement import Lane
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import judging, scoreboard, submissions
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import ContestProblemRow, ContestRow
from jupyter_oj_extension.views import instant


def contest(ctx: Judge, id: str, begins_in: timedelta, problem: str = "pairs") -> str:
    start = now() + begins_in
    with ctx.session() as session:
        session.add(ContestRow(id=id, name=id.title(), start=start, end=start + timedelta(hours=5)))
        session.flush()
        session.add(ContestProblemRow(contest_id=id, problem_id=problem, label="A", color="#000000", position=1))
    return id


def submit(ctx: Judge, who, contest: str | None, problem: str = "pairs"):
    return submissions.submit(ctx, who, problem=problem, language="python3", source=SOURCE, contest=contest)


def cell(ctx: Judge, contest: str):
    board = scoreboard.leaderboard(ctx, ADA, contest, page=1, limit=50)
    (row,) = [row for row in board["rows"] if row["user"] == "ada"]
    return row["cells"]["A"]["state"], row["cells"]["A"]["attempts"], row["solved"]


def test_the_board_follows_each_step(ctx: Judge) -> None:
    week = contest(ctx, "week-1", timedelta(hours=-1))
    expected = [(Verdict.WA, ("tried", 1, 0)), (Verdict.AC, ("solved", 2, 1))]
    for verdict, state in expected:
        view = submit(ctx, ADA, week)
        assert view["contest"] == week
        assert cell(ctx, week)[0] == "pending"
        (id,) = ctx.queued(lane=Lane.CONTEST)
        assert judging.record(ctx, judging.lease(ctx, id, "g1"), outcome(verdict))
        assert cell(ctx, week) == state
    told = events.read(ctx.redis, {events.contest_stream(week): "0-0"}, 0)
    assert {event.event for event in told} == {"leaderboard"}
    assert len(told) >= 4


def test_je_and_runs_count_for_nothing(ctx: Judge) -> None:
    week = contest(ctx, "week-1", timedelta(hours=-1))
    submit(ctx, ADA, week)
    (id,) = ctx.queued(lane=Lane.CONTEST)
    for _ in range(ctx.settings.judge_attempts):
        judging.give_back(ctx, judging.lease(ctx, id, "g1"), "disk full")
    submissions.run(ctx, ADA, problem="pairs", language="python3", source=SOURCE)
    judging.record(ctx, judging.lease(ctx, ctx.queued()[0], "g1"), outcome(Verdict.WA))
    assert cell(ctx, week)[1:] == (0, 0)


def test_only_while_it_runs_and_only_its_problems(ctx: Judge) -> None:
    add_problem(ctx, "other")
    add_problem(ctx, "hidden", listed=False)
    running = contest(ctx, "running", timedelta(hours=-1))
    coming = contest(ctx, "coming", timedelta(hours=1), problem="hidden")
    with pytest.raises(Conflict):
        submit(ctx, ADA, contest(ctx, "over", timedelta(days=-1)))
    with pytest.raises(Unprocessable):
        submit(ctx, ADA, running, problem="other")
    with pytest.raises(NotFound):
        submit(ctx, BOB, coming, problem="hidden")
    with pytest.raises(Conflict):
        submit(ctx, TEACHER, coming, problem="hidden")
    assert submissions.page(ctx, ADA)["total"] == 0


def test_what_arrived_in_time_counts_however_long_it_waited(ctx: Judge) -> None:
    over = contest(ctx, "over", timedelta(hours=-5, minutes=-1))
    arrived = now() - timedelta(minutes=2)
    ask = {"problem": "pairs", "language": "python3", "source": SOURCE, "contest": over}
    view = submissions.submit(ctx, ADA, **ask, arrived=arrived)
    (id,) = ctx.queued(lane=Lane.CONTEST)
    assert judging.record(ctx, judging.lease(ctx, id, "g1"), outcome(Verdict.AC))
    assert view["submitted_at"] == instant(arrived)
    assert cell(ctx, over) == ("solved", 1, 1)
    with pytest.raises(Conflict):
        submissions.submit(ctx, BOB, **ask, arrived=arrived + timedelta(minutes=1, seconds=1))


def test_contest_goes_before_practice(ctx: Judge) -> None:
    """What she practised before waits when her contest submission is due."""
    week = contest(ctx, "week-1", timedelta(hours=-1))
    cap = ctx.settings.max_in_flight
    for _ in range(cap + 1):
        submit(ctx, ADA, None)
    urgent = submit(ctx, ADA, week)
    assert urgent["position"] == 1
    sent = ctx.queued()
    assert len(sent) == cap and ctx.queued(lane=Lane.CONTEST) == []
    judging.record(ctx, judging.lease(ctx, sent[0], "g1"), outcome(Verdict.AC))
    (id,) = ctx.queued(lane=Lane.CONTEST)
    assert judging.lease(ctx, id, "g1").submission_id == urgent["id"]
