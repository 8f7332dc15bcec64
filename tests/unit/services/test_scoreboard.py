"""The board: SQL is the truth, the projection in a real Valkey is always equal to it or not used."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from contest_support import PROBLEMS, brief, make_contest, play, rejudge
from sqlalchemy import update
from store_support import ADA, BOB, TEACHER, Judge

from jupyter_oj_extension import events, leaderboard, valkey
from jupyter_oj_extension.domain.errors import Forbidden, InvalidRequest, NotFound
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.scoreboard import Attempt, cell, pack, ranks, standing
from jupyter_oj_extension.services import contests, scoreboard
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import ContestRow

VERDICTS = ["AC", "AC", "WA", "WA", "TLE", "CE", "JE", None]
VOLATILE = ("server_time", "source", "seq")


def board(ctx: Judge, who: Identity = ADA, **wanted) -> dict:
    return scoreboard.leaderboard(ctx, who, "cup", **wanted)


def steady(page: dict) -> dict:
    return {key: value for key, value in page.items() if key not in VOLATILE}


def seq(ctx: Judge, contest: str = "cup") -> int:
    with ctx.reading() as session:
        return session.get_one(ContestRow, contest).seq


def test_a_row_to_the_letter(ctx: Judge) -> None:
    make_contest(ctx)
    play(ctx, "ada", "apples", 100, "WA")
    play(ctx, "ada", "apples", 2830, "AC")
    play(ctx, "ada", "bricks", 3000, "TLE")
    play(ctx, "ada", "coins", 4000, None)
    play(ctx, "bob", "apples", 2829, "CE")
    page = board(ctx)
    assert page["source"] == "live" and page["seq"] == seq(ctx)
    assert page["me"] == page["rows"][0]
    assert page["rows"][0] == {
        "rank": 1,
        "user": "ada",
        "name": "Ada",
        "affiliation": None,
        "solved": 1,
        "penalty_min": 67,
        "last_s": 2830,
        "cells": {
            "A": {"state": "solved", "attempts": 2, "pending": 0, "time_min": 47, "first": True},
            "B": {"state": "tried", "attempts": 1, "pending": 0, "time_min": None, "first": False},
            "C": {"state": "pending", "attempts": 0, "pending": 1, "time_min": None, "first": False},
        },
    }
    assert [(problem["label"], problem["solved"], problem["tried"]) for problem in page["problems"]] == [
        ("A", 1, 1),
        ("B", 0, 1),
        ("C", 0, 1),
    ]
    assert "first_s" not in page["problems"][0]


def test_redis_sql_and_the_rules_agree_on_any_contest(ctx: Judge, without_redis: Judge) -> None:
    contest = make_contest(ctx, freeze_s=5000)
    rng = random.Random(5)
    users = [f"user{number:02}" for number in range(25)]
    history: dict[str, dict[str, list[Attempt]]] = {user: {slug: [] for slug in PROBLEMS} for user in users}
    made = []
    for _ in range(160):
        user, slug, at_s, verdict = (
            rng.choice(users),
            rng.choice(PROBLEMS),
            rng.randrange(0, 7000),
            rng.choice(VERDICTS),
        )
        history[user][slug].append(Attempt(at_s, verdict))
        made.append(
            (play(ctx, user, slug, at_s, verdict, publish=rng.random() < 0.7), user, slug, len(history[user][slug]))
        )
    for submission, user, slug, count in rng.sample(made, 20):
        old = history[user][slug][count - 1]
        history[user][slug][count - 1] = Attempt(old.time_s, "WA" if old.verdict == "AC" else "AC")
        rejudge(ctx, submission, "WA" if old.verdict == "AC" else "AC")
    for view in ("public", "staff"):
        totals = {
            user: standing(
                (cell(attempts, contest.rules, frozen=view == "public") for attempts in problems.values()),
                contest.rules,
            )
            for user, problems in history.items()
            if any(problems.values())
        }
        order = sorted(totals, key=lambda user: (pack(totals[user]), user))
        want = [
            (rank, user, totals[user].solved, totals[user].penalty_min)
            for rank, user in zip(ranks([pack(totals[user]) for user in order]), order, strict=True)
        ]
        live, stored = board(ctx, TEACHER, view=view), board(without_redis, TEACHER, view=view)
        assert (live["source"], stored["source"]) == ("live", "database")
        assert brief(live["rows"]) == want
        assert steady(live) == steady(stored)
        for number in (1, 2, 3, 4):
            page = board(ctx, Identity(order[-1], ""), page=number, limit=7) if view == "public" else None
            if page is not None:
                assert brief(page["rows"]) == want[7 * (number - 1) : 7 * number]
                assert page["me"]["rank"] == want[-1][0] and page["total"] == len(want)


def test_equal_standings_share_a_rank_across_pages(ctx: Judge, without_redis: Judge) -> None:
    make_contest(ctx)
    for user in ("ada", "bob", "cem", "dia"):
        play(ctx, user, "apples", 600, "AC")
    play(ctx, "eve", "apples", 500, "AC")
    for place in (ctx, without_redis):
        assert [row["rank"] for row in board(place)["rows"]] == [1, 2, 2, 2, 2]
        assert [row["rank"] for row in board(place, page=2, limit=3)["rows"]] == [2, 2]
        assert board(place, page=9)["rows"] == []
        assert [row["cells"]["A"]["first"] for row in board(place)["rows"]] == [True, False, False, False, False]


def test_a_rejudged_first_solver_hands_the_star_on(ctx: Judge) -> None:
    make_contest(ctx)
    first = play(ctx, "ada", "apples", 500, "AC")
    play(ctx, "bob", "apples", 700, "AC")
    rejudge(ctx, first, "WA")
    page = board(ctx)
    assert [(row["user"], row["cells"]["A"]["first"]) for row in page["rows"]] == [("bob", True), ("ada", False)]
    assert (page["problems"][0]["solved"], page["problems"][0]["tried"]) == (1, 2)


def test_the_freeze_hides_from_all_who_do_not_ask_for_the_staff_view(ctx: Judge) -> None:
    make_contest(ctx, freeze_s=3600)
    play(ctx, "ada", "apples", 3000, "AC")
    play(ctx, "bob", "apples", 3601, "AC")
    for who in (ADA, TEACHER):
        page = board(ctx, who)
        assert page["frozen"] and page["state"] == "frozen"
        assert brief(page["rows"]) == [(1, "ada", 1, 50), (2, "bob", 0, 0)]
        assert page["rows"][1]["cells"]["A"] == {
            "state": "pending", "attempts": 0, "pending": 1, "time_min": None, "first": False,
        }  # fmt: skip
        assert page["problems"][0]["solved"] == 1
    shown = board(ctx, TEACHER, view="staff")
    assert not shown["frozen"] and brief(shown["rows"])[1] == (2, "bob", 1, 60)
    with pytest.raises(Forbidden):
        board(ctx, ADA, view="staff")
    contests.thaw(ctx, "cup")
    assert brief(board(ctx, ADA)["rows"])[1] == (2, "bob", 1, 60)


def test_events_during_the_freeze_say_no_more_than_the_board(ctx: Judge) -> None:
    make_contest(ctx, freeze_s=3600)
    board(ctx)
    play(ctx, "bob", "apples", 3601, "AC")
    last = events.read(ctx.redis, {events.contest_stream("cup"): "0-0"}, 0)[-1]
    assert last.event == "leaderboard" and last.data["seq"] == seq(ctx)
    assert [(row["user"], row["cells"]["A"]["state"]) for row in last.data["rows"]] == [("bob", "pending")]
    assert last.data["problems"][0]["solved"] == 0


def test_changes_that_were_never_published_are_caught_up_with(ctx: Judge) -> None:
    make_contest(ctx)
    play(ctx, "ada", "apples", 600, "AC")
    board(ctx)
    play(ctx, "bob", "apples", 500, "AC", publish=False)
    play(ctx, "cem", "apples", 900, "AC")
    page = board(ctx)
    assert page["source"] == "live" and page["seq"] == seq(ctx)
    assert [row["user"] for row in page["rows"]] == ["bob", "ada", "cem"]


def test_a_stale_row_is_dropped(ctx: Judge) -> None:
    make_contest(ctx)
    play(ctx, "ada", "apples", 600, "AC")
    board(ctx)
    row = {"user": "ada", "name": "Old", "affiliation": None, "solved": 0, "penalty_min": 0, "last_s": 0, "cells": {}}
    old = leaderboard.Entry("ada", 0, 1, row, 1, row)
    assert leaderboard.apply(ctx.redis, "cup", [old]) == 0
    assert board(ctx)["rows"][0]["name"] == "Ada"


def test_a_lost_projection_is_rebuilt_by_the_first_reader(ctx: Judge) -> None:
    make_contest(ctx)
    for number in range(30):
        play(ctx, f"user{number:02}", "apples", 600 + number, "AC")
    before = board(ctx)
    ctx.redis.flushall()
    after = board(ctx)
    assert after["source"] == "live" and steady(after) == steady(before)
    ctx.redis.flushall()
    assert scoreboard.rebuild(ctx, "cup") == 30
    scoreboard.rebuild_all(ctx)
    assert steady(board(ctx)) == steady(before)
    with pytest.raises(NotFound):
        scoreboard.rebuild(ctx, "nope")


def test_while_somebody_rebuilds_pages_come_from_the_store(ctx: Judge) -> None:
    make_contest(ctx)
    play(ctx, "ada", "apples", 600, "AC")
    ctx.redis.flushall()
    token = leaderboard.begin_rebuild(ctx.redis, "cup")
    assert token is not None and leaderboard.begin_rebuild(ctx.redis, "cup") is None
    assert board(ctx)["source"] == "database"
    leaderboard.end_rebuild(ctx.redis, "cup", token)
    assert board(ctx)["source"] == "live"


def test_catching_up_does_not_vouch_for_a_board_that_a_rebuild_is_making(ctx: Judge) -> None:
    make_contest(ctx)
    play(ctx, "ada", "apples", 600, "AC")
    board(ctx)
    token = leaderboard.begin_rebuild(ctx.redis, "cup")
    leaderboard.clear(ctx.redis, "cup")
    assert not leaderboard.set_verified(ctx.redis, "cup", 1)
    assert not leaderboard.set_verified(ctx.redis, "cup", 1, rebuild="somebody else's")
    assert leaderboard.page(ctx.redis, "cup", "public", start=0, count=9, user="") is None
    assert token is not None and leaderboard.set_verified(ctx.redis, "cup", 1, rebuild=token)


def test_a_store_restored_from_a_backup_wins_over_the_projection(ctx: Judge) -> None:
    make_contest(ctx)
    play(ctx, "ada", "apples", 600, "AC")
    board(ctx)
    with ctx.session() as session:
        session.execute(update(ContestRow).values(seq=0))
    page = board(ctx)
    assert page["seq"] == 0 and brief(page["rows"]) == [(1, "ada", 1, 10)]


def test_the_board_survives_valkey_stopping_and_returning(
    own_valkey: Settings, open_context: Callable[[Settings], Judge]
) -> None:
    valkey.ensure(own_valkey)
    ctx = open_context(replace(own_valkey, redis_url=own_valkey.redis))
    make_contest(ctx)
    play(ctx, "ada", "apples", 600, "AC")
    assert board(ctx)["source"] == "live"
    valkey.stop(own_valkey)
    play(ctx, "bob", "apples", 300, "AC")
    page = board(ctx)
    assert page["source"] == "database" and brief(page["rows"]) == [(1, "bob", 1, 5), (2, "ada", 1, 10)]
    valkey.ensure(own_valkey)
    again = board(ctx)
    assert again["source"] == "live" and steady(again) == steady(page)


def test_many_at_once_leave_projection_and_store_equal(ctx: Judge, without_redis: Judge) -> None:
    make_contest(ctx)
    rng = random.Random(9)
    plays = [
        (f"user{rng.randrange(8)}", rng.choice(PROBLEMS), rng.randrange(7000), rng.choice(VERDICTS)) for _ in range(60)
    ]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: (play(ctx, *one), board(ctx)), plays))
    assert seq(ctx) == 60
    live, stored = board(ctx), board(without_redis)
    assert live["source"] == "live" and live["seq"] == 60
    assert steady(live) == steady(stored)


def test_before_the_start_the_board_names_no_problem(ctx: Judge) -> None:
    make_contest(ctx, began_s=-600)
    contests.register(ctx, BOB, "cup")
    page = board(ctx, BOB)
    assert page["state"] == "before" and page["problems"] == []
    assert (page["rows"][0]["user"], page["rows"][0]["cells"]) == ("bob", {})
    assert len(board(ctx, TEACHER)["problems"]) == 3


@pytest.mark.parametrize("wanted", [{"page": 0}, {"limit": 0}, {"limit": 201}, {"view": "secret"}])
def test_bad_pages_are_refused(ctx: Judge, wanted: dict) -> None:
    make_contest(ctx)
    with pytest.raises(InvalidRequest):
        board(ctx, **wanted)


def test_an_unknown_contest_has_no_board(ctx: Judge) -> None:
    for name in ("nope", "x" * 100, "nul\0"):
        with pytest.raises(NotFound):
            scoreboard.leaderboard(ctx, ADA, name)


def test_the_public_board_opens_by_itself_at_the_end(ctx: Judge) -> None:
    make_contest(ctx, began_s=7200, length_s=7000, freeze_s=3600)
    play(ctx, "bob", "apples", 3601, "AC")
    page = board(ctx)
    assert (page["state"], page["frozen"]) == ("ended", False) and brief(page["rows"]) == [(1, "bob", 1, 60)]
    with ctx.session() as session:
        session.get_one(ContestRow, "cup").thaw = now() + timedelta(hours=1)
    page = board(ctx)
    assert (page["state"], page["frozen"]) == ("ended", True) and brief(page["rows"]) == [(1, "bob", 0, 0)]
