"""Programs that fail, in every language, judged by the real sandbox on a hidden test: ``failures.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from by_hand import judged

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem, TestCase
from jupyter_oj_sandbox.api import Sandbox

pytestmark = pytest.mark.podman

FAILURES = yaml.safe_load((Path(__file__).parent / "failures.yml").read_text())
SECRET = "Xq17"


@pytest.mark.parametrize(
    "row",
    FAILURES,
    ids=lambda row: f"{row['language']}-{row['verdict']}-{row.get('why', row.get('says', row.get('error')))}",
)
def test_row(row: dict[str, Any], real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path) -> None:
    (tmp_path / "1.in").write_text(row.get("stdin", f"{SECRET}\n"))
    (tmp_path / "1.ans").write_text(row.get("answer", "42") + "\n")
    test = TestCase("secret/1", "secret", tmp_path / "1.in", tmp_path / "1.ans")
    problem = Problem(
        "failure", "Failure", "v1", "", Limits(**{"cpu_s": 10} | row.get("limits", {})), OutputValidator(), (test,)
    )
    outcome = judged(problem, row["language"], row["source"], real_sandbox, languages)
    assert outcome.verdict == row["verdict"], outcome
    if "says" in row:
        said = outcome.compiler_output or ""
        assert row["says"] in said
        assert not any(folder in said for folder in ("/box/", "/scratch/", "/tmp/")), said
        return
    run = outcome.runs[-1]
    if "signal" in row:
        assert run.signal == row["signal"]
    told = None if run.error_type is None else (run.error_type, run.error_line)
    expected = row["error"] and tuple(
        given if wanted == "any" else wanted for wanted, given in zip(row["error"], told or (), strict=False)
    )
    assert told == (expected or None)
    assert (run.output, run.error, run.message) == (None, None, None)
    assert SECRET not in repr(run)
