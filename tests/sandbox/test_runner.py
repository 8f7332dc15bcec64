"""The real runner in a real container: what a run gives, what a program can reach, and that nothing of it stays."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyter_oj_extension.plugins import languages
from jupyter_oj_sandbox import protocol
from jupyter_oj_sandbox.api import Box, BoxFile, Ending, ImageSpec, RunLimits, RunResult, SandboxFault
from jupyter_oj_sandbox.box import RunnerBox
from jupyter_oj_sandbox.pool import PodmanSandbox
from jupyter_oj_sandbox.runner.build import build_runner

pytestmark = pytest.mark.podman

LIMITS = RunLimits(cpu_s=5, wall_s=20, memory_mib=128)
PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="module")
def spec() -> ImageSpec:
    recipe = languages()["python3"].run_image
    return ImageSpec(recipe.name, recipe.packages, recipe.prepare)


@pytest.fixture
def box(sandbox: PodmanSandbox, spec: ImageSpec) -> Iterator[Box]:
    with sandbox.box(spec, memory_mib=128) as box:
        yield box


def python(box: Box, source: str, *, limits: RunLimits = LIMITS, stdin: bytes = b"", **more: object) -> RunResult:
    return box.run((PYTHON, "-I", "-S", "-c", source), limits=limits, stdin=stdin, **more)  # type: ignore[arg-type]


def clean(box: Box) -> None:
    """The next run on the same container is as it should be."""
    got = python(box, "import os; print(os.listdir('/scratch'), [p for p in os.listdir('/proc') if p.isdigit()])")
    assert (got.ending, got.stdout, got.stderr) == (Ending.EXITED, b"[] ['1', '2']\n", b"")


def test_the_runner_is_built_once_for_each_content(tmp_path: Path) -> None:
    first = build_runner(tmp_path)
    stamp = first.stat().st_mtime_ns
    assert build_runner(tmp_path) == first
    assert first.stat().st_mtime_ns == stamp
    assert [path.name for path in tmp_path.iterdir()] == [first.name]


def test_without_a_compiler_the_builder_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxFault, match="gcc is not installed"):
        build_runner(tmp_path)


def test_a_state_folder_made_for_the_runner_is_nobody_elses(tmp_path: Path) -> None:
    build_runner(tmp_path / "state" / "runner")
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_exit_codes_signals_and_streams(box: Box) -> None:
    got = python(box, "import sys; print(input()); sys.stderr.write('e'); sys.exit(7)", stdin=b"hello\n")
    assert (got.ending, got.exit_code, got.signal) == (Ending.EXITED, 7, None)
    assert (got.stdout, got.stderr) == (b"hello\n", b"e")
    assert 0 < got.cpu_s < 5
    assert 0 < got.wall_s < 20
    assert 1024 < got.memory_kib < 128 * 1024
    got = python(box, "import os; os.kill(os.getpid(), 11)")
    assert (got.ending, got.exit_code, got.signal) == (Ending.SIGNALLED, None, "SIGSEGV")


def test_a_command_that_cannot_be_started_is_our_fault(sandbox: PodmanSandbox, spec: ImageSpec) -> None:
    with pytest.raises(SandboxFault, match="exec: No such file"), sandbox.box(spec, memory_mib=128) as box:
        box.run(("/box/none",), limits=LIMITS)
    with sandbox.box(spec, memory_mib=128) as box:
        clean(box)


def test_stdin_can_be_sought_and_not_changed(box: Box) -> None:
    source = """
import os
print(os.read(0, 3), os.lseek(0, 0, 0), os.read(0, 9))
for path in ("/proc/self/fd/0",):
    try: os.write(os.open(path, os.O_RDWR), b"X"); print("written")
    except OSError: print("refused")
"""
    assert python(box, source, stdin=b"abcdef").stdout == b"b'abc' 0 b'abcdef'\nrefused\n"


def test_large_input_and_output_come_whole_and_are_not_charged_to_the_program(box: Box) -> None:
    data = bytes(range(256)) * (400 << 10)  # 100 MiB into a box of 64
    digest = hashlib.sha256(data).hexdigest()
    source = """
import sys, hashlib
h = hashlib.sha256()
while b := sys.stdin.buffer.read(1 << 20): h.update(b)
print(h.hexdigest())
"""
    limits = RunLimits(cpu_s=10, wall_s=30, memory_mib=64)
    got = python(box, source, stdin=data, limits=limits)
    assert (got.ending, got.stdout.decode().strip()) == (Ending.EXITED, digest)
    got = python(box, "import sys; sys.stdout.buffer.write(bytes(8 << 20))", limits=limits)
    assert (got.ending, got.stdout) == (Ending.EXITED, bytes(8 << 20))


def test_output_above_the_limit_ends_the_run_and_stderr_is_cut(box: Box) -> None:
    limits = RunLimits(cpu_s=5, wall_s=20, memory_mib=64, output_kib=100, error_kib=10)
    got = python(box, "while 1: print('x' * 1000)", limits=limits)
    assert (got.ending, len(got.stdout)) == (Ending.OUTPUT_LIMIT, 100 << 10)
    got = python(box, "import sys; sys.stderr.write('x' * 10**7); print('done')", limits=limits)
    assert (got.ending, got.stdout, len(got.stderr)) == (Ending.EXITED, b"done\n", 10 << 10)
    got = python(box, "import sys; sys.stdout.write('x' * (100 << 10))", limits=limits)
    assert (got.ending, len(got.stdout)) == (Ending.EXITED, 100 << 10)


@pytest.mark.parametrize(
    "source",
    [
        "while 1: pass",
        "import os\nfor i in range(3): os.fork()\nwhile 1: pass",
        "import os,signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\nwhile 1:\n"
        " if os.fork() == 0:\n  for i in range(3000000): pass\n  os._exit(0)\n"
        " try: os.wait()\n except ChildProcessError: pass",
    ],
    ids=["alone", "with children", "children nobody waits for"],
)
def test_cpu_time_of_all_processes_is_bounded(box: Box, source: str) -> None:
    got = python(box, source, limits=RunLimits(cpu_s=0.5, wall_s=15, memory_mib=64))
    assert got.ending is Ending.CPU_LIMIT
    assert got.cpu_s > 0.5
    clean(box)


def test_a_sleeper_meets_the_wall_limit(box: Box) -> None:
    limits = RunLimits(cpu_s=1, wall_s=0.3, memory_mib=64)
    got = python(box, "import time; time.sleep(100)", limits=limits)
    assert got.ending is Ending.WALL_LIMIT
    assert 0.3 <= got.wall_s < 5
    got = python(
        box, "import os,signal; os.kill(os.getpid(), 19)", limits=RunLimits(cpu_s=1, wall_s=0.3, memory_mib=64)
    )
    assert got.ending is Ending.WALL_LIMIT
    clean(box)


@pytest.mark.parametrize(
    "source",
    [
        "a = bytearray(200 << 20)",
        "import mmap,os\nf=os.memfd_create('x')\nos.truncate(f, 200<<20)\nm=mmap.mmap(f, 200<<20)\nm[:]=bytes(len(m))",
        "b=bytes(1<<20)\nf=open('x','wb')\nwhile 1: f.write(b)",
    ],
    ids=["heap", "memfd", "scratch"],
)
def test_memory_is_bounded_wherever_it_is(box: Box, source: str) -> None:
    got = python(box, source, limits=RunLimits(cpu_s=5, wall_s=20, memory_mib=64, scratch_mib=512))
    assert got.ending is Ending.MEMORY_LIMIT
    assert got.memory_kib > 60 << 10
    clean(box)


def test_the_scratch_folder_is_bounded_in_bytes_and_in_files(box: Box) -> None:
    limits = RunLimits(cpu_s=10, wall_s=30, memory_mib=128, scratch_mib=8)
    full = "try:\n open('x','wb').write(bytes(9<<20))\nexcept OSError as e: print(e.errno)"
    assert python(box, full, limits=limits).stdout in (b"28\n", b"27\n")
    many = "try:\n for i in range(10**6): open(str(i),'w').close()\nexcept OSError as e: print(e.errno, i < 10000)"
    assert python(box, many, limits=limits).stdout == b"28 True\n"
    clean(box)


def test_a_daemon_that_holds_the_pipe_does_not_stall_us(box: Box) -> None:
    source = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)
print("bye")
"""
    started = time.monotonic()
    got = python(box, source)
    assert (got.ending, got.stdout) == (Ending.EXITED, b"bye\n")
    assert time.monotonic() - started < 10
    clean(box)


def test_a_fork_bomb_stays_in_its_jail(box: Box) -> None:
    source = "import os\nn = 0\nwhile 1:\n try: os.fork()\n except OSError: pass"
    got = python(box, source, limits=RunLimits(cpu_s=0.5, wall_s=10, memory_mib=256, processes=32))
    assert got.ending in (Ending.CPU_LIMIT, Ending.MEMORY_LIMIT)
    clean(box)


def test_a_program_cannot_hurt_what_it_cannot_see(box: Box) -> None:
    source = """
import os, signal
def attempt(name, act):
    try: act(); print(name, "done")
    except OSError as error: print(name, error.errno)
attempt("kill init", lambda: os.kill(1, signal.SIGKILL))
attempt("stop init", lambda: os.kill(1, signal.SIGUSR1))
attempt("kill all", lambda: os.kill(-1, signal.SIGKILL))
attempt("init's memory", lambda: open("/proc/1/mem", "rb"))
attempt("init's files", lambda: os.listdir("/proc/1/fd"))
attempt("init's root", lambda: os.listdir("/proc/1/root"))
attempt("oom", lambda: open("/proc/self/oom_score_adj", "w"))
attempt("box", lambda: open("/box/new", "w"))
attempt("root", lambda: open("/new", "w"))
attempt("etc", lambda: open("/etc/new", "w"))
print(sorted(os.listdir("/")), os.getuid(), os.getgid(), os.getgroups(), os.uname().nodename)
print([line.split()[1] for line in open("/proc/self/status") if line.startswith(("Cap", "NoNew", "Seccomp:"))])
print(sorted(os.listdir("/proc/self/fd"))[:3], os.path.exists("/run"), os.path.exists("/oj"), dict(os.environ))
"""
    lines = python(box, source).stdout.decode().splitlines()
    assert lines[:3] == ["kill init 1", "stop init 1", "kill all 3"]
    assert [line.split()[-1] for line in lines[3:10]] == ["13", "13", "13", "30", "30", "30", "30"]
    assert "'run'" not in lines[10]
    assert "'oj'" not in lines[10]
    assert lines[10].endswith(" 1000 1000 [] box")
    assert lines[11] == str(["0" * 16] * 5 + ["1", "2"])
    assert lines[12].startswith("['0', '1', '2'] False False {'PATH'")
    clean(box)


def test_the_filter_refuses_what_a_solution_never_needs(box: Box) -> None:
    source = """
import ctypes, os, platform
libc = ctypes.CDLL(None, use_errno=True)
calls = {  # x86_64, aarch64, then the arguments
    "unshare": (272, 97, 0x10000000), "setns": (308, 268, 0, 0), "clone newuser": (56, 220, 0x10000011, 0, 0, 0, 0),
    "clone newnet": (56, 220, 0x40000011, 0, 0, 0, 0), "mount": (165, 40, 0, 0, 0, 0, 0), "umount": (166, 39, 0, 0),
    "ptrace": (101, 117, 0, 0, 0, 0), "vm_readv": (310, 270, 1, 0, 0, 0, 0, 0), "keyctl": (250, 219, 0, 0),
    "bpf": (321, 280, 0, 0, 0), "personality": (135, 92, 8), "perf": (298, 241, 0, 0, 0, 0, 0),
    "userfaultfd": (323, 282, 0),
    "pidfd_getfd": (438, 438, 0, 0, 0), "fsopen": (430, 430, 0, 0), "handle": (304, 265, 0, 0, 0),
    "affinity": (203, 122, 0, 8, 0),
    **{f"socket {family}": (41, 198, family, 1, 0) for family in (*range(46),)},
    "socketpair inet": (53, 199, 2, 1, 0, 0), "bind": (49, 200, 0, 0, 0), "connect": (42, 203, 0, 0, 0),
    "listen": (50, 201, 0, 0),
}
column = 0 if platform.machine() == "x86_64" else 1
for name, call in calls.items():
    ctypes.set_errno(0)
    result = libc.syscall(call[column], *call[2:])
    if result == 0 and name.startswith("clone"): os._exit(0)
    if (result, ctypes.get_errno()) != (-1, 1): print(name, result, ctypes.get_errno())
for name, call in {"clone3": (435, 435, 0, 0), "io_uring": (425, 425, 1, 0)}.items():
    if (libc.syscall(call[column], *call[2:]), ctypes.get_errno()) != (-1, 38): print(name, ctypes.get_errno())
"""
    got = python(box, source)
    assert (got.ending, got.exit_code, got.stdout, got.stderr) == (Ending.EXITED, 0, b"", b"")


def test_a_pair_of_sockets_and_threads_still_work(box: Box) -> None:
    source = """
import socket, threading, subprocess, sys, multiprocessing
a, b = socket.socketpair(); a.send(b"x"); print(b.recv(1))
t = threading.Thread(target=print, args=("thread",)); t.start(); t.join()
print(subprocess.run([sys.executable, "-I", "-S", "-c", "print('child')"], capture_output=True).stdout)
"""
    assert python(box, source).stdout == b"b'x'\nthread\nb'child\\n'\n"


def test_files_come_out_only_if_they_are_regular(box: Box) -> None:
    source = """
import os
open("plain", "w").write("text"); os.symlink("plain", "link"); os.symlink("/etc/passwd", "host")
os.mkfifo("fifo"); os.mkdir("folder"); open("secret", "w").write("x"); os.chmod("secret", 0)
open("sparse", "wb").truncate(3 << 20)
"""
    names = ("plain", "link", "host", "fifo", "folder", "secret", "missing", "../box/a", "sparse")
    got = python(box, source, collect=names)
    assert got.collected == {"plain": b"text", "sparse": bytes(3 << 20)}
    got = python(box, source, collect=("plain", "sparse"), collect_mib=2)
    assert (got.ending, got.collected) == (Ending.OUTPUT_LIMIT, {"plain": b"text"})
    clean(box)


def test_loading_replaces_and_nothing_can_be_changed(box: Box) -> None:
    box.load((BoxFile("a", b"1"), BoxFile("tool", b"#!/usr/bin/python3 -IS\nprint('tool')\n", executable=True)))
    source = "import os; print(sorted(os.listdir('/box')), open('/box/a').read()); os.unlink('/box/a')"
    got = python(box, source)
    assert got.stdout == b"['a', 'tool'] 1\n"
    assert b"Read-only" in got.stderr
    assert box.run(("/box/tool",), limits=LIMITS).stdout == b"tool\n"
    box.load((BoxFile("b", bytes(5 << 20)),))
    assert python(box, "import os; print(os.listdir('/box'), os.path.getsize('/box/b'))").stdout == b"['b'] 5242880\n"
    box.load(())
    assert python(box, "import os; print(os.listdir('/box'))").stdout == b"[]\n"


def test_many_files_are_loaded_and_taken_out_again(box: Box) -> None:
    count = "import os; print(len(os.listdir('/box')))"
    box.load(tuple(BoxFile(f"{number}.txt", b"x" * 1000) for number in range(1500)))
    assert python(box, count).stdout == b"1500\n"
    box.load((BoxFile("0.txt", b"x" * 1000),))
    assert python(box, count).stdout == b"1\n"


def test_files_beside_a_program_give_it_no_memory(box: Box) -> None:
    box.load(tuple(BoxFile(f"{number}.txt", b"") for number in range(200)))
    got = python(box, "b = bytearray(220 << 20)\nfor i in range(0, len(b), 4096): b[i] = 1")
    assert got.ending is Ending.MEMORY_LIMIT


def test_nonsense_from_a_client_costs_only_its_connection(sandbox: PodmanSandbox, spec: ImageSpec) -> None:
    with sandbox.box(spec, memory_mib=128) as pooled:
        container = pooled.container
    for nonsense in (b"x", bytes(64), protocol.HEADER.pack(4, 1 << 30), protocol.HEADER.pack(4, 100) + bytes(100)):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(container.socket))
            client.sendall(nonsense)
    with RunnerBox(container.socket, container.cgroup) as again:
        again.ping()
        clean(again)


def test_calls_of_another_kind_kill_the_process(box: Box) -> None:
    source = "import ctypes, platform\nif platform.machine() == 'x86_64': ctypes.CDLL(None).syscall(0x40000027)"
    got = python(box, source + "\nelse: import os; os.kill(os.getpid(), 31)")
    assert (got.ending, got.signal) == (Ending.SIGNALLED, "SIGSYS")


def test_a_client_that_hangs_up_ends_its_run(sandbox: PodmanSandbox, spec: ImageSpec) -> None:
    with sandbox.box(spec, memory_mib=128) as pooled:
        inner = pooled._inner
        timer = threading.Timer(0.3, lambda: inner._socket.shutdown(2))
        timer.start()
        with pytest.raises(SandboxFault):
            python(pooled, "import time; time.sleep(60)", limits=RunLimits(cpu_s=1, wall_s=60, memory_mib=64))
        timer.join()
        container = pooled.container
        with RunnerBox(container.socket, container.cgroup) as again:
            clean(again)
