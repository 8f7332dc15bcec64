"""Harnesses in the real sandbox: every type in every language, there and back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from function_support import called, giving_back, same, signature

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.signature import Kind, parse_type
from jupyter_oj_extension.starters import NOTATIONS
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.functions import HARNESSES
from jupyter_oj_graders.functions.wire import decode_reply
from jupyter_oj_sandbox.api import Sandbox

pytestmark = [pytest.mark.podman, pytest.mark.long]

VALUES: dict[str, list[Any]] = {
    "map[string, nullable[list[linked_list[bool]]]]": [
        {"a": [[True], [False, True], []], "ü€𝄞\0\n": None, "": []},
        {str(number): [[True] * number] * 9 for number in range(300)},
    ],
    "map[int, list[tree[float]]]": [
        {
            0: [[], [1.5], [1.0, None, 2.0, 3.0], [1.0, 2.0, None, 3.0, None, -0.0]],
            -(1 << 31): [[math.inf, -math.inf, 5e-324, None, 0.1 + 0.2]],
            (1 << 31) - 1: [[math.nan], [1.7976931348623157e308]],
        },
        {number: [[number / 7] * number] for number in range(300)},
    ],
    "map[long, list[set[char]]]": [
        {-(1 << 63): [["a", "\0", "\x7f"], []], (1 << 63) - 1: [], 2**53 + 1: [[" "]]},
        {-number: [[chr(c) for c in range(128)]] * 9 for number in range(99)},
    ],
    "list[nullable[graph]]": [[[[1, 2], [0], []], None, []], [], [[[*range(150)]] * 150]],
}
"""Between them every type, in another and as the result; few, since each is compiled."""
SCALARS: dict[str, Any] = {
    "bool": True,
    "int": -1,
    "long": 1 << 40,
    "float": 0.5,
    "string": "ü",
    "char": "c",
    "linked_list[string]": ["a", "b"],
    "tree[long]": [1, None, 2],
    "nullable[int]": 3,
    "nullable[string]": None,
}


def test_the_values_cover_every_type() -> None:
    assert frozenset().union(*(parse_type(text).kinds() for text in VALUES)) >= frozenset(Kind)
    assert set(NOTATIONS) == set(HARNESSES)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> ExecutableCache:
    return ExecutableCache(tmp_path_factory.mktemp("executables"))


@pytest.fixture(params=sorted(HARNESSES), scope="module")
def language(request: pytest.FixtureRequest, languages: dict[str, Language]) -> Iterator[Language]:
    if request.param not in languages:
        pytest.fail(f"there is no language {request.param}")
    yield languages[request.param]


@pytest.mark.parametrize("type", VALUES)
def test_values_go_there_and_back(real_sandbox: Sandbox, cache: ExecutableCache, language: Language, type: str) -> None:
    if language.id == "cppclang" and type != next(iter(VALUES)):
        return  # what is one source for two compilers is looked at once
    of = signature(type, value=type)
    source = giving_back(language.id, of, "value")
    with called(real_sandbox, cache, language, of, source) as call:
        for value in VALUES[type]:
            outcome = call(value)
            assert outcome.reply is not None, outcome.result
            assert same(of, decode_reply(of.result, outcome.reply), value)
            assert (outcome.result.exit_code, outcome.result.stdout) == (0, b"")


def test_the_starter_builds_with_every_type_and_says_that_it_is_not_written(
    real_sandbox: Sandbox, cache: ExecutableCache, language: Language
) -> None:
    held = {f"p{index}": text for index, text in enumerate([*VALUES, *SCALARS])}
    of = signature("list[int]", **held)
    with called(real_sandbox, cache, language, of, NOTATIONS[language.id].starter(of)) as call:
        outcome = call(*(values[0] for values in VALUES.values()), *SCALARS.values())
    assert outcome.reply is None
    assert outcome.result.exit_code != 0
    assert b"not written yet" in outcome.result.stderr or language.id in ("cpp", "cppclang")
