"""Which part of a submission answers which test, where answers are submitted and no program is (``submit-answer``).

- files named like tests: ``01.out`` (or ``.ans``, ``.txt``, or no ending) for ``secret/01``, with its folders where
  they are needed to tell it from another (``group1/01.out``);
- one text with sections: what stands below the line ``=== 01 ===``;
- one text without sections, and not named like a test: all of it, whatever the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

ENDINGS = ("", ".out", ".ans", ".txt")
HEADER = re.compile(rb"^===[ \t]*(\S+)[ \t]*===[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def answers(files: Mapping[str, bytes], tests: Iterable[str]) -> dict[str, bytes] | bytes:
    """The answers in `files` by name without ending; or the one text that answers every one of `tests`."""
    by_name = {stem(name): content for name, content in files.items()}
    if len(files) > 1:
        return by_name
    (text,) = files.values()
    head, *parts = HEADER.split(text)
    if parts:
        names = (name.decode("utf-8", "replace") for name in parts[::2])
        return {stem(name): body for name, body in zip(names, parts[1::2], strict=True)}
    return by_name if any(answer_to(test, by_name) is not None for test in tests) else head


def answer_to(name: str, given: dict[str, bytes] | bytes) -> bytes | None:
    """The answer to the test `name` (``secret/group1/01``): by its whole name, or any end of it, the longest first."""
    if isinstance(given, bytes):
        return given
    parts = name.split("/")
    for first in range(len(parts)):
        found = given.get("/".join(parts[first:]))
        if found is not None:
            return found
    return None


def stem(name: str) -> str:
    ending = PurePosixPath(name).suffix
    return name.removesuffix(ending) if ending in ENDINGS else name
