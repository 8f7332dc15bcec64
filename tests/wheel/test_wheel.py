"""The wheel, as a user gets it: what is in it, and that it works away from this tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from labserver import free_port, running

ROOT = Path(__file__).resolve().parents[2]
UNWANTED = ["jupyterlab", "jupyter_server", "tornado"]
UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=600)
    (path,) = out.glob("*.whl")
    return path


def make_environment(folder: Path, lock: str, wheel: Path, *extra: str) -> Path:
    """A fresh virtual environment with what `lock` lists, the wheel, and `extra`; returns its bin folder."""
    subprocess.run([UV, "venv", "-q", "--python", sys.executable, folder], check=True)
    python = folder / "bin" / "python"
    install = [UV, "pip", "install", "-q", "--python", python]
    subprocess.run([*install, "--require-hashes", "-r", ROOT / lock], check=True, timeout=600)
    subprocess.run([*install, "--no-deps", wheel], check=True)
    if extra:
        subprocess.run([*install, "-c", _constraints(folder), *extra], check=True)
    return folder / "bin"


def _constraints(folder: Path) -> Path:
    """The test lock without hashes, so that the extra tools have the locked versions."""
    lines = (ROOT / "requirements-test.lock").read_text().splitlines()
    path = folder / "constraints.txt"
    path.write_text("\n".join(line.removesuffix(" \\") for line in lines if line[:1].isalnum()))
    return path


@pytest.fixture(scope="session")
def grader_bin(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grader") / "venv"
    return make_environment(
        folder, "requirements-grader.lock", wheel, "pytest", "pytest-timeout", "hypothesis", "nbformat"
    )


@pytest.fixture(scope="session")
def lab_bin(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_environment(tmp_path_factory.mktemp("lab") / "venv", "requirements.lock", wheel)


PROVED = ("judging", "unit/packages", "unit/scoreboard", "unit/services", "unit/store")
"""Folders whose tests must pass in a grader's environment, but for what is marked `long` or needs PostgreSQL's
programs: that proves rules, which are the same wherever they are installed."""


@pytest.fixture
def away(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment for child processes that knows nothing of this tree."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("OJ_", "PYTHON", "JUPYTER"))}
    folders = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    yield env | folders | {"OJ_STATE_DIR": str(tmp_path / "state")}


def test_the_wheel_holds_every_part_and_no_test(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "jupyter_oj_extension/languages/python3.toml",
        "jupyter_oj_extension/store/migrations/env.py",
        "jupyter_oj_server/__init__.py",
        "jupyter_oj_graders/__init__.py",
        "jupyter_oj_sandbox/seccomp/outer.json",
        "jupyter_oj_sandbox/runner/main.c",
        "jupyter_oj_sandbox/runner/prepare.py",
        "jupyter_oj_graders/functions/runtime/harness.hpp",
    ):
        assert wanted in names
    shared = [name for name in names if ".data/data/" in name]
    assert any(name.endswith("labextensions/jupyter-oj-extension/package.json") for name in shared)
    assert any("jupyter_server_config.d" in name for name in shared)
    assert not [name for name in shared if "contest_notebooks" in name or "samples" in name], "nothing secret in share/"
    assert not [name for name in names if name.startswith(("tests/", "build/")) or "node_modules" in name]


def test_a_grader_needs_no_jupyter_server(grader_bin: Path, away: dict[str, str], tmp_path: Path) -> None:
    script = f"import importlib.util as u, json; print(json.dumps([m for m in {UNWANTED} if u.find_spec(m)]))"
    python = grader_bin / "python"
    found = subprocess.run([python, "-c", script], check=True, capture_output=True, text=True, env=away, cwd=tmp_path)
    assert json.loads(found.stdout) == []
    shown = subprocess.run(
        [grader_bin / "jupyter-oj", "--help"], capture_output=True, text=True, env=away, cwd=tmp_path
    )
    assert shown.returncode == 0, shown.stderr
    assert "grader" in shown.stdout


@pytest.mark.podman
@pytest.mark.timeout(1200)
def test_the_tests_pass_in_the_graders_environment(grader_bin: Path, away: dict[str, str], tmp_path: Path) -> None:
    for folder in (*PROVED, "support"):
        shutil.copytree(
            ROOT / "tests" / folder, tmp_path / "tests" / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    command = [grader_bin / "python", "-m", "pytest", "-q", "-m", "not long and not postgresql", "tests"]
    done = subprocess.run(command, cwd=tmp_path, env=away, capture_output=True, text=True, timeout=1100)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_lab_finds_and_enables_the_extension_by_itself(lab_bin: Path, away: dict[str, str], tmp_path: Path) -> None:
    def show(*command: str) -> str:
        done = subprocess.run(
            [lab_bin / "jupyter", *command], capture_output=True, text=True, env=away, cwd=tmp_path, timeout=120
        )
        return done.stdout + done.stderr

    lab = show("labextension", "list")
    assert "jupyter-oj-extension" in lab
    assert "enabled" in next(line for line in lab.splitlines() if "jupyter-oj-extension" in line)


@pytest.mark.podman
def test_pip_install_and_jupyter_lab_are_enough(lab_bin: Path, away: dict[str, str], tmp_path: Path) -> None:
    command = [lab_bin / "jupyter", "lab", "--allow-root", "--no-browser", f"--port={free_port()}"]
    with running([*command, f"--ServerApp.root_dir={tmp_path}"], cwd=tmp_path, env=away) as server:
        server.wait_until_judging()
        given = server.judge("lanterns", "python3", "print('surely not the answer')")
        assert given["verdict"] == "WA"
