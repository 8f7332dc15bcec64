"""`make bench` runs and writes every figure it promises. The figures themselves are for people: machines are noisy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROMISED = {
    "w1_over_bare",
    "w2_over_bare",
    "w2_bits_over_bare",
    "w2x_over_bare_ms_per_test",
    "w3_over_bare",
    "w4_over_bare",
    "w1_per_s_over_bare",
    "cpu_efficiency",
    "linear_many_over_few",
    "submit_to_first_event_ms_p50",
    "submit_to_verdict_ms_p50",
    "submit_to_verdict_over_bare_ms",
}


@pytest.mark.podman
@pytest.mark.timeout(600)
def test_the_bench_writes_one_flat_object_of_figures(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.bench.run", "--quick", "--json", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(out.read_text())
    assert set(figures) >= PROMISED
    assert all(isinstance(value, int | float) for value in figures.values())
