"""Answers in a ZIP archive: which text they become, and what is refused."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from jupyter_oj_extension.domain.answers import answer_to, answers
from jupyter_oj_extension.domain.errors import OJError, TooLarge, Unprocessable
from jupyter_oj_extension.packages.answer_archive import MAX_FILES, as_text

TESTS = ("secret/a/1", "secret/a/2", "secret/b/1")


def packed(*files: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ([("a/1.out", "x\n"), ("2.txt", "y")], "=== a/1 ===\nx\n=== 2 ===\ny\n"),
        ([("mine/1.out", "x\n"), ("mine/2.out", "y\n")], "=== 1 ===\nx\n=== 2 ===\ny\n"),
        ([("a/1.out", "x\n"), ("a/2.out", "")], "=== a/1 ===\nx\n=== a/2 ===\n\n"),
        ([("all.txt", "=== 2 ===\ny\n")], "=== 2 ===\ny\n"),
        ([("answer", "6 7\n")], "6 7\n"),
        ([("2.ans", "y\n")], "=== 2 ===\ny\n"),
        ([("__MACOSX/._1.out", b"\0\xff"), (".DS_Store", b"\0"), ("a/1.out", "x\n")], "=== a/1 ===\nx\n"),
    ],
)
def test_the_text_it_becomes(files: list[tuple[str, str]], text: str) -> None:
    assert as_text(packed(*files), TESTS, 128) == text


def test_each_test_gets_its_file() -> None:
    text = as_text(packed(("all/a/1.out", "x\n"), ("all/b/1.out", "y\n")), TESTS, 128)
    given = answers({"source": text.encode()}, TESTS)
    assert [answer_to(test, given) for test in TESTS] == [b"x\n", None, b"y\n"]


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("1.out")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


BOMB = ("1.out", b"\0" * (64 << 20))
LIES = packed(("1.out", "x" * 90_000)).replace((90_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("archive", "error", "told"),
    [
        (b"", Unprocessable, "cannot be unpacked"),
        (b"PK\5\6 what is this", Unprocessable, "cannot be unpacked"),
        (packed(("a/1.out", "x" * 999))[:-80], Unprocessable, "cannot be unpacked"),
        (LIES, Unprocessable, "cannot be unpacked"),
        (packed(), Unprocessable, "is empty"),
        (packed(("../1.out", "x")), Unprocessable, "has a name that no test has"),
        (packed(("/1.out", "x")), Unprocessable, "has a name that no test has"),
        (packed(("1 2.out", "x")), Unprocessable, "has a name that no test has"),
        (packed(("1.out", "x"), ("1.ans", "y")), Unprocessable, "another answer to the same test"),
        (packed((link(), "2.out")), Unprocessable, "no plain file"),
        (packed(("1.out", b"\xff\xfe"), ("2.out", "y")), Unprocessable, "'1.out' is no UTF-8 text"),
        (packed(("1.out", b"\0"), ("2.out", "y")), Unprocessable, "'1.out' holds a NUL"),
        (packed(("1.out", "x\n=== 2 ===\ny\n"), ("2.out", "y")), Unprocessable, "begins an answer"),
        (packed(("one.out", "x"), ("two.out", "y")), Unprocessable, r"named like a test \(one.out, two.out\)"),
        (packed(BOMB), TooLarge, "at most 128 KiB"),
        (packed(*((f"{n}.out", "") for n in range(MAX_FILES + 1))), TooLarge, "at most 1000 files"),
    ],
)
def test_what_is_refused(archive: bytes, error: type[OJError], told: str) -> None:
    with pytest.raises(error, match=told):
        as_text(archive, TESTS, 128)
