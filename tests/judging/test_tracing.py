"""Lines of C, C++ and Rust programs that fail, in problems of each type; what is judged is not changed by looking for
them. (Plain problems: ``failures.yml``.)"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from by_hand import judged
from function_support import LIMITS, signature

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import OutputValidator, Problem, TestCase
from jupyter_oj_extension.domain.signature import Comparison, Function
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders.judge import Manner
from jupyter_oj_sandbox.api import Sandbox

GUESS = Path(__file__).parent / "packages" / "guess"
THROWS = '#include <stdexcept>\nint main() {\n  throw std::logic_error("Xq17");\n}\n'


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Two hidden tests with empty answers."""
    for name in "12":
        (tmp_path / f"{name}.in").write_text(name)
        (tmp_path / f"{name}.ans").write_text("")
    cases = tuple(TestCase(f"secret/{n}", "secret", tmp_path / f"{n}.in", tmp_path / f"{n}.ans") for n in "12")
    return Problem("p", "P", "v", "", LIMITS, OutputValidator(), cases)


TELLS = {"-g", "-gdwarf-4", "-lbacktrace", "debuginfo=1"} | {
    f"link-arg={word}" for word in ("/box/oj_where.c", "-DOJ_ABORTS", "-lbacktrace")
}
KEEPS_QUIET = {"-s", "strip=symbols", "--remap-path-prefix", "/box/="}


@pytest.mark.parametrize("language", ["c", "cpp", "cppclang", "rust"])
def test_it_is_built_as_the_program_is_but_with_its_lines(language: str, languages: dict[str, Language]) -> None:
    given = languages[language]
    assert given.compile_argv is not None and given.trace_argv is not None
    kept = [word for word in given.compile_argv[1:] if word not in KEEPS_QUIET | {"-C"}]
    assert [word for word in given.trace_argv[1:] if word not in TELLS | {"-C"}] == kept


@pytest.mark.podman
def test_a_function(real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path) -> None:
    stem = tmp_path / "1"
    stem.with_suffix(".in").write_text(json.dumps([[1, 2]]))
    stem.with_suffix(".ans").write_text("1")
    case = TestCase("secret/1", "secret", stem.with_suffix(".in"), stem.with_suffix(".ans"))
    function = Function(signature("int", numbers="list[int]", name="pick"), Comparison())
    asked = Problem("f", "F", "v", "", LIMITS, OutputValidator(), (case,), type="function pass-fail", function=function)
    source = "#include <vector>\nint pick(std::vector<int> numbers) {\n\n  return numbers.at(5);\n}\n"
    outcome = judged(asked, "cpp", source, real_sandbox, languages)
    assert (outcome.verdict, outcome.runs[0].error_type, outcome.runs[0].error_line) == ("RTE", "std::out_of_range", 4)


@pytest.mark.podman
def test_a_conversation(real_sandbox: Sandbox, languages: dict[str, Language]) -> None:
    outcome = judged(packages.read(GUESS), "cpp", THROWS, real_sandbox, languages)
    assert (outcome.verdict, outcome.runs[0].error_type, outcome.runs[0].error_line) == ("RTE", "std::logic_error", 3)
    assert outcome.runs[0].sample
    assert "SIGABRT at line 3 (" in (outcome.runs[0].message or "")


@pytest.mark.podman
def test_only_the_first_is_looked_at_twice(
    real_sandbox: Sandbox, languages: dict[str, Language], problem: Problem
) -> None:
    outcome = judged(problem, "cpp", THROWS, real_sandbox, languages, manner=Manner(past=frozenset({Verdict.RTE})))
    assert [(run.verdict, run.error_type, run.error_line) for run in outcome.runs] == [
        ("RTE", "std::logic_error", 3),
        ("RTE", "std::logic_error", None),
    ]


@pytest.mark.podman
@pytest.mark.parametrize("argv", [("/usr/bin/g++", "-missing"), ("/missing",)])
def test_without_it_the_verdict_stands(
    argv: tuple[str, ...], real_sandbox: Sandbox, languages: dict[str, Language], problem: Problem
) -> None:
    changed = languages | {"cpp": replace(languages["cpp"], trace_argv=argv)}
    run = judged(problem, "cpp", THROWS, real_sandbox, changed).runs[0]
    assert (run.verdict, run.signal, run.error_type, run.error_line) == ("RTE", "SIGABRT", "std::logic_error", None)
