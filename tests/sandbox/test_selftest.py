"""The containment self-test: it passes in the sandbox, and its probe does find the holes of a place that has some."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path

import pytest

from jupyter_oj_extension import plugins
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import readiness
from jupyter_oj_sandbox import selftest
from jupyter_oj_sandbox.api import Ending, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox
from jupyter_oj_sandbox.runner.build import FLAGS


@pytest.mark.podman
def test_every_check_holds(sandbox: PodmanSandbox, probe: Path) -> None:
    checks = selftest.check(sandbox, probe)
    assert [check for check in checks if not check.ok] == []
    assert len(checks) == len(selftest.GROUPS) + 7


@pytest.mark.podman
def test_the_probe_finds_holes_where_there_are_some(probe: Path, tmp_path: Path) -> None:
    """As an ordinary process without a sandbox; as nobody when we are root, so that it can do no harm."""
    program = tmp_path / "probe"
    program.write_bytes(probe.read_bytes())
    program.chmod(0o755)
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    nobody = {"user": pwd.getpwnam("nobody").pw_uid, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    done = subprocess.run([program, "escape"], capture_output=True, text=True, check=True, cwd="/", **nobody)  # type: ignore[call-overload]
    groups = {line.split()[0] for line in done.stdout.splitlines()[:-1]}
    assert {"files", "sockets", "identity", "namespaces", "kernel"} <= groups


LIAR = """
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv) {
  if (argc > 1 && !strcmp(argv[1], "escape")) puts("network eth0\\nend");
  return 0;
}
"""


@pytest.fixture
def hole(tmp_path: Path) -> Path:
    """A probe that gets out, as far as it says."""
    (tmp_path / "hole.c").write_text(LIAR)
    subprocess.run(["gcc", *FLAGS, "-o", tmp_path / "hole", tmp_path / "hole.c"], check=True)
    return tmp_path / "hole"


@pytest.mark.podman
def test_one_hole_keeps_a_host_from_judging(hole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "build_probe", lambda _: hole)
    ready = readiness.examine(Settings.load(), plugins.languages())
    assert ready.languages == {}
    assert ready.reason == "the sandbox does not contain: contained: network: eth0"


@pytest.mark.podman
def test_a_whole_host_has_nothing_to_complain_of() -> None:
    """`jupyter oj doctor`, of the language that has most parts: its version, its self-tests, its warm interpreter."""
    ready = readiness.examine(Settings.load(), {"python3": plugins.languages()["python3"]}, thorough=True)
    assert [finding for finding in ready.findings if not finding.ok] == []
    assert (list(ready.languages), ready.reason) == (["python3"], None)
    assert "warm interpreter" in ready.findings[-1].name


def result(stdout: str, ending: Ending = Ending.EXITED) -> RunResult:
    return RunResult(ending, 0 if ending is Ending.EXITED else None, None, 0.1, 0.1, 100, stdout.encode(), b"")


def test_what_worked_is_a_failed_check() -> None:
    checks = selftest._escapes(result("sockets family 2 type 1\nsockets family 10 type 1\nend\n"))
    assert [(check.name, check.detail) for check in checks if not check.ok] == [
        ("contained: sockets", "family 2 type 1, family 10 type 1")
    ]


@pytest.mark.parametrize("unfinished", [result(""), result("files /x\n"), result("end\n", Ending.SIGNALLED)])
def test_a_probe_that_does_not_finish_proves_nothing(unfinished: RunResult) -> None:
    assert not any(check.ok for check in selftest._escapes(unfinished))


def test_more_processes_than_allowed_fail() -> None:
    assert selftest._forks(result("31\n")).ok
    assert not selftest._forks(result("5000\n")).ok
    assert not selftest._forks(result("", Ending.WALL_LIMIT)).ok
