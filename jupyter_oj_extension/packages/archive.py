"""A package as a ZIP archive (``.zip``, ``.kpp``), unpacked without trusting it."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from jupyter_oj_extension.domain.errors import PackageError

MAX_BYTES = 2 << 30
MAX_FILES = 20_000
MAX_RATIO = 1000
"""Unpacked size over packed size of the whole archive: above it, it is a bomb and not test data."""


def extract(archive: Path, target: Path) -> Path:
    """Unpack `archive` into the empty folder `target` and answer the package's folder in it.

    Only plain files and folders are taken: a name that is absolute or climbs, a link, a device, too many files or too
    many bytes raise `PackageError`. The package may be the archive's one folder, or the archive itself.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            _check(archive, entries)
            for entry in entries:
                path = target.joinpath(*_parts(entry.filename))
                path.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(entry) as source, path.open("xb") as sink:
                    shutil.copyfileobj(_Bounded(source, entry.file_size, entry.filename), sink, 1 << 20)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise PackageError(f"{archive.name}: cannot be unpacked ({error})") from error
    if (target / "problem.yaml").exists():
        return target
    tops = [path for path in target.iterdir() if (path / "problem.yaml").is_file()]
    if len(tops) != 1:
        raise PackageError(f"{archive.name}: must hold one folder with a problem.yaml")
    return tops[0]


def _check(archive: Path, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_FILES or total > MAX_BYTES or total > MAX_RATIO * max(archive.stat().st_size, 1024):
        raise PackageError(f"{archive.name}: unpacks to {len(entries)} files of {total >> 20} MiB, which is too much")
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise PackageError(f"{archive.name}: {entry.filename} is a link or a device; put the file itself in")
        _parts(entry.filename)


def _parts(name: str) -> tuple[str, ...]:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or not path.parts:
        raise PackageError(f"{name!r}: an archive may not name files outside itself")
    return path.parts


class _Bounded:
    """Reads at most the size that the archive's directory promised."""

    def __init__(self, source: object, size: int, name: str) -> None:
        self._source, self._left, self._name = source, size, name

    def read(self, count: int = -1) -> bytes:
        data: bytes = self._source.read(count)  # type: ignore[attr-defined]
        self._left -= len(data)
        if self._left < 0:
            raise PackageError(f"{self._name}: larger than the archive says")
        return data
