"""Function problems at the service: what a learner gets of them, and what is refused before it is queued."""

from __future__ import annotations

from pathlib import Path

import pytest
from package_support import write_package
from store_support import ADA, Judge

from jupyter_oj_extension.domain.errors import PackageError, Unprocessable
from jupyter_oj_extension.services import notebooks, problems, submissions

FILES: dict[str, str | None] = {
    "jupyter_oj.yaml": 'function: {name: increasing, parameters: {numbers: "list[long]"}, returns: "list[long]"}\n',
    "data/sample/1.in": "[[2, 1]]\n",
    "data/sample/1.ans": "[1, 2]\n",
    "data/secret/1.in": '{"numbers": [9007199254740993, 5]}\n',
    "data/secret/1.ans": "[5, 9007199254740993]\n",
}


@pytest.fixture
def increasing(ctx: Judge, tmp_path: Path) -> str:
    return problems.import_package(ctx, write_package(tmp_path / "increasing", FILES)).slug


def run(ctx: Judge, given: str | None, language: str = "python3") -> None:
    submissions.run(ctx, ADA, problem="increasing", language=language, source="x", input=given)


def test_a_learner_gets_starters_made_from_the_signature(ctx: Judge, increasing: str) -> None:
    problem = problems.get(ctx, ADA, increasing)
    assert problem["type"] == "function pass-fail"
    assert "def increasing(numbers: list[int]) -> list[int]:" in problem["starters"]["python3"]
    assert "bash" not in problem["languages"]
    assert problem["function"] == {
        "name": "increasing",
        "parameters": [{"name": "numbers", "type": "list[long]"}],
        "returns": "list[long]",
        "changes": None,
    }
    notebook = notebooks.make(ctx, ADA, increasing, language="go")
    assert any("func increasing(numbers []int64) []int64" in cell["source"] for cell in notebook["cells"])
    assert "Function: `increasing(numbers: list[long]) → list[long]`" in notebook["cells"][0]["source"]


def test_a_function_that_changes_its_argument_says_so(ctx: Judge, tmp_path: Path) -> None:
    changes = {"jupyter_oj.yaml": str(FILES["jupyter_oj.yaml"]).replace('"list[long]"}\n', "argument numbers}\n")}
    slug = problems.import_package(ctx, write_package(tmp_path / "sorts", FILES | changes)).slug
    function = problems.get(ctx, ADA, slug)["function"]
    assert (function["returns"], function["changes"]) == ("list[long]", "numbers")
    notebook = notebooks.make(ctx, ADA, slug, language="python3")
    assert "Function: `increasing(numbers: list[long]) changes numbers`" in notebook["cells"][0]["source"]


def test_own_input_is_the_arguments(ctx: Judge, increasing: str) -> None:
    run(ctx, "[[3, 2]]")
    run(ctx, '{"numbers": []}')
    for wrong in ("3 2", "[3, 2]", '[["3"]]', "[[1.5]]", "[[1], [2]]", "[" * 50_000):
        with pytest.raises(Unprocessable, match="arguments as JSON"):
            run(ctx, wrong)


def test_a_language_without_a_harness_is_refused(ctx: Judge, increasing: str) -> None:
    with pytest.raises(Unprocessable, match="does not take that language"):
        run(ctx, None, "bash")


def test_a_test_that_does_not_fit_the_signature_is_refused_at_import(ctx: Judge, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"data/secret/1\.ans"):
        problems.import_package(ctx, write_package(tmp_path / "bad", FILES | {"data/secret/1.ans": "[0.5]\n"}))
