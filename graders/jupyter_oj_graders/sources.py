"""Step 0 of a submission: which files lie in the box, under which names, and in which of them the program begins.

A learner's cell is one file without a name of its own; a jury's submission may be a folder of files, a custom validator
comes with headers, a function problem with a harness. The rules are Kattis's: all files lie in one folder, those with
one of the language's extensions are the sources, and the program begins in the file that has the main method where the
language tells it from others, else in ``main.*``, else in the first by name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_sandbox.api import BoxFile

FOLDER = "/box"
_FILE_NAME = re.compile(r"[^/\0+][^/\0]*")
"""The sandbox keeps names that begin with ``+`` for itself."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """What is loaded into the box: all `files`; the names of those that are `sources`, the `entry` first."""

    files: tuple[BoxFile, ...]
    sources: tuple[str, ...]

    @property
    def entry(self) -> str:
        return self.sources[0]


def arrange(
    language: Language, sources: Sequence[SourceFile], beside: Sequence[SourceFile] = (), entry: str | None = None
) -> Arranged:
    """`sources` of a submission, with the problem's files `beside` them, which replace those of the same name (Kattis:
    ``include/<language>``).

    A submission of one file is given the name that the language asks for, whatever its own. `entry` names the file that
    the program begins in, with or without its ending, where the problem says so. Raises `JudgeError` for files that
    cannot lie in a box.
    """
    named = {source.name: source.content for source in sources}
    if len(sources) == 1:
        named = {_own_name(language, sources[0].content): sources[0].content}
    named |= {file.name: file.content for file in beside}
    for name in named:
        if not _FILE_NAME.fullmatch(name) or name in (".", "..") or len(os.fsencode(name)) > 255:
            raise JudgeError(f"{name!r} cannot lie beside a program: files of submissions lie in one folder")
    added = {file.name for file in beside}
    # The submission's own files first: an included one is where the program begins only when it is called ``main``.
    names = sorted(
        (name for name in named if PurePosixPath(name).suffix in language.extensions),
        key=lambda name: (name in added, name),
    )
    if not names:
        raise JudgeError(f"no file of the submission ends as a {language.name} source does: {', '.join(sorted(named))}")
    stems = {PurePosixPath(name).stem: name for name in reversed(names)}
    first = stems.get(entry, entry) if entry else _entry(language, named, names)
    if first not in names:
        raise JudgeError(f"the program is to begin in {first}, which is not among its files")
    files = tuple(BoxFile(name, content) for name, content in named.items())
    return Arranged(files, (first, *(name for name in names if name != first)))


def _own_name(language: Language, content: bytes) -> str:
    if language.name_pattern and (found := re.search(language.name_pattern, _text(content), re.MULTILINE)):
        return found[1] + language.extensions[0]
    return language.source_name


def _entry(language: Language, named: dict[str, bytes], names: list[str]) -> str:
    """Of those that could be it, one called ``main``, else the first by name."""
    fits = names
    if language.entry_pattern and len(names) > 1:
        begins = re.compile(language.entry_pattern, re.MULTILINE)
        fits = [name for name in names if begins.search(_text(named[name]))] or names
    return next((name for name in fits if PurePosixPath(name).stem.lower() in ("main", "__main__")), fits[0])


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
