"""A package as a ZIP archive (``.zip``, ``.kpp``), unpacked without trusting it."""

from __future__ import annotations

import lzma
import os
import shutil
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from jupyter_oj_extension.domain.errors import PackageError

MAX_BYTES = 2 << 30
MAX_FILES = 20_000
MAX_RATIO = 1000
"""Unpacked size over packed size of the whole archive: above it, it is a bomb and not test data."""

DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, RuntimeError, ValueError,
    LookupError,
)  # fmt: skip
"""What `zipfile` and its decompressors stumble over when bytes of an archive are not as they should be."""


def extract(archive: Path, target: Path) -> Path:
    """Unpack `archive` into the empty folder `target` and answer the package's folder in it.

    Plain files, folders and links within the archive are taken: a name or a link that is absolute or climbs out, a
    device, too many files or too many bytes raise `PackageError`. The package may be the archive's one folder, or the
    archive itself.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            _check(archive, entries)
            for entry in entries:
                if _kind(entry) == stat.S_IFLNK:
                    continue
                path = target.joinpath(*_parts(entry.filename))
                path.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(entry) as source, path.open("xb") as sink:
                    shutil.copyfileobj(_Bounded(source, entry.file_size, entry.filename), sink, 1 << 20)
            # Only now, so that no file was written through one.
            for entry in entries:
                if _kind(entry) == stat.S_IFLNK:
                    _link(target, _parts(entry.filename), opened.read(entry))
    except DAMAGED as error:
        raise PackageError(f"{archive.name}: cannot be unpacked ({' '.join(str(error).split())[:200]})") from error
    for name in ("problem.yaml", "domjudge-problem.ini"):
        if os.path.isfile(target / name):
            return target
        tops = [path for path in sorted(target.iterdir()) if not path.is_symlink() and os.path.isfile(path / name)]
        if len(tops) == 1:
            return tops[0]
    raise PackageError(f"{archive.name}: must hold one folder with a problem.yaml")


def _kind(entry: zipfile.ZipInfo) -> int:
    return stat.S_IFMT(entry.external_attr >> 16)


def _link(target: Path, parts: tuple[str, ...], content: bytes) -> None:
    path = target.joinpath(*parts)
    name = "/".join(parts)
    leads = content.decode("utf-8")
    ends = os.path.normpath(os.path.join(*parts[:-1], leads))
    if not leads or "\0" in leads or leads.startswith("/") or ends.split("/")[0] == "..":
        raise PackageError(f"{name!r}: the link leads out of the archive; put the file itself in")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.parent.resolve() != target.resolve().joinpath(*parts[:-1]):
        raise PackageError(f"{name!r}: lies behind a link")
    path.symlink_to(leads)


def _check(archive: Path, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_FILES or total > MAX_BYTES or total > MAX_RATIO * max(archive.stat().st_size, 1024):
        raise PackageError(f"{archive.name}: unpacks to {len(entries)} files of {total >> 20} MiB, which is too much")
    for entry in entries:
        link = _kind(entry) == stat.S_IFLNK and entry.file_size <= 4096
        if not link and _kind(entry) not in (0, stat.S_IFREG):
            raise PackageError(f"{archive.name}: {entry.filename!r} is neither a file nor a link")
        _parts(entry.filename)


def _parts(name: str) -> tuple[str, ...]:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or not path.parts:
        raise PackageError(f"{name!r}: an archive may not name files outside itself")
    return path.parts


class _Bounded:
    """Reads at most the size that the archive's directory promised."""

    def __init__(self, source: IO[bytes], size: int, name: str) -> None:
        self._source, self._left, self._name = source, size, name

    def read(self, count: int = -1) -> bytes:
        data = self._source.read(count)
        self._left -= len(data)
        if self._left < 0:
            raise PackageError(f"{self._name}: larger than the archive says")
        return data
