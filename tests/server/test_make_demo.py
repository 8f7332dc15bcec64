"""`make demo`: the whole stack up, every jury submission judged, exit 0 only when each verdict is the expected one."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.podman
@pytest.mark.timeout(900)
def test_every_jury_submission_of_the_samples_gets_its_verdict(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    env = {key: value for key, value in os.environ.items() if not key.startswith("OJ_")}
    command = ["make", "demo", f"DEMO_ARGS=--json {results}"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=800)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    rows = json.loads(results.read_text())["results"]
    sources = [path for path in (ROOT / "contest_notebooks").glob("*/*/submissions/*/*") if path.suffix != ".yaml"]
    assert len(rows) == len(sources)
    assert all(row["verdict"] in row["expected"] for row in rows)
    assert {"AC", "WA", "TLE", "MLE", "RTE", "CE"} <= {row["verdict"] for row in rows}
    assert {20, 25, 30, 50, 100} <= {row["score"] for row in rows}
