"""`make lab` as a newcomer types it: the printed address answers, the samples are there, a submission is judged."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from labserver import free_port, running

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.podman
def test_make_lab_prints_an_address_where_a_submission_is_judged(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("OJ_", "JUPYTER"))}
    env |= {"OJ_STATE_DIR": str(tmp_path / "state"), "OJ_NOTEBOOKS_DIR": "exercises"}
    command = ["make", "lab", f"LAB_DIR={tmp_path / 'notebooks'}", f"LAB_ARGS=--port={free_port()}"]
    with running(command, cwd=ROOT, env=env) as server:
        with urllib.request.urlopen(server.address, timeout=30) as page:
            told = page.read().decode()
            assert re.search(r'"ojBaseUrl": ?"/oj/api/v1/"', told)
            assert re.search(r'"ojNotebooksDir": ?"exercises"', told)
        server.wait_until_judging()
        status, problems = server.call("GET", "problems?limit=200")
        assert status == 200
        assert problems["total"] >= 10
        status, contests = server.call("GET", "contests")
        assert "running" in [contest["state"] for contest in contests["items"]]
        given = server.judge(problems["items"][0]["id"], "python3", "print('surely not the answer')")
        assert given["verdict"] == "WA"

        command = [sys.executable, "-m", "jupyter_oj_extension.cli", "demo", "--contest", "--contestants", "3"]
        whole = [*command, "--speed", "100", "--url", server.base, "--token", server.token]
        played = subprocess.run(whole, capture_output=True, text=True, timeout=200, env=env)
        assert played.returncode == 0, played.stdout + played.stderr
        (contest,) = (contest["id"] for contest in contests["items"] if contest["state"] == "running")
        status, board = server.call("GET", f"contests/{contest}/leaderboard")
        assert status == 200
        assert board["total"] >= 3
        assert board["rows"][0]["solved"] > 0
