"""The demo's parts; that it judges every sample as expected is `make demo`."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from server_support import TOKEN, Server, package

from jupyter_oj_extension import valkey
from jupyter_oj_extension.settings import Settings
from jupyter_oj_server.demo import classroom, jury, table
from jupyter_oj_server.demo.client import Client
from jupyter_oj_server.demo.command import demo
from jupyter_oj_server.demo.private import private_stack


def test_solutions_are_interleaved_by_problem(tmp_path: Path) -> None:
    found = jury.solutions([package(tmp_path, "one"), package(tmp_path, "two")])
    assert [(one.problem, one.name, set(one.expected)) for one in found] == [
        ("one", "accepted/right.py", {"AC"}),
        ("two", "accepted/right.py", {"AC"}),
        ("one", "wrong_answer/wrong.py", {"WA"}),
        ("two", "wrong_answer/wrong.py", {"WA"}),
    ]


def test_the_table_marks_what_is_not_expected(tmp_path: Path) -> None:
    right, wrong = jury.solutions([package(tmp_path, "one")])
    results = [
        jury.Judged(right, "AC", 0.0123, 2048, None),
        jury.Judged(wrong, "JE", None, None, "the grader fell over"),
    ]
    head, first, second, message = table.lines(results)
    assert head.split() == ["problem", "submission", "language", "expected", "given", "time", "memory"]
    assert "0.012 s  2.0 MiB" in first and "<-" not in first
    assert "not as expected" in second
    assert "fell over" in message


def test_a_class_plays_by_the_rules(server: Server, tmp_path: Path) -> None:
    known = jury.solutions([package(tmp_path, "echo"), package(tmp_path, "other")])
    said: list[str] = []

    async def play() -> None:
        host = Client(server.base, TOKEN)
        await classroom.play(
            host, "cup", known, lambda token: Client(server.base, token), said.append, contestants=5, speed=100
        )

    asyncio.run(play())
    assert said[0] == "5 contestants are enrolled"
    page = server.http.get("contests/cup/leaderboard?limit=200").json()
    assert {f"class-00{n}" for n in range(1, 6)} <= {row["user"] for row in page["rows"]}
    lines = classroom.board_lines(page)
    assert any("Ada Moss" in line for line in lines)


def test_a_private_stack_leaves_nothing_behind() -> None:
    with private_stack(samples="0", start_grader="0") as stack:
        folder = stack.log.parent

        async def ready() -> None:
            client = Client(stack.base, stack.token)
            with pytest.raises(Exception, match="not ready"):
                await jury.wait_until_ready(client, set(), lambda _: None, lambda: stack.process.poll() is None, 8)

        asyncio.run(ready())
    assert not folder.exists()
    assert stack.process.poll() is not None
    assert valkey.running_pid(Settings(state_dir=folder / "state")) is None
    assert not any(str(folder) in line for line in _command_lines())


def test_the_command_says_when_no_server_runs(tmp_path: Path) -> None:
    answer = CliRunner().invoke(demo, ["--contest"], env={"JUPYTER_RUNTIME_DIR": str(tmp_path)})
    assert answer.exit_code == 1
    assert "make lab" in answer.output


def _command_lines() -> list[str]:
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                found.append(Path(entry.path, "cmdline").read_text(errors="replace"))
            except OSError:
                continue
    return found
