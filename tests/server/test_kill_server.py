"""kill -9 of the Jupyter server in mid-judgement: every accepted submission ends with exactly one verdict."""

from __future__ import annotations

import os
import signal
from collections import Counter
from pathlib import Path

import pytest
from server_support import Server, eventually, fill, running_server
from sqlalchemy import func, select

from jupyter_oj_extension import valkey
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.submissions import JudgementRow, RunRow

SUBMISSIONS = 50
SOURCES = ("print(input())", "print(0)", "import time; time.sleep(0.3); print(input())", "1/0")
VERDICTS = ("AC", "WA", "AC", "RTE")


@pytest.mark.podman
@pytest.mark.timeout(600)
def test_a_server_killed_in_mid_judgement_loses_nothing(short_tmp: Path) -> None:
    state_dir = short_tmp / "killed"
    with running_server(state_dir, OJ_START_GRADER="1", OJ_MAX_IN_FLIGHT="8") as first:
        ctx = Context.open(first.settings)
        fill(ctx, short_tmp)
        _wait_until_ready(first)
        accepted = [first.submit(first.http, SOURCES[n % len(SOURCES)])["id"] for n in range(SUBMISSIONS)]
        eventually(lambda: _done(ctx) >= 3, 60)
        assert _done(ctx) < SUBMISSIONS
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait()
    with running_server(state_dir, OJ_START_GRADER="1") as second:
        late = second.submit(second.http, "print(input())")["id"]
        eventually(lambda: _done(ctx) == SUBMISSIONS + 1, 240, lambda: second.http.get("health").text)
        given = [second.http.get(f"submissions/{id}").json() for id in [*accepted, late]]
        assert [one["verdict"] for one in given] == [VERDICTS[n % len(VERDICTS)] for n in range(SUBMISSIONS)] + ["AC"]
        with ctx.reading() as session:
            valid = Counter(session.scalars(select(JudgementRow.submission_id).where(JudgementRow.valid)))
            assert set(valid) == {*accepted, late} and set(valid.values()) == {1}
            assert session.scalar(select(func.count()).where(JudgementRow.state != "done")) == 0
            twice = select(RunRow.judgement_id).group_by(RunRow.judgement_id, RunRow.index).having(func.count() > 1)
            assert session.scalars(twice).all() == []
        settings = second.settings
    ctx.close()
    assert valkey.running_pid(settings) is None


def _wait_until_ready(server: Server) -> None:
    def ready() -> bool:
        return bool(server.http.get("health").json()["judge"]["ready"])

    eventually(ready, 240, lambda: server.http.get("health").text)


def _done(ctx: Context) -> int:
    with ctx.reading() as session:
        return session.scalar(select(func.count()).where(JudgementRow.state == "done")) or 0
