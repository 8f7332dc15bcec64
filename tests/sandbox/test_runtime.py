"""The OCI runtime is the configured one or nothing: a host that was told to use a stronger wall never falls back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_sandbox.api import SandboxFault
from jupyter_oj_sandbox.pool import open_sandbox
from jupyter_oj_sandbox.selftest import IMAGE
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman

MISSING = "oj-no-such-runtime"
SAID = f"the OCI runtime '{MISSING}' (setting oci_runtime) is not installed"
SAMPLE = Path(__file__).parents[2] / "contest_notebooks"


def oj(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "OJ_STATE_DIR": str(state),
        "OJ_OCI_RUNTIME": MISSING,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    command = [sys.executable, "-m", "jupyter_oj_extension.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def test_a_missing_runtime_opens_no_sandbox(sandbox_settings: SandboxSettings) -> None:
    with pytest.raises(SandboxFault) as raised:
        open_sandbox(slot="runtime", core=None, settings=replace(sandbox_settings, oci_runtime=MISSING))
    assert SAID in str(raised.value)


def test_a_program_that_is_no_runtime_starts_no_container(sandbox_settings: SandboxSettings) -> None:
    settings = replace(sandbox_settings, oci_runtime="/bin/true")
    with pytest.raises(SandboxFault):
        with open_sandbox(slot="runtime", core=None, settings=settings) as sandbox:
            sandbox.box(IMAGE, memory_mib=64)


def test_the_doctor_says_so(tmp_path: Path) -> None:
    done = oj(tmp_path, "doctor", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["able"]) == (1, False)
    assert SAID in report["reason"]


def test_a_judgement_by_hand_says_so(tmp_path: Path) -> None:
    package = next(path.parent for path in sorted(SAMPLE.rglob("problem.yaml")))
    source = tmp_path / "solution.py"
    source.write_text("print(1)\n")
    done = oj(tmp_path, "judge", str(package), str(source))
    assert done.returncode == 3
    assert SAID in done.stderr


def test_the_configured_runtime_runs_the_containers(sandbox_settings: SandboxSettings) -> None:
    settings = replace(sandbox_settings, oci_runtime="crun")
    with open_sandbox(slot="runtime", core=None, settings=settings) as sandbox:
        with sandbox.box(IMAGE, memory_mib=64) as box, sandbox._engine.client() as client:
            assert client.containers.get(box.container.name).attrs["OCIRuntime"] == "crun"
            assert sandbox._engine.socket.name == "engine-crun.sock"
