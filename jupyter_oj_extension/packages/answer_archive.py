"""Answers in a ZIP archive, a file a test, as a submission: unpacked in memory, bounded, and made one text with
sections, which is what a submission of answers is (`domain.answers`). So it is kept and shown like any other source.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Collection
from pathlib import PurePosixPath

from jupyter_oj_extension.domain.answers import HEADER, answer_to, stem
from jupyter_oj_extension.domain.errors import TooLarge, Unprocessable
from jupyter_oj_extension.packages.archive import DAMAGED

MAX_FILES = 1000
NAME_CHARACTERS = 200
_ENCRYPTED = 0x1


def as_text(archive: bytes, tests: Collection[str], limit_kib: int) -> str:
    """The answers in `archive` to tests of these names. A file that does not end with a line's end gets one.

    Raises `Unprocessable` for what is no such archive, with the name of the file that is wrong; `TooLarge` for more
    than `MAX_FILES` files, or more than `limit_kib` in all of them together.
    """
    files = _matched(unpack(archive, limit_kib), tests)
    texts = {name: _text(name, content) for name, content in files.items()}
    if len(texts) == 1 and not _named(files, tests):
        (text,) = texts.values()
        return text
    for name, content in files.items():
        if HEADER.search(content):
            raise Unprocessable(f"the archive's file {name!r} holds a line like '=== 01 ===', which begins an answer")
    if not _named(files, tests):
        raise Unprocessable(
            f"no file of the archive is named like a test ({', '.join(sorted(files)[:3])}): "
            "call the answer to test 01 01.out, and put it at the top of the archive"
        )
    return "".join(
        f"=== {stem(name)} ===\n{text}{'' if text.endswith(chr(10)) else chr(10)}" for name, text in texts.items()
    )


def unpack(archive: bytes, limit_kib: int) -> dict[str, bytes]:
    """The plain files of `archive` by name; what file managers put beside them is left out. Errors as in `as_text`."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir() and not _is_clutter(entry.filename)]
            _check(entries, limit_kib)
            return {entry.filename: _read(opened, entry) for entry in entries}
    except DAMAGED as error:
        words = " ".join(str(error).split())[:200]
        raise Unprocessable(f"the archive cannot be unpacked: make a plain ZIP file of the answers ({words})") from None


def _check(entries: list[zipfile.ZipInfo], limit_kib: int) -> None:
    if not entries:
        raise Unprocessable("the archive is empty: put a file for each test into it")
    if len(entries) > MAX_FILES:
        raise TooLarge(f"the archive may hold at most {MAX_FILES} files, and holds {len(entries)}")
    if sum(entry.file_size for entry in entries) > limit_kib * 1024:
        raise TooLarge(f"the archive's files may have at most {limit_kib} KiB together")
    seen: set[str] = set()
    for entry in entries:
        name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or len(name) > NAME_CHARACTERS or " " in name:
            raise Unprocessable(f"the archive's file {name[:NAME_CHARACTERS]!r} has a name that no test has")
        if not name.isprintable() or stem(name) in seen:
            raise Unprocessable(f"the archive holds {name!r} twice, or as another answer to the same test")
        if kind not in (0, stat.S_IFREG) or entry.flag_bits & _ENCRYPTED:
            raise Unprocessable(f"the archive's {name!r} is no plain file, or is encrypted")
        seen.add(stem(name))


def _read(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with opened.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise TooLarge(f"the archive's {entry.filename!r} is larger than the archive says")
    return content


def _matched(files: dict[str, bytes], tests: Collection[str]) -> dict[str, bytes]:
    """`files`, without the one folder they all are in when that is no group of tests: people pack a folder."""
    tops = {PurePosixPath(name).parts[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files) or _named(files, tests):
        return files
    return {name.partition("/")[2]: content for name, content in files.items()}


def _named(files: dict[str, bytes], tests: Collection[str]) -> bool:
    given = {stem(name): content for name, content in files.items()}
    return any(answer_to(test, given) is not None for test in tests)


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise Unprocessable(f"the archive's file {name!r} is no UTF-8 text") from None
    if "\0" in text:
        raise Unprocessable(f"the archive's file {name!r} holds a NUL character")
    return text


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or parts[0] == "__MACOSX" or parts[-1].startswith(".")
