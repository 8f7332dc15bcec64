"""The table of verdicts, ``verdict_table.yml``: what a program did, what the checker said, which verdict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from fake_box import done, ended

from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.verdicts import compiled, finished, told_of_memory, verdict
from jupyter_oj_sandbox.api import Ending, RunResult

CHECKS = {
    "none": None,
    "right": CheckResult(ok=True),
    "wrong": CheckResult(ok=False, message="Line 1"),
    "spaces": CheckResult(ok=False, presentation=True),
}
TABLE = yaml.safe_load((Path(__file__).parent / "verdict_table.yml").read_text())


def _did(row: dict[str, Any]) -> RunResult:
    result = replace(
        done(),
        ending=Ending(row["did"]),
        exit_code=row.get("exit"),
        signal=row.get("signal"),
        stderr=row.get("stderr", "").encode(),
    )
    return told_of_memory(result, row.get("memory", ""))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['verdict']}-{row['why']}"[:60].replace(" ", "-"))
def test_row(row: dict[str, Any]) -> None:
    result = _did(row)
    for check in CHECKS.values() if row["check"] == "any" else (CHECKS[row["check"]],):
        assert verdict(result, check) is Verdict(row["verdict"])
    well = (row["did"], row.get("exit")) == ("exited", 0)
    assert finished(result) is compiled(result) is well


def test_the_table_has_every_ending_with_every_verdict_there_is_for_runs() -> None:
    ours = {"stopped"}  # by the other side of a conversation, whose word then counts: `interactive_rules`
    assert {Ending(row["did"]) for row in TABLE} == {ending for ending in Ending if ending.value not in ours}
    assert {Verdict(row["verdict"]) for row in TABLE} == set(Verdict) - {Verdict.CE, Verdict.JE}


def test_no_ending_is_the_judges_fault() -> None:
    given = {verdict(ended(ending, signal="SIGKILL"), check) for ending in Ending for check in CHECKS.values()}
    assert Verdict.JE not in given
    assert Verdict.CE not in given


@pytest.mark.parametrize("ending", [Ending.CPU_LIMIT, Ending.WALL_LIMIT, Ending.OUTPUT_LIMIT])
def test_a_limit_stays_the_limit_whatever_the_program_says_of_memory(ending: Ending) -> None:
    result = ended(ending, stderr=b"MemoryError")
    assert told_of_memory(result, "MemoryError") == result
