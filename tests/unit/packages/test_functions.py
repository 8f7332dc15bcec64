"""``function`` in ``jupyter_oj.yaml``, and the starters that are made from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from package_support import write_package

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.packages import functions, read
from jupyter_oj_extension.starters import NOTATIONS, starters

YAML = """function:
  name: closest
  parameters: {numbers: "list[float]", limit: float}
  returns: bool
"""
FILES: dict[str, str | None] = {
    "jupyter_oj.yaml": YAML,
    "data/sample/1.in": "[[1.0, 2.0], 0.5]\n",
    "data/sample/1.ans": "false\n",
    "data/secret/1.in": '{"limit": 3, "numbers": [1, 2]}\n',
    "data/secret/1.ans": "true\n",
}


def test_a_package_becomes_a_function_problem(tmp_path: Path) -> None:
    problem = read(write_package(tmp_path / "closest", FILES))
    assert problem.types == {"pass-fail", "function"}
    assert problem.function is not None
    signature = problem.function.signature
    assert (signature.name, [str(p.type) for p in signature.parameters]) == ("closest", ["list[float]", "float"])
    assert set(problem.languages) == set(problem.starters) == set(NOTATIONS)
    functions.check_tests(problem.function, problem.cases)
    assert functions.read_function(functions.described(problem.function)) == problem.function


def test_a_language_without_a_notation_is_left_out_and_a_starter_may_be_the_packages(tmp_path: Path) -> None:
    text = YAML + "starters: {go: mine}\n"
    metadata = "problem_format_version: 2025-09\nname: C\nuuid: x\nlanguages: [python3, go, bash]\n"
    problem = read(write_package(tmp_path / "closest", FILES | {"jupyter_oj.yaml": text, "problem.yaml": metadata}))
    assert problem.languages == ("python3", "go")
    assert problem.starters["go"] == "mine"


def test_an_argument_may_be_the_result(tmp_path: Path) -> None:
    function = functions.read_function(
        {"name": "f", "parameters": {"a": "int", "grid": "matrix[int]"}, "returns": "argument grid"}
    )
    assert function is not None
    assert (function.signature.changes, str(function.signature.result)) == (1, "list[list[int]]")
    assert functions.read_function(functions.described(function)) == function
    assert "grid: list[list[int]]) -> None" in starters(function.signature)["python3"]
    assert "vector<vector<int>> &grid" in starters(function.signature)["cpp"]
    assert "&mut Vec<Vec<i32>>" in starters(function.signature)["rust"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "class"}, "is a keyword of"),
        ({"name": "main"}, "is taken"),
        ({"name": "oj_call"}, "the judge's own"),
        ({"name": "a-b"}, "letters, digits"),
        ({"parameters": {"numbers": "list"}}, "is missing"),
        ({"parameters": {"x y": "int"}}, "letters, digits"),
        ({"parameters": ["int"]}, "must be a map"),
        ({"parameters": {"Limit": "int", "limit": "int"}}, "capitals"),
        ({"returns": "argument other"}, "no parameter"),
        ({"returns": "argument limit"}, "no function can change"),
        ({"returns": "void"}, "is no type"),
        ({"compare": {"float_tolerance": -1}}, "float_tolerance"),
        ({"compare": {"float_tolerance": "much"}}, "float_tolerance"),
        ({"compare": {"unordered": "some"}}, "unordered"),
        ({"compare": {"unordered": True}}, "is for lists"),
        ({"compare": {"exact": True}}, "compare"),
        ({"extra": 1}, "must be a map of name"),
    ],
)
def test_what_cannot_be_is_refused_by_name(changes: dict[str, object], says: str) -> None:
    given = {"name": "closest", "parameters": {"numbers": "list[float]", "limit": "float"}, "returns": "bool"}
    with pytest.raises(PackageError, match=says) as refusal:
        functions.read_function(given | changes)
    assert str(refusal.value).startswith("jupyter_oj.yaml: function")


def test_an_interactive_function_is_refused(tmp_path: Path) -> None:
    metadata = "problem_format_version: 2025-09\nname: C\nuuid: x\ntype: interactive\n"
    with pytest.raises(PackageError, match="cannot be interactive"):
        read(write_package(tmp_path / "closest", FILES | {"problem.yaml": metadata}))


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("data/secret/1.in", "[[1], 2, 3]", "array of 2 arguments"),
        ("data/secret/1.in", '[["x"], 2]', r"numbers\[0\]: must be float"),
        ("data/secret/1.in", "{", "not JSON"),
        ("data/secret/1.ans", "1", "must be bool"),
    ],
)
def test_a_test_that_does_not_fit_is_named(tmp_path: Path, file: str, text: str, says: str) -> None:
    problem = read(write_package(tmp_path / "closest", FILES | {file: text}))
    assert problem.function is not None
    with pytest.raises(PackageError, match=says) as refusal:
        functions.check_tests(problem.function, problem.cases)
    assert file in str(refusal.value)


def test_a_parameter_that_is_a_keyword_somewhere_is_written_otherwise_there() -> None:
    function = functions.read_function({"name": "f", "parameters": {"in": "int", "type": "int"}, "returns": "int"})
    assert function is not None
    made = starters(function.signature)
    assert "def f(in_: int, type: int)" in made["python3"]
    assert "func f(in int, type_ int) int" in made["go"]
    assert "fn f(in_: i32, type_: i32) -> i32" in made["rust"]
