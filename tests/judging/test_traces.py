"""What is read off the standard error of programs that failed: the table, and that nothing else gets through."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_oj_graders.trace_names import PHRASES, TYPES
from jupyter_oj_graders.traces import FAMILIES, Uncaught, uncaught

TABLE = yaml.safe_load((Path(__file__).parent / "trace_table.yml").read_text())
LINES = 20


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['file']}-{row.get('type')}-{row.get('line')}")
def test_row(row: dict[str, Any]) -> None:
    source = row.get("names", "") + "\n" * (LINES - 1)
    expected = Uncaught(row["type"], row.get("line")) if "type" in row else None
    assert uncaught(row["stderr"].encode(), {row["file"]: source}, row["file"]) == expected


SCRAPS = st.sampled_from(
    [piece for row in TABLE for piece in re.split(r"(?<=[\n: ])", row["stderr"]) if piece]
    + ["secret", "Secret99", " ", "\n", ":", "^", "    at ", "/box/", "17", "999999999999999999999", "\u0663"]
)


@settings(deadline=None, max_examples=600)
@given(st.lists(SCRAPS, max_size=60).map("".join), st.sampled_from(sorted(FAMILIES)))
def test_only_names_that_are_known_or_in_the_source_and_lines_that_it_has(text: str, extension: str) -> None:
    source = "class Known(Exception): pass\n" * 5
    found = uncaught(text.encode(), {f"solution{extension}": source}, f"solution{extension}")
    if found is not None:
        assert found.type in TYPES | set(PHRASES.values()) | {"Known", "class", "Exception", "pass"}
        assert found.line is None or 1 <= found.line <= 6
        assert len(found.type) <= 80


@given(st.binary(max_size=300), st.sampled_from(sorted(FAMILIES)))
def test_no_bytes_crash_it(stderr: bytes, extension: str) -> None:
    uncaught(stderr, {f"s{extension}": ""}, f"s{extension}")


@pytest.mark.parametrize("extension", sorted(FAMILIES))
@pytest.mark.parametrize(
    "scrap",
    [
        "a", " ", "\n", "a:", "a\n", "a:\n at", "^\n", "   ", "Error in ", "Exception in thread \"", "thread '",
        "Traceback (most recent call last):\n", "  File \"/", "/", "    at (", "\tat Main.f(", "solution", "panic: ",
        "Unhandled Exception: ", "terminate called after throwing an instance of '", "at x in /",
    ],
)  # fmt: skip
def test_sixty_four_kib_of_anything_are_read_at_once(scrap: str, extension: str) -> None:
    text = (scrap * (65536 // len(scrap))).encode()
    began = time.process_time()
    uncaught(text, {f"solution{extension}": "x"}, f"solution{extension}")
    assert time.process_time() - began < 2
