"""A short walk through what `package_fuzz` makes, and YAML of any kind: all ends well or in `PackageError`."""

from __future__ import annotations

import os
from pathlib import Path

import package_fuzz
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from package_support import write_package

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.packages import domjudge, jury, yaml_text

SEEDS = int(os.environ.get("OJ_FUZZ_CASES", "160"))


@pytest.mark.parametrize("part", range(4))
def test_odd_packages_and_archives(part: int) -> None:
    """Seeds that four divides make archives."""
    assert {package_fuzz.one(seed) for seed in range(part, SEEDS, 4)} == {"read", "refused"}


def test_a_campaign_tells_how_far_it_came(capsys: pytest.CaptureFixture[str]) -> None:
    assert package_fuzz.main(0.5) == 0
    assert " cases in 0 s: {" in capsys.readouterr().out


@pytest.mark.parametrize("text", package_fuzz.NASTY)
def test_nasty_yaml(text: str) -> None:
    try:
        assert isinstance(yaml_text.load(text, "f"), dict)
    except PackageError as error:
        assert str(error).startswith("f: ")


@given(st.text(st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_as_yaml_and_as_a_sources_comment(text: str) -> None:
    for read in (lambda: yaml_text.load(text, "f"), lambda: domjudge.expected_in(f"@EXPECTED_RESULTS@: {text}", "f")):
        try:
            read()
        except PackageError as error:
            assert "\n" not in str(error)


@given(st.text("ab{},*/[]", max_size=200), st.text("ab/.", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_pattern_is_soon_matched(pattern: str, name: str) -> None:
    jury.matches(pattern, name)


def test_braces_in_braces_take_no_time() -> None:
    assert not jury.matches("{a,b}" * 80 + "c", "accepted/x.py")


@pytest.mark.parametrize("name", ["problem.yaml", "data/secret/1.in", "data/secret/1.ans", "include/python3/x.py"])
def test_pipes_and_devices_are_no_files(tmp_path: Path, name: str) -> None:
    folder = write_package(tmp_path / "p")
    (folder / name).unlink(missing_ok=True)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(folder / name)
    with pytest.raises(PackageError, match="neither a file nor a folder"):
        packages.read(folder)


def test_a_package_of_too_many_bytes_is_refused_before_they_are_read(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "p")
    with (folder / "data" / "secret" / "1.in").open("wb") as file:
        file.truncate(30 << 30)
    with pytest.raises(PackageError, match="holds more than 2048 MiB"):
        packages.read(folder)


def test_folders_linked_in_a_circle_are_refused(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "p")
    (folder / "include").mkdir()
    (folder / "include" / "python3").symlink_to("../include")
    with pytest.raises(PackageError, match="too deep"):
        packages.read(folder)


def test_a_folder_linked_within_the_package_is_read(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "p", {"data/secret/1.in": None, "data/secret/1.ans": None})
    (folder / "data" / "secret").mkdir()
    for name in ("a", "b"):
        (folder / "data" / "secret" / name).symlink_to("../sample")
    problem = packages.read(folder)
    assert [case.name for case in problem.cases] == ["sample/1", "secret/a/1", "secret/b/1"]
