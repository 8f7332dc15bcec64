"""Runs joined to descriptors, files in and out of the working folder by all their names, and containers of a role."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from jupyter_oj_extension.plugins import languages
from jupyter_oj_sandbox.api import Box, BoxFile, Ending, ImageSpec, Role, RunLimits, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox

pytestmark = pytest.mark.podman

LIMITS = RunLimits(cpu_s=10, wall_s=30, memory_mib=128)


@pytest.fixture(scope="module")
def spec() -> ImageSpec:
    recipe = languages()["python3"].run_image
    return ImageSpec(recipe.name, recipe.packages, recipe.prepare)


@pytest.fixture
def box(sandbox: PodmanSandbox, spec: ImageSpec) -> Iterator[Box]:
    with sandbox.box(spec, memory_mib=128) as box:
        yield box


def python(box: Box, source: str, **more: object) -> RunResult:
    return box.run(("/usr/bin/python3", "-I", "-S", "-c", source), limits=LIMITS, **more)  # type: ignore[arg-type]


def new_pipe() -> tuple[int, int, int]:
    """Both ends and the number that tells this pipe from others, as a descriptor's may be given again."""
    ours, theirs = os.pipe()
    return ours, theirs, os.fstat(theirs).st_ino


def is_open(descriptor: int, number: int) -> bool:
    try:
        return os.fstat(descriptor).st_ino == number
    except OSError:
        return False


def test_output_goes_to_a_descriptor_and_ends_with_the_program(box: Box) -> None:
    ours, theirs, number = new_pipe()
    got = python(box, "print('hello')", stdout=theirs)
    assert (got.ending, got.exit_code, got.stdout) == (Ending.EXITED, 0, b"")
    assert not is_open(theirs, number)
    with os.fdopen(ours, "rb") as pipe:
        assert pipe.read() == b"hello\n"


def test_a_daemon_of_the_program_does_not_keep_its_pipe_open(box: Box) -> None:
    ours, theirs = os.pipe()
    python(box, "import os, time\nif os.fork() == 0:\n    os.setsid(); time.sleep(100)\nprint('done')", stdout=theirs)
    with os.fdopen(ours, "rb") as pipe:
        assert pipe.read() == b"done\n"


def test_a_program_that_closes_its_output_early_is_seen_to(box: Box) -> None:
    ours, theirs = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(python, box, "import os, time; os.close(1); time.sleep(20)", stdout=theirs)
        with os.fdopen(ours, "rb") as pipe:
            assert pipe.read() == b""
        assert not run.done()
        box.stop()
        assert run.result().ending is Ending.STOPPED


def test_a_run_that_is_refused_closes_its_descriptors(box: Box) -> None:
    ours, theirs, number = new_pipe()
    with pytest.raises(ValueError, match="NUL"):
        box.run(("a\0b",), limits=LIMITS, stdin=ours, stdout=theirs)
    assert not is_open(ours, number)
    assert not is_open(theirs, number)


def test_stopping_when_nothing_runs_stops_nothing(box: Box) -> None:
    box.stop()
    assert python(box, "print(1)").stdout == b"1\n"


def test_what_moves_is_seen_to(box: Box) -> None:
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(python, box, "while True: pass")
        before = box.used_cpu_s()
        deadline = time.monotonic() + 20
        while box.used_cpu_s() - before < 0.2 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert box.used_cpu_s() - before >= 0.2
        box.stop()
        assert run.result().ending is Ending.STOPPED


TALK = "import sys\nfor line in sys.stdin:\n    print(int(line) + 1, flush=True)\n    if int(line) > 50: break\n"


def test_two_boxes_talk_to_each_other(sandbox: PodmanSandbox, spec: ImageSpec, box: Box) -> None:
    (one_in, two_out), (two_in, one_out) = os.pipe(), os.pipe()
    begin = f"print(0, flush=True)\n{TALK}"
    with sandbox.box(spec, memory_mib=128, role=Role.JURY) as other, ThreadPoolExecutor(1) as pool:
        run = pool.submit(python, box, TALK, stdin=one_in, stdout=one_out)
        mine = python(other, begin, stdin=two_in, stdout=two_out)
    assert (run.result().ending, mine.ending) == (Ending.EXITED, Ending.EXITED)
    assert threading.active_count() < 20


def test_all_files_are_brought_out_and_given_back(box: Box) -> None:
    write = (
        "import os\nopen('a', 'wb').write(b'x' * 100_000)\nopen('empty', 'w')\nos.mkdir('d')\nopen('d/in', 'w')\n"
        "os.symlink('/etc/passwd', 'link')\nopen('b', 'w').write('b')\n"
    )
    got = python(box, write, collect=("*",))
    assert got.collected == {"a": b"x" * 100_000, "empty": b"", "b": b"b"}
    box.load((BoxFile("b", b"box"), *(BoxFile(name, content, seed=True) for name, content in got.collected.items())))
    again = (
        "import os\nprint(sorted(os.listdir()), sorted(os.listdir('/box')), open('b').read(), open('/box/b').read())\n"
        "open('b', 'a').write('c')\n"
    )
    for _ in range(2):
        got = python(box, again, collect=("*",))
        assert got.stdout == b"['a', 'b', 'empty'] ['+a', '+b', '+empty', 'b'] b box\n"
        assert got.collected["b"] == b"bc"
    box.load(())
    assert python(box, "import os; print(os.listdir('.'))").stdout == b"[]\n"


def test_too_many_files_are_too_much(box: Box) -> None:
    got = python(box, "for i in range(300): open(str(i), 'w')", collect=("*",))
    assert got.ending is Ending.OUTPUT_LIMIT


def test_a_container_has_one_role_for_life(sandbox: PodmanSandbox, spec: ImageSpec) -> None:
    def used(role: Role) -> str:
        with sandbox.box(spec, memory_mib=128, role=role) as box:
            python(box, "print(1)")
            return box.container.name

    jury = used(Role.JURY)
    assert used(Role.LEARNER) != jury
    assert used(Role.JURY) == jury


SHOW = "import os\nfor n in sorted(os.listdir('/box')): print(n, os.access('/box/' + n, 1), open('/box/' + n).read())\n"


def test_loading_again_leaves_what_is_asked_for_and_nothing_else(box: Box) -> None:
    stays, seed = BoxFile("stays", b"s" * 100_000), BoxFile("seed", b"1", seed=True)
    box.load((stays, BoxFile("goes", b"g"), BoxFile("changes", b"1"), seed))
    box.load((BoxFile("changes", b"2", executable=True), stays, BoxFile("seed", b"2")))
    shown = python(box, SHOW).stdout.replace(stays.content, b"s")
    assert shown == b"changes True 2\nseed False 2\nstays False s\n"
    box.load((BoxFile("changes", b"2"),))
    assert python(box, SHOW).stdout == b"changes False 2\n"
    box.load(())
    assert python(box, SHOW).stdout == b""


def test_two_files_of_one_name_cannot_be_loaded(box: Box) -> None:
    with pytest.raises(ValueError, match="one name"):
        box.load((BoxFile("a", b"1"), BoxFile("a", b"2")))
    box.load((BoxFile("a", b"1"), BoxFile("a", b"2", seed=True)))
    assert python(box, "print(open('/box/a').read(), open('a').read())").stdout == b"1 2\n"
