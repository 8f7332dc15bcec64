"""The containment self-test, run before a grader serves: does this host hold what a hostile program tries?

It uses the real path (pool, container, runner, cgroup) with one small image and one static C program, ``probe.c``. Its
result is never kept: a kernel, a Podman or a cgroup set-up that changed since yesterday must not be trusted.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..api import BoxFile, Ending, ImageSpec, RunLimits, RunResult, SandboxFault
from ..pool import PodmanSandbox, open_sandbox
from ..runner.build import FLAGS
from ..settings import SandboxSettings

IMAGE = ImageSpec("oj-probe", ("base-files",))
GROUPS = {
    "files": "host files, devices and read-only folders",
    "mounts": "mounts",
    "namespaces": "new namespaces",
    "processes": "other processes",
    "sockets": "sockets",
    "kernel": "odd parts of the kernel",
    "identity": "identity and environment",
    "network": "network",
}
"""The groups of attempts of ``probe escape``, and what is said of them."""

_LIMITS = RunLimits(cpu_s=2, wall_s=4, memory_mib=64, processes=32, output_kib=64)
_SHORT = RunLimits(cpu_s=0.2, wall_s=2, memory_mib=64, processes=32, output_kib=64)
_BRIEF = RunLimits(cpu_s=2, wall_s=0.2, memory_mib=64, processes=32, output_kib=64)

Run = Callable[[str, RunLimits], RunResult]


@dataclass(frozen=True, slots=True)
class Check:
    """One property of the sandbox and whether it holds; `detail` says what was seen."""

    name: str
    ok: bool
    detail: str


def run(settings: SandboxSettings) -> list[Check]:
    """Every check, in the order they are shown. Raises `SandboxFault` when there is no sandbox to test at all."""
    with open_sandbox(slot="selftest", core=None, settings=settings) as sandbox:
        return check(sandbox, build_probe(settings.state_dir / "runner"))


def check(sandbox: PodmanSandbox, probe: Path) -> list[Check]:
    """The checks, on a sandbox that is already open."""
    with sandbox.box(IMAGE, memory_mib=_LIMITS.memory_mib) as box:
        box.load((BoxFile("probe", probe.read_bytes(), executable=True),))

        def go(what: str, limits: RunLimits) -> RunResult:
            return box.run(("/box/probe", what), limits=limits)

        return [
            *_escapes(go("escape", _LIMITS)),
            _ends("memory limit", go("memory", _LIMITS), Ending.MEMORY_LIMIT),
            _ends("memory limit, of files", go("hidden", _LIMITS), Ending.MEMORY_LIMIT),
            _ends("output limit", go("flood", _LIMITS), Ending.OUTPUT_LIMIT),
            _forks(go("forks", _LIMITS)),
            _ends("CPU time limit", go("spin", _SHORT), Ending.CPU_LIMIT),
            _ends("wall clock limit", go("sleep", _BRIEF), Ending.WALL_LIMIT),
            _clean(go),
        ]


def _escapes(result: RunResult) -> list[Check]:
    lines = result.stdout.decode(errors="replace").splitlines()
    if result.ending is not Ending.EXITED or lines[-1:] != ["end"]:
        said = result.stderr.decode(errors="replace")[-200:]
        return [Check("escape attempts", False, f"the probe did not finish: {result.ending} {result.signal} {said}")]
    found = {group: [line.partition(" ")[2] for line in lines if line.startswith(f"{group} ")] for group in GROUPS}
    return [
        Check(f"contained: {what}", not found[group], ", ".join(found[group]) or "refused")
        for group, what in GROUPS.items()
    ]


def _ends(name: str, result: RunResult, expected: Ending) -> Check:
    detail = f"{result.ending}, {result.cpu_s:.2f} s CPU, {result.wall_s:.2f} s, {result.memory_kib >> 10} MiB"
    return Check(name, result.ending is expected, detail)


def _forks(result: RunResult) -> Check:
    text = result.stdout.decode(errors="replace").strip()
    ok = result.ending is Ending.EXITED and text.isdigit() and int(text) <= _LIMITS.processes + 4
    return Check("process limit", ok, f"{text or result.ending} processes of {_LIMITS.processes} allowed")


def _clean(go: Run) -> Check:
    left = go("leave", _LIMITS)
    seen = go("look", _LIMITS)
    traces = seen.stdout.decode(errors="replace").split("\n")[:-1]
    ok = left.ending is Ending.EXITED and seen.ending is Ending.EXITED and not traces
    return Check("nothing left for the next run", ok, ", ".join(traces) or "clean")


def build_probe(cache_dir: Path) -> Path:
    """The static probe, compiled once for each content of its source. Raises `SandboxFault` without a compiler."""
    source = Path(__file__).with_name("probe.c")
    target = cache_dir / f"probe-{hashlib.sha256(source.read_bytes()).hexdigest()[:16]}"
    if target.exists():
        return target
    compiler = shutil.which("gcc")
    if compiler is None:
        raise SandboxFault("gcc is not installed: run `jupyter oj setup`")
    cache_dir.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    cache_dir.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_dir) as folder:
        made = Path(folder) / "probe"
        argv = [compiler, *FLAGS, "-o", str(made), str(source)]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SandboxFault(f"the self-test's probe does not compile: {done.stderr[-2000:]}")
        made.replace(target)
    return target
