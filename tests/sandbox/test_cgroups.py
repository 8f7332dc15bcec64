"""Both cgroup back ends on folders laid out like the kernel's, and on the kernel where the sandbox is set up."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from jupyter_oj_sandbox.api import SandboxFault
from jupyter_oj_sandbox.cgroup import SLACK, hierarchy
from jupyter_oj_sandbox.cgroup_v1 import CgroupV1, HierarchyV1
from jupyter_oj_sandbox.cgroup_v2 import CgroupV2, HierarchyV2
from jupyter_oj_sandbox.pool import open_engine
from jupyter_oj_sandbox.settings import SandboxSettings

MIB = 1 << 20


@pytest.fixture
def v1(tmp_path: Path) -> Path:
    """A v1 host with co-mounted CPU controllers, as Debian and Ubuntu had it."""
    for controller in ("memory", "pids", "cpu,cpuacct"):
        (tmp_path / controller).mkdir()
    for link in ("cpu", "cpuacct"):
        (tmp_path / link).symlink_to("cpu,cpuacct")
    (tmp_path / "unified").mkdir()
    (tmp_path / "unified" / "cgroup.controllers").write_text("\n")
    return tmp_path


@pytest.fixture
def v2(tmp_path: Path) -> Path:
    """A v2 host's root group, with what systemd enables."""
    (tmp_path / "cgroup.controllers").write_text("cpuset cpu io memory hugetlb pids\n")
    (tmp_path / "cgroup.subtree_control").write_text("memory pids\n")
    group = tmp_path / "jupyter-oj-999"
    group.mkdir()
    (group / "cgroup.controllers").write_text("memory pids\n")
    (group / "cgroup.subtree_control").write_text("memory pids\n")
    return tmp_path


def test_the_back_end_is_the_one_with_the_memory_controller(v1: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert isinstance(hierarchy(999, v1), HierarchyV1)
    unified = tmp_path_factory.mktemp("unified")
    (unified / "cgroup.controllers").write_text("cpu memory pids\n")
    assert isinstance(hierarchy(999, unified), HierarchyV2)


def v1_group(root: Path, memsw: int | None) -> CgroupV1:
    group = HierarchyV1(root, "ours").group("one")
    for folder in group.folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    memory = group.folders["memory"]
    if memsw is not None:
        (memory / "memory.memsw.limit_in_bytes").write_text(str(memsw))
    return group


def test_v1_limits(v1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr("jupyter_oj_sandbox.cgroup_v1.write", lambda path, value: order.append(f"{path.name}={value}"))
    v1_group(v1, memsw=1024 * MIB).set_memory(64)
    v1_group(v1, memsw=32 * MIB).set_memory(64)
    v1_group(v1, memsw=32 * MIB).set_pids(7)
    memory, both = f"memory.limit_in_bytes={64 * MIB}", f"memory.memsw.limit_in_bytes={64 * MIB}"
    assert order == [memory, both, both, memory, "pids.max=7"]


def test_v1_without_swap_accounting(v1: Path) -> None:
    group = v1_group(v1, memsw=None)
    group.set_memory(64)
    assert (group.folders["memory"] / "memory.limit_in_bytes").read_text() == str(64 * MIB)


def test_v1_counters(v1: Path) -> None:
    group = v1_group(v1, memsw=None)
    memory = group.folders["memory"]
    (memory / "memory.oom_control").write_text("oom_kill_disable 0\nunder_oom 0\noom_kill 3\n")
    (group.folders["cpuacct"] / "cpuacct.usage").write_text("1500000000\n")
    (memory / "memory.max_usage_in_bytes").write_text("0")
    group.reset_peak()
    (memory / "memory.max_usage_in_bytes").write_text(str(5 * MIB))
    assert (group.oom_kills(), group.cpu_s(), group.peak_kib()) == (3, 1.5, 5 * 1024)
    assert HierarchyV1(v1, "ours").names() == ["one"]


def test_v1_names_what_is_not_delegated(v1: Path) -> None:
    problem = HierarchyV1(v1, "ours").problem()
    assert problem is not None and "jupyter oj setup" in problem
    (v1 / "memory").rmdir()
    assert HierarchyV1(v1, "ours").problem() == "this host has no cgroup v1 controller 'memory'"


def v2_group(root: Path) -> CgroupV2:
    return HierarchyV2(root, "jupyter-oj-999").create("one")


def test_v2_enables_controllers_from_the_top(v2: Path) -> None:
    assert HierarchyV2(v2, "jupyter-oj-999").problem() is None
    assert (v2 / "cgroup.subtree_control").read_text() in ("+cpu", "+cpuset")


def test_v2_without_a_controller(v2: Path) -> None:
    (v2 / "jupyter-oj-999" / "cgroup.controllers").write_text("pids\n")
    problem = HierarchyV2(v2, "jupyter-oj-999").problem()
    assert problem is not None and "no controller memory" in problem


def test_v2_limits(v2: Path) -> None:
    group = v2_group(v2)
    (group.folder / "memory.swap.max").write_text("max")
    group.set_memory(64)
    group.set_pids(7)
    group.attach(42)
    seen = {
        name: (group.folder / name).read_text()
        for name in ("memory.max", "memory.swap.max", "pids.max", "cgroup.procs")
    }
    assert seen == {"memory.max": str(64 * MIB), "memory.swap.max": "0", "pids.max": "7", "cgroup.procs": "42"}


def test_v2_counters(v2: Path) -> None:
    group = v2_group(v2)
    (group.folder / "memory.events").write_text("low 0\nhigh 0\nmax 9\noom 2\noom_kill 3\noom_group_kill 0\n")
    (group.folder / "cpu.stat").write_text("usage_usec 1500000\nuser_usec 1\nsystem_usec 2\n")
    (group.folder / "memory.current").write_text(f"{MIB}\n")
    (group.folder / "memory.peak").write_text(f"{9 * MIB}\n")
    assert (group.oom_kills(), group.cpu_s(), group.peak_kib()) == (3, 1.5, 0)
    (group.folder / "memory.peak").unlink()
    group.reset_peak()  # a kernel before 5.19 has no such file, before 6.12 it cannot be written
    assert group.peak_kib() == 0


def test_v2_waits_only_for_what_the_kernel_cannot_drop(v2: Path) -> None:
    group = v2_group(v2)
    (group.folder / "memory.current").write_text("0")
    group.reset_peak()
    (group.folder / "memory.current").write_text(str(SLACK + 10 * MIB))
    (group.folder / "memory.stat").write_text(f"anon 0\nfile {10 * MIB}\nshmem 0\n")
    assert group.settle()


def test_v2_memory_that_stays_is_told(v2: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jupyter_oj_sandbox.cgroup.SETTLE_S", 0.01)
    group = v2_group(v2)
    (group.folder / "memory.current").write_text(str(SLACK + 10 * MIB))
    (group.folder / "memory.stat").write_text(f"anon 0\nfile {10 * MIB}\nshmem {10 * MIB}\n")
    assert not group.settle()


def test_a_refusal_is_the_sandboxs_fault(v2: Path) -> None:
    with pytest.raises(SandboxFault, match="cannot write"):
        CgroupV2(v2 / "missing").set_pids(3)


@pytest.mark.podman
def test_on_this_kernel(sandbox_settings: SandboxSettings) -> None:
    ours = open_engine(sandbox_settings).hierarchy
    name = f"oj-test-{os.getpid()}-0"
    group = ours.create(name)
    program = "x = bytearray(64 << 20); print(flush=True); import time; time.sleep(600)"
    with subprocess.Popen(["/usr/bin/python3", "-c", f"input(); {program}"], stdin=-1, stdout=-1) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            group.set_memory(256)
            group.set_pids(10)
            group.attach(process.pid)
            assert ours.of(process.pid) == ours.path(name)
            group.reset_peak()
            process.stdin.write(b"\n")
            process.stdin.flush()
            process.stdout.readline()
            assert 60 << 10 < group.peak_kib() < 100 << 10
            assert group.cpu_s() > 0
            assert group.oom_kills() == 0
        finally:
            process.kill()
    group.remove()
    assert name not in ours.names()
