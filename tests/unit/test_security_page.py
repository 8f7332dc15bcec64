"""docs/security.md claims nothing without a test: each that it names is there, and each case of the hostile suites."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)(?:\[(\w+)\])?`", PAGE)))
CASES = {"test_hostile_program": "hostile", "test_hostile_submission": "hostile_languages"}


@pytest.mark.parametrize(("file", "name", "case"), NAMED, ids=[f"{name}-{case}" for _, name, case in NAMED])
def test_the_named_test_exists(file: str, name: str, case: str) -> None:
    functions = [node for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.FunctionDef)]
    coroutines = [
        node for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert name in {node.name for node in [*functions, *coroutines]}
    if case:
        assert (ROOT / "tests" / "sandbox" / CASES[name] / case / "case.yml").is_file()


def test_every_attack_has_a_test() -> None:
    table = PAGE.partition("## Attack by attack")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 30
    for asset, attack, walls, proof in rows:
        assert re.fullmatch(r" [1-6](, [1-6])* ", walls), attack
        assert "`tests/" in proof, attack
        assert asset.strip() or attack.strip()
