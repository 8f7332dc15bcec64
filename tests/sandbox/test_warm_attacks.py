"""Attacks on the warm interpreter that programs are forked from: by the files it is started beside, by the programs
that come out of it, and by the death of every part. A verdict never depends on any of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_extension import plugins
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox.api import BoxFile, Ending, RunLimits, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox, PooledBox, open_sandbox
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman

PYTHON = replace(image_spec(plugins.languages()["python3"].run_image), warm=("/usr/bin/python3",))
ARGV = ("/usr/bin/python3", "/box/solution.py")
LIMITS = RunLimits(cpu_s=5, wall_s=20, memory_mib=128, processes=16)

POISON = b"""
import builtins
builtins.poisoned = __name__
"""
MODULES = (
    "gc sys os io abc site codecs stat encodings sitecustomize usercustomize types importlib runpy zipimport readline "
    "posixpath genericpath _collections_abc _sitebuiltins operator keyword heapq reprlib collections bisect functools "
    "enum contextlib re copy string math cmath itertools random fractions decimal typing inspect dataclasses datetime "
    "queue threading array struct json statistics numbers time warnings traceback textwrap numpy _weakrefset weakref "
    "copyreg sre_compile _struct"
).split()
LOOK = b"""
import builtins, gc, os, signal, sys, threading
print(getattr(builtins, "poisoned", None), sys.path[0], gc.isenabled(), sys.getrecursionlimit(), sys.gettrace())
print(threading.active_count(), signal.getsignal(signal.SIGTERM) == signal.SIG_DFL, len(sys.argv), sys.flags)
print(sorted(os.environ), sorted(os.listdir("/proc/self/fd")), os.getcwd(), os.listdir("."), os.getpid(), os.nice(0))
"""
MESS = b"""
import builtins, ctypes, gc, os, signal, sys, threading, time
builtins.poisoned = "by a program"
gc.disable()
sys.setrecursionlimit(123456)
sys.settrace(lambda *_: None)
os.environ["LEFT"] = "behind"
os.nice(5)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
for descriptor in range(64):
    try:
        os.lseek(descriptor, 7, os.SEEK_SET)
    except OSError:
        pass
with open("/proc/self/maps") as maps:
    writable = [line.split() for line in maps if "rw-s" in line]
print(writable, flush=True)
for pid in (1, os.getppid()):
    for name in ("mem", "environ", "maps", "fd/0"):
        try:
            open(f"/proc/{pid}/{name}", "rb").read(1)
            print("opened", pid, name)
        except OSError:
            pass
"""


@pytest.fixture(scope="module")
def alone(sandbox_settings: SandboxSettings) -> Iterator[PodmanSandbox]:
    """A slot of its own, as interpreters are killed here."""
    with open_sandbox(slot="warm", core=None, settings=sandbox_settings) as sandbox:
        yield sandbox


def use(sandbox: PodmanSandbox, program: bytes, *more: BoxFile, runs: int = 1) -> list[RunResult]:
    with sandbox.box(PYTHON, memory_mib=LIMITS.memory_mib) as box:
        box.load((BoxFile("solution.py", program), *more))
        return [box.run(ARGV, limits=LIMITS) for _ in range(runs)]


def zygotes(box: PooledBox) -> list[int]:
    """The warm interpreters of a box's container: children of the runner that are no jail's init."""
    children = Path(f"/proc/{box.container.pid}/task/{box.container.pid}/children").read_text().split()
    found = []
    for child in map(int, children):
        if depth(child) == depth(box.container.pid):
            found.append(child)
    return found


def depth(pid: int) -> int:
    """In how many pid namespaces, one in the other, a process is."""
    return len(Path(f"/proc/{pid}/status").read_text().partition("NSpid:")[2].partition("\n")[0].split())


def look(sandbox: PodmanSandbox) -> str:
    (result,) = use(sandbox, LOOK)
    assert (result.ending, result.exit_code, result.stderr) == (Ending.EXITED, 0, b"")
    return result.stdout.decode()


@pytest.fixture(scope="module")
def cold(sandbox_settings: SandboxSettings) -> str:
    """What a program sees where no interpreter is kept warm."""
    settings = replace(sandbox_settings, warm_interpreters=False)
    with open_sandbox(slot="cold", core=None, settings=settings) as sandbox:
        return look(sandbox)


def test_an_interpreter_started_beside_hostile_modules_is_clean(alone: PodmanSandbox, cold: str) -> None:
    """It is started while a learner's files lie in the folder that the interpreter imports from."""
    hostile = [BoxFile(f"{name}.py", POISON) for name in MODULES]
    use(alone, b"print(1)", *hostile, runs=3)
    with alone.box(PYTHON, memory_mib=64) as box:
        assert zygotes(box), "nothing was kept warm: this test proves nothing"
    assert look(alone) == cold


def test_a_program_leaves_nothing_in_the_interpreter(alone: PodmanSandbox, cold: str) -> None:
    for result in use(alone, MESS, runs=3):
        assert result.stdout == b"[]\n", result
    assert look(alone) == cold


def test_chance_is_new_in_each_program(alone: PodmanSandbox) -> None:
    source = (
        b"import os, random, tempfile, uuid\nprint(random.random(), uuid.uuid4(), os.urandom(4), tempfile.mktemp())"
    )
    said = [result.stdout for result in use(alone, source, runs=6)]
    columns = list(zip(*(line.split() for line in said), strict=True))
    assert [len(set(column)) for column in columns] == [6] * 4


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_dead_or_stopped_interpreter_is_replaced_by_a_cold_start(
    alone: PodmanSandbox, cold: str, blow: signal.Signals
) -> None:
    use(alone, b"print(1)", runs=3)
    with alone.box(PYTHON, memory_mib=64) as box:
        victims = zygotes(box)
        for pid in victims:
            os.kill(pid, blow)
    assert victims, "nothing was kept warm"
    assert [look(alone) for _ in range(3)] == [cold] * 3


def test_memory_taken_to_the_limit_ends_the_program_and_not_the_interpreter(alone: PodmanSandbox, cold: str) -> None:
    bombs = (
        b"b = []\nwhile True: b.append(bytearray(1 << 20))",
        b"import os\nwhile True:\n  d = os.memfd_create('x')\n  for _ in range(16): os.write(d, bytes(1 << 20))",
        b"import os\nfor _ in range(12):\n  if os.fork() == 0: break\nb = []\nwhile True: b.append(bytearray(1 << 18))",
    )
    for bomb in bombs:
        (result,) = use(alone, bomb)
        assert result.ending is Ending.MEMORY_LIMIT
        assert look(alone) == cold
