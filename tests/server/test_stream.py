"""The stream: snapshot, deltas, resume, and verdicts that come in even while Redis is away."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from server_support import Server, eventually, fill, is_open, judge, running_server, task_of
from sse_support import Listener, listening

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import judging
from jupyter_oj_extension.services.context import Context
from jupyter_oj_server import models


def test_snapshot_then_test_by_test(server: Server, ctx: Context) -> None:
    with server.enrol("cup", "Stream One", "stream-1") as contestant:
        waiting = server.submit(contestant)
        with listening(contestant) as heard:
            snapshot = models.SnapshotData.model_validate(heard.named("snapshot"))
            assert [one.id for one in snapshot.submissions] == [waiting["id"]]
            judge(ctx, waiting, Verdict.WA)
            done = heard.verdict_of(waiting["id"])
            assert done["verdict"] == "WA"
            assert "runs" not in done
            models.SubmissionItem.model_validate(done)
            runs = [models.RunData.model_validate(data) for event, data in heard.events if event == "run"]
            assert [run.run.index for run in runs] == [1, 2]
            assert runs[1].run.input is None and runs[1].run.name != "secret/1"
            phases = [data["phase"] for event, data in heard.events if event == "submission"]
            assert phases[-1] == "done" and "judging" in phases


def test_a_reconnect_gets_what_it_missed_and_nothing_twice(server: Server, ctx: Context) -> None:
    with server.enrol("cup", "Resume", "resume-1") as contestant:
        first, second = server.submit(contestant, "1"), server.submit(contestant, "2")
        with listening(contestant, "stream?contest=cup") as heard:
            heard.named("snapshot")
            judge(ctx, first)
            heard.verdict_of(first["id"])
            where = heard.last_id
        judge(ctx, second, Verdict.TLE)  # nobody listens
        third = server.submit(contestant, "3")
        with listening(contestant, "stream?contest=cup", where) as again:
            assert again.verdict_of(second["id"])["verdict"] == "TLE"
            judge(ctx, third)
            again.verdict_of(third["id"])
            assert "snapshot" not in {event for event, _ in again.events}
            assert not [data for event, data in again.events if event == "submission" and data["id"] == first["id"]]
            runs = [data["run"]["index"] for event, data in again.events if event == "run"]
            assert runs == [1, 2, 1, 2]


@pytest.mark.parametrize("last_id", ["rubbish", "a=b", "oj%3Aev%3Auser%3Anew-id=1-1", "=" * 3000])
def test_an_id_that_leads_nowhere_gets_a_snapshot(server: Server, last_id: str) -> None:
    with server.enrol("cup", "New Id", "new-id") as contestant, listening(contestant, "stream", last_id) as heard:
        heard.named("snapshot")


def test_a_verdict_whose_event_was_lost_is_told_all_the_same(server: Server, ctx: Context, short_tmp: Path) -> None:
    """A grader is killed between storing a verdict and telling of it, or cannot reach Redis just then."""
    nobody = f"unix://{short_tmp / 'nobody.sock'}?db=0"
    mute = Context.open(replace(ctx.settings, redis_url=nobody, broker_url=ctx.settings.broker))
    with server.enrol("cup", "Unlucky", "unlucky") as contestant:
        waiting = server.submit(contestant)
        with listening(contestant) as heard:
            heard.named("snapshot")
            judge(mute, waiting, Verdict.WA)
            assert heard.verdict_of(waiting["id"], timeout_s=60)["verdict"] == "WA"
            runs = [data["run"]["index"] for event, data in heard.events if event == "run"]
            assert runs == [1, 2]
    mute.close()


def test_nobody_hears_of_others_submissions(server: Server, ctx: Context) -> None:
    with server.enrol("cup", "Loud", "loud") as loud, server.enrol("cup", "Quiet", "quiet") as quiet:
        with listening(quiet) as heard:
            heard.named("snapshot")
            theirs = server.submit(loud)
            judge(ctx, theirs)
            mine = server.submit(quiet)
            judge(ctx, mine)
            heard.verdict_of(mine["id"])
            told = {data["id"] for event, data in heard.events if event == "submission"}
            assert told == {mine["id"]}


def test_the_leaderboard_moves_for_everybody_who_watches(server: Server, ctx: Context) -> None:
    with server.enrol("cup", "Watcher", "watcher") as watcher, server.enrol("cup", "Climber", "climber") as climber:
        with listening(watcher, "stream?contest=cup") as heard:
            board = heard.named("snapshot")["leaderboards"]["cup"]
            models.Leaderboard.model_validate(board)
            started = time.monotonic()
            judge(ctx, server.submit(climber, contest="cup"))
            moved = heard.wait_for(
                lambda event, data: (
                    event == "leaderboard"
                    and any(row["user"] == "climber" and row["solved"] == 1 for row in data["rows"])
                )
            )
            assert time.monotonic() - started < 20
            models.LeaderboardData.model_validate(moved)


def test_a_burst_of_changes_is_a_few_leaderboards(server: Server, ctx: Context) -> None:
    with server.enrol("cup", "Counter", "counter") as watcher:
        players = [server.enrol("cup", f"Burst {n}", f"burst-{n}") for n in range(12)]
        submissions = [server.submit(player, contest="cup") for player in players]
        with listening(watcher, "stream?contest=cup") as heard:
            heard.named("snapshot")
            started = time.monotonic()
            for submission in submissions:
                judge(ctx, submission)
            heard.wait_for(
                lambda event, data: (
                    event == "leaderboard"
                    and any(row["user"] == "burst-11" and row["solved"] == 1 for row in data["rows"])
                )
            )
            took_s = time.monotonic() - started
            boards = sum(event == "leaderboard" for event, _ in heard.events)
            assert boards <= took_s * 5 + 2
        for player in players:
            player.close()


def test_an_unknown_contest_is_refused_before_the_stream_begins(server: Server) -> None:
    answer = server.http.get("stream?contest=none")
    assert answer.status_code == 404


def test_a_client_that_leaves_is_forgotten(server: Server) -> None:
    def open_streams() -> float:
        lines = server.http.get("metrics").text.splitlines()
        return float(next(line for line in lines if line.startswith("oj_streams_open")).split()[1])

    before = open_streams()
    with server.enrol("cup", "Leaver", "leaver") as contestant:
        with listening(contestant) as heard:
            heard.named("snapshot")
            assert open_streams() == before + 1
        eventually(lambda: open_streams() == before)


def test_one_user_cannot_hold_any_number_of_streams(server: Server) -> None:
    with server.enrol("cup", "Greedy", "greedy") as contestant, contextlib.ExitStack() as held:
        for _ in range(20):
            held.enter_context(listening(contestant))
        answer = contestant.get("stream")
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1


def test_verdicts_come_in_while_redis_is_away_and_after_it_is_back(short_tmp: Path) -> None:
    """Valkey stands still in the middle of a stream; in the end the server replaces it."""
    state_dir = short_tmp / "away"
    with running_server(state_dir) as server:
        ctx = Context.open(server.settings)
        fill(ctx, short_tmp)
        with server.enrol("cup", "Patient", "patient") as contestant:
            first, second, third = (server.submit(contestant, str(n)) for n in range(3))
            with listening(contestant, "stream?contest=cup") as heard:
                heard.named("snapshot")
                pid = valkey.running_pid(server.settings)
                assert pid is not None
                os.kill(pid, signal.SIGSTOP)
                judge(ctx, first, Verdict.RTE)
                assert heard.verdict_of(first["id"])["verdict"] == "RTE"
                assert valkey.running_pid(server.settings) == pid  # it was told without Redis
                eventually(lambda: is_open(server), 40)  # the server has started it again
                judge(ctx, second)
                _told(heard, second["id"], state="done", verdict="AC")
                task = task_of(ctx, third)
                judging.progress(ctx, task, phase="compiling")
                _told(heard, third["id"], phase="compiling")
        ctx.close()


def _told(heard: Listener, id: str, **expected: str) -> None:
    """Wait until a snapshot or an event says `expected` of the submission."""

    def says(event: str, data: dict[str, Any]) -> bool:
        views = data["submissions"] if event == "snapshot" else [data] if event == "submission" else []
        return any(one["id"] == id and expected.items() <= one.items() for one in views)

    heard.wait_for(says)
