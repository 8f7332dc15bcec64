"""Contests: who sees what when, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from contest_support import PROBLEMS, make_contest
from store_support import ADA, BOB, SOURCE, TEACHER, Judge

from jupyter_oj_extension.domain.contest import Contest, ContestState, label
from jupyter_oj_extension.domain.errors import Conflict, Forbidden, NotFound, OJError, Unprocessable
from jupyter_oj_extension.services import accounts, contests, scoreboard, submissions
from jupyter_oj_extension.store.base import now


def test_the_state_by_the_clock() -> None:
    start = datetime.fromisoformat("2030-05-01T09:00Z")
    contest = Contest("cup", "Cup", start, start + timedelta(hours=5), start + timedelta(hours=4))
    states = [contest.state(start + timedelta(hours=hours)) for hours in (-1, 0, 3.99, 4, 4.99, 5)]
    assert states == [
        ContestState.BEFORE, ContestState.RUNNING, ContestState.RUNNING, ContestState.FROZEN, ContestState.FROZEN,
        ContestState.ENDED,
    ]  # fmt: skip
    assert contest.is_frozen(start + timedelta(days=9)), "without a thaw it stays frozen"
    assert not replace(contest, thaw=start + timedelta(hours=6)).is_frozen(start + timedelta(hours=6))


def test_labels_go_on_after_z() -> None:
    assert [label(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_contest_to_the_letter(ctx: Judge) -> None:
    made = make_contest(ctx, freeze_s=14_400)
    shown = contests.get(ctx, ADA, "cup")
    assert shown.keys() == {
        "id", "name", "state", "start", "end", "freeze", "server_time", "scoring", "penalty_min", "registered", "host",
        "problems",
    }  # fmt: skip
    assert (shown["state"], shown["scoring"], shown["registered"], shown["host"]) == ("running", "icpc", False, False)
    assert datetime.fromisoformat(shown["end"]) == made.end.replace(microsecond=made.end.microsecond // 1000 * 1000)
    assert shown["end"].endswith("Z")
    assert [problem["label"] for problem in shown["problems"]] == ["A", "B", "C"]
    assert contests.get(ctx, TEACHER, "cup")["host"]
    listed = contests.page(ctx, ADA)["items"]
    assert [item["id"] for item in listed] == ["cup"] and "problems" not in listed[0]


def test_the_list_begins_with_what_runs(ctx: Judge) -> None:
    make_contest(ctx, "past", began_s=90_000)
    make_contest(ctx, "later", began_s=-7200)
    make_contest(ctx, "soon", began_s=-3600)
    make_contest(ctx, "running")
    make_contest(ctx, "older", began_s=190_000)
    assert [item["id"] for item in contests.page(ctx, ADA)["items"]] == ["running", "soon", "later", "past", "older"]


def test_problems_are_named_from_the_start_on(ctx: Judge) -> None:
    make_contest(ctx, began_s=-60)
    assert contests.get(ctx, ADA, "cup")["problems"] == []
    assert len(contests.get(ctx, TEACHER, "cup")["problems"]) == 3


def test_registering_twice_is_registering(ctx: Judge) -> None:
    make_contest(ctx)
    for _ in range(2):
        contests.register(ctx, ADA, "cup")
    assert contests.get(ctx, ADA, "cup")["registered"] and not contests.get(ctx, BOB, "cup")["registered"]
    assert contests.page(ctx, ADA)["items"][0]["registered"]
    assert scoreboard.leaderboard(ctx, BOB, "cup")["total"] == 1


def test_registering_is_refused_after_the_end_and_with_another_contests_token(ctx: Judge) -> None:
    make_contest(ctx)
    make_contest(ctx, "past", began_s=90_000)
    with pytest.raises(Conflict, match="is over"):
        contests.register(ctx, ADA, "past")
    with pytest.raises(NotFound):
        contests.register(ctx, ADA, "nope")
    token = accounts.enrol(ctx, "past", "Zoe").token
    zoe = accounts.by_token(ctx, token)
    assert zoe is not None
    with pytest.raises(Forbidden):
        contests.register(ctx, zoe, "cup")


def test_the_first_submission_registers(ctx: Judge) -> None:
    make_contest(ctx)
    submissions.submit(ctx, ADA, problem="apples", language="python3", source=SOURCE, contest="cup")
    page = scoreboard.leaderboard(ctx, ADA, "cup")
    assert page["me"]["cells"]["A"]["state"] == "pending" and contests.get(ctx, ADA, "cup")["registered"]


@pytest.mark.parametrize(
    ("contest", "problem", "error", "message"),
    [
        ("nope", "apples", NotFound, "no contest"),
        ("soon", "apples", Conflict, "has not begun"),
        ("past", "apples", Conflict, "is over"),
        ("cup", "pairs", Unprocessable, "not a problem of Cup"),
    ],
)
def test_submissions_that_a_contest_does_not_take(
    ctx: Judge, contest: str, problem: str, error: type[OJError], message: str
) -> None:
    make_contest(ctx)
    make_contest(ctx, "soon", began_s=-60)
    make_contest(ctx, "past", began_s=90_000)
    with ctx.reading() as session:
        contests.check_submission_allowed(session, "cup", "ada", "apples", now())
        with pytest.raises(error, match=message):
            contests.check_submission_allowed(session, contest, "ada", problem, now())


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"id": "Bad Id"}, Unprocessable),
        ({"name": " "}, Unprocessable),
        ({"end": timedelta(0)}, Unprocessable),
        ({"end": timedelta(days=191)}, Unprocessable),
        ({"freeze": timedelta(hours=6)}, Unprocessable),
        ({"problems": []}, Unprocessable),
        ({"problems": ["apples", "apples"]}, Unprocessable),
        ({"problems": ["nope"]}, NotFound),
        ({"tie": "hour"}, Unprocessable),
        ({"penalty_min": -1}, Unprocessable),
        ({"id": "taken"}, Conflict),
    ],
)
def test_what_cannot_be_a_contest(ctx: Judge, changes: dict, error: type[OJError]) -> None:
    make_contest(ctx, "taken")
    start = now()
    values = {
        "id": "new",
        "name": "New",
        "start": start,
        "end": timedelta(hours=5),
        "problems": list(PROBLEMS),
    } | changes
    for key in ("end", "freeze"):
        if key in values:
            values[key] = start + values[key]
    with pytest.raises(error):
        contests.create(ctx, **values)
