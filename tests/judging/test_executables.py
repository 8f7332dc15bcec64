"""The cache of executables: what a crash, a full disk or a second grader may do to it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_graders.executables import ExecutableCache, executable_key, pack, unpack
from jupyter_oj_sandbox.api import BoxFile


def key(number: int) -> str:
    return f"{number:064x}"


def test_keeps_bytes_and_the_empty_ones_too(tmp_path: Path) -> None:
    cache = ExecutableCache(tmp_path)
    assert cache.get(key(1)) is None
    cache.put(key(1), b"\x7fELF")
    cache.put(key(2), b"")
    assert (cache.get(key(1)), cache.get(key(2))) == (b"\x7fELF", b"")
    assert ExecutableCache(tmp_path).get(key(1)) == b"\x7fELF"


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b"", lambda b: b[:-1] + b"!", lambda b: b[:10]])
def test_a_damaged_entry_is_not_there(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    cache = ExecutableCache(tmp_path)
    cache.put(key(1), b"program")
    (path,) = (path for path in tmp_path.glob("*/*") if path.is_file())
    path.write_bytes(spoil(path.read_bytes()))
    assert cache.get(key(1)) is None
    assert not path.exists()
    cache.put(key(1), b"program")
    assert cache.get(key(1)) == b"program"


def test_the_entries_used_longest_ago_go(tmp_path: Path) -> None:
    cache = ExecutableCache(tmp_path, limit_mib=1)
    for number in range(1, 5):
        cache.put(key(number), bytes(300 << 10))
        (path,) = tmp_path.glob(f"*/{key(number)}")
        os.utime(path, (number, number))
    assert cache.get(key(1)) is not None  # used now
    cache.sweep()
    assert [cache.get(key(number)) is not None for number in range(1, 5)] == [True, False, True, True]


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = ExecutableCache(tmp_path / "file")
    cache.put(key(1), b"program")
    assert cache.get(key(1)) is None


def test_many_graders_write_the_same_entry(tmp_path: Path) -> None:
    payload = bytes(1 << 20)
    seen: list[bytes | None] = []

    def work() -> None:
        cache = ExecutableCache(tmp_path)
        for _ in range(10):
            cache.put(key(7), payload)
            seen.append(cache.get(key(7)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [payload] * 40
    assert [path.name for path in tmp_path.glob("*/*")] == [key(7)]


def test_the_key_is_everything_the_bytes_depend_on(languages: dict[str, Language]) -> None:
    cpp = languages["cpp"]
    assert cpp.compile_image is not None
    assert cpp.compile_argv is not None
    others = [
        replace(cpp, id="cpp17"),
        replace(cpp, compile_argv=(*cpp.compile_argv, "-O3")),
        replace(cpp, compile_image=replace(cpp.compile_image, packages=("g++-13",))),
    ]
    program = (BoxFile("a.cpp", b"int main() {}"), BoxFile("b.h", b""))
    keys = {executable_key(language, program) for language in (cpp, *others)}
    assert len(keys) == len(others) + 1
    assert executable_key(cpp, program) == executable_key(cpp, program[::-1])
    for changed in (program[:1], (program[0], BoxFile("c.h", b"")), (program[0], BoxFile("b.h", b"x"))):
        assert executable_key(cpp, changed) != executable_key(cpp, program)
    assert executable_key(cpp, program, "a.cpp") != executable_key(cpp, program, "b.cpp")


@pytest.mark.parametrize("files", [{}, {"a": b""}, {"a": b"1\n2", "b": b"", "c": bytes(range(256))}])
def test_packed_files_come_out_as_they_went_in(files: dict[str, bytes]) -> None:
    assert unpack(pack(files)) == files
