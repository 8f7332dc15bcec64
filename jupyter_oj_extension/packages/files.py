"""A package's folder, read with suspicion: sizes, depths and numbers are bounded, and no link leads out of it."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.packages.yaml_text import load

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")
"""File names of the format; what is named otherwise is treated as if it were not there ("General requirements")."""
TEXT_LIMIT = 1 << 20
FOLDER_LIMIT = 100_000
"""Entries of one folder, those that are passed over included."""
DEPTH_LIMIT = 12


@dataclass(frozen=True, slots=True)
class PackageFiles:
    """Access to one package folder. Paths are relative to `root`, with forward slashes."""

    root: Path

    def has(self, name: str) -> bool:
        """Whether there is such an entry, a link that leads nowhere included: reading it then says what is wrong."""
        return os.path.lexists(self.root / name)

    def is_folder(self, name: str) -> bool:
        return os.path.isdir(self.root / name)  # Path.is_dir raises for a link to an impossible name

    def names(self, folder: str) -> list[str]:
        """Entries of a folder in lexicographic order, without those the format ignores; none if there is no folder."""
        path = self.root / folder
        if not os.path.isdir(path):
            return []
        self.inside(path)
        found = []
        try:
            with os.scandir(path) as entries:
                for count, entry in enumerate(entries):
                    if count >= FOLDER_LIMIT:
                        raise PackageError(f"{folder}: holds more than {FOLDER_LIMIT} files")
                    if NAME.fullmatch(entry.name):
                        found.append(entry.name)
        except OSError as error:
            raise PackageError(f"{folder}: cannot be read ({error.strerror})") from None
        return sorted(found)

    def walk(self, folder: str) -> Iterator[str]:
        """Regular files below a folder, sorted within each folder. Links to folders of the package are followed."""
        if folder.count("/") >= DEPTH_LIMIT:
            raise PackageError(
                f"{folder[:80]}…: folders lie too deep in each other (or a link leads round in a circle)"
            )
        for name in self.names(folder):
            path = f"{folder}/{name}"
            if os.path.isdir(self.inside(self.root / path)):
                yield from self.walk(path)
            else:
                yield path

    def inside(self, path: Path) -> Path:
        """`path`, checked: it is a file or folder of this package, also when it is a link. Raises `PackageError`."""
        shown = path.relative_to(self.root)
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):
            raise PackageError(f"{shown}: is missing, or a link that leads nowhere") from None
        if not real.is_relative_to(self.root.resolve()):
            raise PackageError(f"{shown}: the link leads out of the package; copy the file into it")
        if not (os.path.isfile(real) or os.path.isdir(real)):
            raise PackageError(f"{shown}: is neither a file nor a folder")
        return path

    def file(self, name: str) -> Path:
        """The path of a regular file of this package."""
        path = self.inside(self.root / name)
        if not os.path.isfile(path):
            raise PackageError(f"{name}: is not a file")
        return path

    def text(self, name: str, limit: int = TEXT_LIMIT) -> str:
        """A small UTF-8 text file with its line ends as LF."""
        path = self.file(name)
        try:
            with path.open("rb") as file:
                content = file.read(limit + 1)
        except OSError as error:
            raise PackageError(f"{name}: cannot be read ({error.strerror})") from None
        if len(content) > limit:
            raise PackageError(f"{name}: larger than {limit >> 10} KiB")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise PackageError(f"{name}: not UTF-8 text; save it as UTF-8") from None
        if "\0" in text:
            raise PackageError(f"{name}: holds a NUL character, so it is no text")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def yaml(self, name: str, constants: Mapping[str, str] | None = None) -> dict[str, Any]:
        """A YAML file that holds a map with text keys; an absent or empty file is an empty map. Each ``{{name}}`` of
        `constants` is replaced first."""
        if not self.has(name):
            return {}
        return load(with_constants(self.text(name), constants or {}), name)


def with_constants(text: str, constants: Mapping[str, str]) -> str:
    """`text` with each ``{{name}}`` of a constant replaced by its value; others stay as they are."""
    if not constants:
        return text
    return re.sub(r"\{\{(\w+)\}\}", lambda match: constants.get(match[1], match[0]), text)


def text_list(value: Any, where: str) -> tuple[str, ...]:
    """A list of plain values as text. A single text is a list of one; `where` names the key in the error."""
    if value is None:
        return ()
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str | int | float) for item in items):
        raise PackageError(f"{where}: must be a list of texts")
    return tuple(str(item) for item in items)


def words(value: Any, where: str) -> tuple[str, ...]:
    """Arguments of a program: a list, or, as older formats have it, one text with spaces between them, where quotes
    keep together what belongs together (DOMjudge). A number is one argument."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (str(value),)
    return split(value) if isinstance(value, str) else text_list(value, where)


def split(text: str) -> tuple[str, ...]:
    """The words of a command line without a shell's other signs. A quote that is not closed is a letter."""
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", ""
    try:
        return tuple(lexer)
    except ValueError:
        return tuple(text.split())


def number(value: Any, where: str) -> float:
    """A finite number, also when it is written as text."""
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError
        read = float(value)
        if not abs(read) < float("inf"):
            raise ValueError
    except (ValueError, OverflowError):
        raise PackageError(f"{where}: {shown(value)} is not a number") from None
    return read


def shown(value: Any) -> str:
    """A value of a package as it may stand in a message: one line, not long."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
