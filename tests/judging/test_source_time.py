"""No source can hold a grader: what reads sources in its process (which file a program begins in, what a class is
called, where a harness finds the learner's function) takes time in proportion to their size."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from function_support import signature

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.plugins import languages
from jupyter_oj_graders.functions import HARNESSES, harnessed
from jupyter_oj_graders.functions.base import plain
from jupyter_oj_graders.sources import arrange

SMALL, LARGE = 4 << 10, 32 << 10
GROWTH = LARGE / SMALL
PATIENCE = 4.0
"""What noise and caches may add to a growth in proportion; by the square it would be `GROWTH` times as much."""
LEAST_S = 0.02
"""Times below this are noise: they are taken for this long."""

NASTY = {
    "empty lines": "\n",
    "spaces": " ",
    "annotations": "@a\n",
    "annotations in a line": "@a ",
    "modifiers": "public\n",
    "more modifiers": "public static final\n",
    "escaped quotes": '\\"',
    "quotes": '"',
    "quoted quotes": "'\"'",
    "comments": "/* ",
    "line comments": "// */ ",
    "classes": "class ",
    "statics": "static ",
    "functions": "fun same ",
    "includes": "# include ",
}


def took(work: Callable[[str], object], unit: str, size: int) -> float:
    """CPU seconds, the better of two."""
    source, best = (unit * size)[:size], float("inf")
    for _ in range(2):
        begun = time.process_time()
        work(source)
        best = min(best, time.process_time() - begun)
    return max(best, LEAST_S)


def all_work(language: str) -> Callable[[str], object]:
    """Everything that is done with a learner's source before it is in the sandbox."""
    known = languages()[language]
    wanted = signature("list[int]", numbers="list[int]")

    def work(source: str) -> None:
        one = SourceFile("source", source.encode())
        arrange(known, (one,))
        arrange(known, (replace(one, name=f"a{known.extensions[0]}"), replace(one, name=f"b{known.extensions[0]}")))
        if language in HARNESSES:
            harnessed(wanted, known, (one,))

    return work


@pytest.mark.parametrize("language", sorted(set(languages()) - {"text"}))
def test_time_grows_with_the_source_and_no_faster(language: str) -> None:
    work = all_work(language)
    for name, unit in NASTY.items():
        small, large = took(work, unit, SMALL), took(work, unit, LARGE)
        assert large < GROWTH * PATIENCE * small, f"{name}: {small:.3f} s, then {large:.3f} s"


@pytest.mark.parametrize(
    ("source", "rest"),
    [
        ("a // class B", "a  "),
        ("a /* class B */ c", "a   c"),
        ('s = "// no comment"; // one', 's = "// no comment";  '),
        ("""c = '"'; // one""", """c = '"';  """),
        ("""c = '\\''; // one""", """c = '\\'';  """),
        ('s = "not closed // still\n// one', 's = "not closed // still\n '),
        ("fn f<'a,'b>() // one", "fn f<'a,'b>()  "),
    ],
)
def test_comments_are_told_from_strings_and_characters(source: str, rest: str) -> None:
    assert plain(source) == rest


def test_a_public_class_is_found_beside_its_annotations() -> None:
    java = languages()["java"]
    for source in (
        "@Deprecated public final class Name {}",
        "@Deprecated\n@Other\npublic class Name {}",
        "\t public\n  record Name() {}",
        "\n\n  public abstract\nsealed class Name {}",
    ):
        assert arrange(java, (SourceFile("source", source.encode()),)).entry == "Name.java"
