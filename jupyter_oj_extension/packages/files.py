"""A package's folder, read with suspicion: sizes are bounded, and no link leads out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from jupyter_oj_extension.domain.errors import PackageError

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")
"""File names of the format; what is named otherwise is treated as if it were not there ("General requirements")."""
TEXT_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class PackageFiles:
    """Access to one package folder. Paths are relative to `root`, with forward slashes."""

    root: Path

    def has(self, name: str) -> bool:
        return (self.root / name).exists()

    def names(self, folder: str) -> list[str]:
        """Entries of a folder in lexicographic order, without those the format ignores; none if there is no folder."""
        path = self.root / folder
        if not path.is_dir():
            return []
        self.inside(path)
        return sorted(entry.name for entry in path.iterdir() if NAME.fullmatch(entry.name))

    def walk(self, folder: str) -> Iterator[str]:
        """Regular files below a folder, sorted within each folder."""
        for name in self.names(folder):
            path = f"{folder}/{name}"
            self.inside(self.root / path)
            if (self.root / path).is_dir():
                if (self.root / path).is_symlink():
                    raise PackageError(f"{path}: a link to a folder is not supported; copy the folder")
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
        if not (real.is_file() or real.is_dir()):
            raise PackageError(f"{shown}: is neither a file nor a folder")
        return path

    def text(self, name: str) -> str:
        """A small UTF-8 text file with its line ends as LF."""
        path = self.inside(self.root / name)
        if path.stat().st_size > TEXT_LIMIT:
            raise PackageError(f"{name}: larger than {TEXT_LIMIT >> 20} MiB")
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise PackageError(f"{name}: not UTF-8 text; save it as UTF-8") from None
        except OSError as error:
            raise PackageError(f"{name}: cannot be read ({error.strerror})") from None

    def yaml(self, name: str) -> dict[str, Any]:
        """A YAML file that holds a map with text keys; an absent or empty file is an empty map."""
        if not self.has(name):
            return {}
        try:
            data = yaml.safe_load(self.text(name))
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise PackageError(f"{name}: not valid YAML ({' '.join(str(error).split())})") from None
        if data is None:
            return {}
        if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
            raise PackageError(f"{name}: must hold a map of keys to values")
        return data


def text_list(value: Any, where: str) -> tuple[str, ...]:
    """A list of plain values as text. A single text is a list of one; `where` names the key in the error."""
    if value is None:
        return ()
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str | int | float) for item in items):
        raise PackageError(f"{where}: must be a list of texts")
    return tuple(str(item) for item in items)
