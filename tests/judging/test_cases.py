"""Every folder in ``cases/`` judged by the real sandbox. A new case is a new folder: the source and ``case.yml``::

language: cpp
expect: RTE              the judgement's verdict
failing: 2               index of the first failing test (left out: none)
signal: SIGSEGV          of the failing run (optional)
compiler: solution.cpp:3 text that the compiler's output must have (optional)
limits: {cpu_s: 0.5}     fields of `Limits` (optional)
validator: {kind: tokens, flags: "float_tolerance 1e-6"}     (optional)
tests: [{in: "1\\n", out: "2\\n"}]
"""

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

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/case.yml"))


def _problem(case: dict[str, Any], folder: Path) -> Problem:
    tests = []
    for index, test in enumerate(case["tests"], 1):
        stem = folder / f"{index:02}"
        stem.with_suffix(".in").write_text(test["in"])
        stem.with_suffix(".ans").write_text(test["out"])
        tests.append(TestCase(f"secret/{index:02}", "secret", stem.with_suffix(".in"), stem.with_suffix(".ans")))
    rule = case.get("validator", {})
    validator = OutputValidator(rule.get("kind", "tokens"), tuple(rule.get("flags", "").split()))
    return Problem("case", "Case", "v1", "", Limits(**case.get("limits", {})), validator, tuple(tests))


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_case(folder: Path, real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path) -> None:
    case = yaml.safe_load((folder / "case.yml").read_text())
    problem = _problem(case, tmp_path)
    language = languages[case["language"]]
    source = (folder / language.source_name).read_text()
    outcome = judged(problem, language.id, source, real_sandbox, languages)
    assert (outcome.verdict, outcome.failing) == (case["expect"], case.get("failing")), outcome
    if "signal" in case:
        assert outcome.runs[-1].signal == case["signal"]
    if "compiler" in case:
        assert case["compiler"] in (outcome.compiler_output or "")
    for text in (outcome.compiler_output or "", *(run.error or "" for run in outcome.runs)):
        assert "/box/" not in text
        assert "/scratch/" not in text
    assert all(run.cpu_s >= 0 and run.memory_kib > 0 for run in outcome.runs)
