"""`jupyter oj setup`, `doctor` and `images` on a host that is set up, and the parts of set-up that need no root."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from jupyter_oj_extension.domain.language import ImageRecipe, Language
from jupyter_oj_extension.plugins import languages
from jupyter_oj_graders.commands import setup as setup_command
from jupyter_oj_graders.commands.doctor import doctor
from jupyter_oj_graders.commands.images import images
from jupyter_oj_graders.commands.setup import setup
from jupyter_oj_sandbox.cgroup_v1 import HierarchyV1
from jupyter_oj_sandbox.hostsetup import root


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OJ_STATE_DIR", str(tmp_path / "state"))


@pytest.mark.podman
def test_setting_up_again_does_nothing() -> None:
    result = CliRunner().invoke(setup)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == ["[setup] this host is set up; `jupyter oj doctor` tests it"]


@pytest.mark.podman
def test_the_doctor_says_yes() -> None:
    result = CliRunner().invoke(doctor, ["--json"])
    report = json.loads(result.output)
    assert (result.exit_code, report["able"], report["reason"]) == (0, True, None), result.output
    names = [finding["name"] for finding in report["findings"]]
    assert {"programs", "account", "cgroups", "podman", "images", "memory limit", "language cpp"} <= set(names)


@pytest.mark.podman
def test_the_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root, "PROGRAMS", {"oj-no-such-program": "oj-package"})
    result = CliRunner().invoke(doctor)
    assert result.exit_code == 1
    assert "missing oj-package: run `jupyter oj setup`" in result.output


@pytest.mark.podman
def test_images_are_listed() -> None:
    result = CliRunner().invoke(images, ["list"])
    recipes = [recipe.name for language in languages().values() for recipe in _recipes(language)]
    assert result.exit_code == 0
    *listed, jury = [line.split() for line in result.output.splitlines()]
    assert sorted(line[3].rstrip(":") for line in listed) == sorted(recipes)
    assert (jury[0], jury[3]) == ("jury", "oj-jury-scripts:")


def _recipes(language: Language) -> list[ImageRecipe]:
    return [recipe for recipe in (language.run_image, language.compile_image) if recipe is not None]


def test_a_language_that_does_not_exist_is_named() -> None:
    result = CliRunner().invoke(images, ["build", "cobol"])
    assert result.exit_code == 2
    assert "no language 'cobol'" in result.output


def test_without_root_and_sudo_the_plan_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root, "todo", lambda name: ["install podman"])
    monkeypatch.setattr(setup_command.os, "getuid", lambda: 1)
    monkeypatch.setattr(setup_command.shutil, "which", lambda program: None)
    result = CliRunner().invoke(setup)
    assert result.exit_code == 1
    assert "install podman" in result.output


def test_subordinate_ids_do_not_overlap(tmp_path: Path) -> None:
    table = tmp_path / "subuid"
    table.write_text("ada:100000:65536\n1001:524288:65536\nada:589824:65536\n")
    assert root._subids(table, "ada", "1000") == 2 * 65536
    assert root._subids(table, "bob", "1001") == 65536
    assert root._free_subid([table, tmp_path / "missing"]) == 589824 + 65536


def test_systemd_makes_the_cgroups_at_boot(tmp_path: Path) -> None:
    for controller in ("memory", "pids", "cpuacct"):
        (tmp_path / controller).mkdir()
    lines = HierarchyV1(tmp_path, "jupyter-oj-7").tmpfiles(7, 8).splitlines()
    assert lines[0] == f"d {tmp_path}/memory/jupyter-oj-7 0755 7 8"
    assert len(lines) == 9
