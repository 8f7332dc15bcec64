"""Problem versions and their test files, kept in memory by a slot. A version's data never changes, so nothing is ever
stale."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from jupyter_oj_extension.domain.problem import Problem

PROBLEMS = 64
FILES_MIB = 96
FILE_KIB = 4096
"""Files above this are read from disk each time: the system's page cache holds them as well as we would."""


class ProblemCache:
    """`load` reads a problem version (slug, version) from where the graders keep them; its errors pass through."""

    def __init__(self, load: Callable[[str, str], Problem], *, files_mib: int = FILES_MIB) -> None:
        self._load = load
        self._problems: OrderedDict[tuple[str, str], Problem] = OrderedDict()
        self._files: OrderedDict[Path, bytes] = OrderedDict()
        self._room = files_mib << 20

    def problem(self, slug: str, version: str) -> Problem:
        key = slug, version
        found = self._problems.get(key)
        if found is None:
            found = self._problems[key] = self._load(slug, version)
            if len(self._problems) > PROBLEMS:
                self._problems.popitem(last=False)
        self._problems.move_to_end(key)
        return found

    def read(self, path: Path) -> bytes:
        """The bytes of a test's input or answer. Raises `OSError`."""
        found = self._files.get(path)
        if found is not None:
            self._files.move_to_end(path)
            return found
        content = path.read_bytes()
        if len(content) <= FILE_KIB << 10:
            self._files[path] = content
            self._room -= len(content)
            while self._room < 0:
                self._room += len(self._files.popitem(last=False)[1])
        return content
