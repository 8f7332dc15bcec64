"""What a learner's code may do in the sandbox never makes a wrong answer right, and never a right one wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from by_hand import judged
from function_support import LIMITS, signature

from jupyter_oj_extension.domain.judgement import JudgementOutcome, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import OutputValidator, Problem, TestCase
from jupyter_oj_extension.domain.signature import Comparison, Function, Signature
from jupyter_oj_graders.evaluations.function import TOO_LARGE
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_sandbox.api import Sandbox

pytestmark = [pytest.mark.podman, pytest.mark.long]

INCREASING = signature("list[int]", numbers="list[int]", name="increasing")
TESTS = [([3, 1, 2], [1, 2, 3]), ([5], [5]), ([2, 2, -9], [-9, 2, 2])]
CASES: list[dict[str, str]] = yaml.safe_load(Path(__file__).with_name("function_cheats.yml").read_text())


class Bench:
    """A judge over one function problem in the real sandbox."""

    def __init__(self, sandbox: Sandbox, languages: dict[str, Language], folder: Path) -> None:
        self._sandbox, self._languages, self._folder = sandbox, languages, folder
        self._executables = ExecutableCache(folder / "cache")

    def problem(self, of: Signature, tests: list[tuple[Any, Any]], comparison: Comparison | None = None) -> Problem:
        cases = []
        for index, (given, answer) in enumerate(tests):
            stem = self._folder / f"test-{index}"
            stem.with_suffix(".in").write_text(json.dumps([given]))
            stem.with_suffix(".ans").write_text(json.dumps(answer))
            group = "secret" if index else "sample"
            cases.append(TestCase(f"{group}/{index}", group, stem.with_suffix(".in"), stem.with_suffix(".ans")))
        function = Function(of, comparison or Comparison())
        kind = "function pass-fail"
        limits = replace(LIMITS, memory_mib=128)
        return Problem("f", "F", "v", "", limits, OutputValidator(), tuple(cases), type=kind, function=function)

    def __call__(self, problem: Problem, language: str, source: str, **task: Any) -> JudgementOutcome:
        return judged(problem, language, source, self._sandbox, self._languages, executables=self._executables, **task)


@pytest.fixture
def bench(real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path) -> Bench:
    return Bench(real_sandbox, languages, tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['name']}")
def test_verdicts(bench: Bench, case: dict[str, str]) -> None:
    outcome = bench(bench.problem(INCREASING, TESTS), case["language"], case["source"])
    assert outcome.verdict == case["verdict"], outcome


def test_a_compiler_names_the_learners_lines(bench: Bench) -> None:
    source = "std::vector<int> increasing(std::vector<int> n) {\n  return m;\n}\n"
    outcome = bench(bench.problem(INCREASING, TESTS), "cpp", source)
    assert "solution.cpp:2:10: error" in str(outcome.compiler_output)


def test_nan_is_no_way_out(bench: Bench) -> None:
    of = signature("float", x="float", name="half")
    problem = bench.problem(of, [(1.0, 0.5), (3.0, 1.5), ("NaN", "NaN")])
    assert bench(problem, "python3", "def half(x):\n    return x / 2 + 1e-11\n").verdict == "AC"
    assert bench(problem, "python3", "def half(x):\n    return float('nan')\n").verdict == "WA"
    assert bench(problem, "python3", "def half(x):\n    return x / 2 if x == x else 0\n").verdict == "WA"


def test_an_argument_changed_in_place(bench: Bench) -> None:
    of = signature("list[int]", changes=0, numbers="list[int]", name="increase")
    problem = bench.problem(of, TESTS)
    assert bench(problem, "python3", "def increase(numbers):\n    numbers.sort()\n").verdict == "AC"
    assert bench(problem, "python3", "def increase(numbers):\n    return sorted(numbers)\n").verdict == "WA"
    ours = "void increase(std::vector<int> &n) { std::sort(n.begin(), n.end()); }\n"
    assert bench(problem, "cpp", ours).verdict == "AC"
    assert bench(problem, "cpp", ours.replace("&", "")).verdict == "WA"
    assert bench(problem, "rust", "fn increase(n: &mut Vec<i32>) { n.sort(); }\n").verdict == "AC"


def test_a_list_without_end_is_a_wrong_answer(bench: Bench) -> None:
    of = signature("linked_list[int]", numbers="linked_list[int]", name="circle")
    problem = bench.problem(of, [([1, 2], [1, 2])])
    outcome = bench(problem, "python3", "def circle(node):\n    node.next = node\n    return node\n")
    assert outcome.verdict == "WA"
    assert "circle" in str(outcome.runs[0].message)


def test_a_learner_sees_the_result_and_beside_it_what_was_printed(bench: Bench) -> None:
    source = "def increasing(numbers):\n    print('looking at', numbers)\n    return numbers\n"
    sample = bench(bench.problem(INCREASING, TESTS), "python3", source, kind=SubmissionKind.RUN).runs[0]
    assert sample.verdict == "WA"
    assert sample.message == "At [0]: expected 1, got 3."
    assert (sample.input, sample.expected) == ("[[3, 1, 2]]", "[1, 2, 3]")
    assert sample.output == "[3, 1, 2]\n\nPrinted:\nlooking at [3, 1, 2]\n"
    own = bench(bench.problem(INCREASING, TESTS), "python3", source, kind=SubmissionKind.RUN, own_input="[[7]]")
    assert (own.verdict, own.runs[0].output) == ("AC", "[7]\n\nPrinted:\nlooking at [7]\n")
    assert own.runs[0].expected is None


def test_the_answer_is_nowhere_in_the_sandbox(bench: Bench) -> None:
    """Not in the files a run can read, not in its memory, arguments or environment."""
    of = signature("string", text="string", name="find")
    source = """
import os, gc
def find(text):
    found = [str(dict(os.environ)), open('/proc/self/cmdline').read()]
    for folder in ('/box', '/scratch'):
        found += [open(f'{folder}/{name}', errors='replace').read() for name in os.listdir(folder)]
    found += [o for o in gc.get_objects() if isinstance(o, str)]
    return 'gotcha' + '-9731' if any('gotcha' + '-9731' in part for part in found) else ''
"""
    assert bench(bench.problem(of, [("x", "gotcha-9731")]), "python3", source).verdict == "WA"


def test_the_problems_own_validator_may_judge_the_result(bench: Bench, tmp_path: Path) -> None:
    program = tmp_path / "output_validator" / "validate.py"
    program.parent.mkdir()
    program.write_text(
        "import json, sys\nnumbers = json.load(sys.stdin)\n(given,) = json.load(open(sys.argv[1]))\n"
        "sys.exit(42 if sorted(numbers) == sorted(given) and numbers[0] == max(given) else 43)\n"
    )
    problem = bench.problem(INCREASING, TESTS)
    problem = replace(problem, validator=OutputValidator("custom", program=program), version="w", root=tmp_path)
    right = "def increasing(numbers):\n    return sorted(numbers, key=lambda n: -n)\n"
    assert bench(problem, "python3", right).verdict == "AC"
    assert bench(problem, "python3", "def increasing(numbers):\n    return sorted(numbers)\n").verdict == "WA"
    assert bench(problem, "python3", "def increasing(numbers):\n    return ['x']\n").verdict == "WA"


def test_an_exception_is_told_with_the_learners_line(bench: Bench) -> None:
    source = "def increasing(numbers):\n    return {}[numbers[0]]\n"
    run = bench(bench.problem(INCREASING, TESTS), "python3", source).runs[0]
    assert (run.verdict, run.error_type, run.error_line) == ("RTE", "KeyError", 2)
    source = (
        "import java.util.*;\nclass Solution {\n  List<Integer> increasing(List<Integer> n) {\n"
        "    return n.subList(9, 8);\n  }\n}\n"
    )
    run = bench(bench.problem(INCREASING, TESTS), "java", source).runs[0]
    assert (run.verdict, run.error_line) == ("RTE", 4)


def test_a_result_far_larger_than_the_expected_one_is_not_even_read(bench: Bench) -> None:
    """Reading 8 MiB of small values would keep the grader busy for longer than any program may run."""
    outcome = bench(bench.problem(INCREASING, TESTS), "python3", "def increasing(n):\n    return [0] * 100_000\n")
    assert (outcome.verdict, outcome.runs[0].message) == ("WA", TOO_LARGE)
    right = bench.problem(INCREASING, [(list(range(100_000)), list(range(100_000)))])
    assert bench(right, "python3", "def increasing(n):\n    return n\n").verdict == "AC"
