"""Every command in the README is run by a test: here, or by the test or target named here."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from jupyter_oj_extension.services import samples
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store.migrate import upgrade

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)

RUN_ELSEWHERE = {
    "make lab": "tests/e2e/test_make_lab.py",
    "make demo": "tests/server/test_make_demo.py",
    "make test": ".ci/run",
    "make lint": "Makefile",  # a prerequisite of `make test`
    "make bench": "tests/bench/test_bench.py",
    "make test-vm": ".ci/run",
    "make build": "tests/wheel/test_wheel.py",
    "pip install .": "tests/wheel/test_wheel.py",
    "jupyter lab": "tests/e2e/test_make_lab.py",
    "jupyter oj demo --contest": "tests/e2e/test_make_lab.py",
    "jupyter oj grader --slots 2": "tests/judging/test_end_to_end.py",
}


def readme_commands() -> list[str]:
    text = (ROOT / "README.md").read_text()
    return [line for block in BLOCK.findall(text) for line in block.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def environment(valkey_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A state of its own with the samples loaded, as a first start leaves it, and a real Valkey."""
    state = tmp_path_factory.mktemp("state")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ctx = Context.open(Settings(state_dir=state))
    upgrade(ctx.engine)
    samples.load(ctx)
    ctx.close()
    return os.environ | {"OJ_STATE_DIR": str(state), "OJ_REDIS_URL": valkey_settings.redis, "PATH": path}


@pytest.mark.podman
@pytest.mark.parametrize("command", [command for command in readme_commands() if command not in RUN_ELSEWHERE])
def test_the_command_works(command: str, environment: dict[str, str]) -> None:
    arguments = []
    for word in shlex.split(command):
        arguments += sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(word)) if "*" in word else [word]
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_command_run_elsewhere_is_still_in_the_readme_and_its_test_there() -> None:
    commands = readme_commands()
    for command, place in RUN_ELSEWHERE.items():
        assert command in commands
        assert (ROOT / place).exists(), f"{command}: {place} is gone"
