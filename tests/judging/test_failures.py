"""Programs that fail, in every language, judged by the real sandbox on a hidden test: ``failures.yml``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from jupyter_oj_extension.domain.judgement import JudgementOutcome, JudgementTask, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem, TestCase
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.judge import Judge
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_sandbox.api import Sandbox

pytestmark = pytest.mark.podman

FAILURES = yaml.safe_load((Path(__file__).parent / "failures.yml").read_text())
SECRET = "Xq17"
TASK = JudgementTask(
    judgement_id="j",
    submission_id="s",
    token="t",
    kind=SubmissionKind.SUBMIT,
    problem="failure",
    problem_version="v1",
    language="",
    source="",
    own_input=None,
    user="ada",
    contest=None,
    attempt=1,
)


def _judged(judge: Judge, task: JudgementTask) -> JudgementOutcome:
    steps = judge.judge(task)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            outcome: JudgementOutcome = stop.value
            return outcome


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
    judge = Judge(
        sandbox=real_sandbox,
        languages=languages,
        problems=ProblemCache(lambda slug, version: problem),
        executables=ExecutableCache(tmp_path / "executables"),
    )
    outcome = _judged(judge, replace(TASK, language=row["language"], source=row["source"]))
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
