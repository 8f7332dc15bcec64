"""A run in a warm interpreter gets what a cold ``python3 prog.py`` gets: hundreds of programs, each run both ways in
one container. What may differ is the program's time and, within `TOLERANCE_KIB`, its memory.

``warm/programs.txt`` holds programs after lines ``### name``, with ``:: stdin text`` where they read something. Added
to them are an import of each module in ``warm/modules.txt``, the hostile Python programs, and the jury's Python
submissions of the contest notebooks.
"""

from __future__ import annotations

import os
import re
import signal
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from jupyter_oj_extension import plugins
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox.api import Box, BoxFile, Ending, RunLimits, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox, open_sandbox
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman

HERE = Path(__file__).parent
LIMITS = RunLimits(cpu_s=1.5, wall_s=4, memory_mib=128, output_kib=1024, processes=32, scratch_mib=32)
ARGV = ("/usr/bin/python3", "/box/solution.py")
TOLERANCE_KIB = 1536
TOLERANCE_SHARE = 0.05
TRIES = 3
COLD = replace(image_spec(plugins.languages()["python3"].run_image), warm=())
WARM = replace(COLD, warm=(ARGV[0],))
MODULES = (HERE / "warm" / "modules.txt").read_text().split()


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    source: bytes
    stdin: bytes = b""
    limits: RunLimits = LIMITS
    either: frozenset[str] = frozenset()
    """Endings of which one or the other may be met, as the program races with its own end."""


def snippets(file: str) -> Iterator[Program]:
    pieces = re.split(r"^### (.*)\n", (HERE / "warm" / file).read_text(), flags=re.M)[1:]
    for head, source in zip(pieces[::2], pieces[1::2], strict=True):
        name, _, stdin = head.partition(" :: stdin ")
        yield Program(name, source.encode(), stdin.encode().decode("unicode_escape").encode("latin-1"))


def imports() -> Iterator[Program]:
    for name in MODULES:
        yield Program(f"import {name}", f"import sys, {name}\nprint(list(sys.modules))\n".encode())
    yield Program("two imports", b"import sys, re, json, heapq, random\nprint(list(sys.modules))\n")
    yield Program(
        "from imports",
        b"from collections import deque\nfrom random import random\nimport sys\nprint(list(sys.modules))\n",
    )


def hostile() -> Iterator[Program]:
    for path in sorted((HERE / "hostile").glob("*/program.py")):
        case = yaml.safe_load((path.parent / "case.yml").read_text())
        limits = RunLimits(cpu_s=1, wall_s=4, memory_mib=128, output_kib=1024, processes=32, scratch_mib=32)
        either = frozenset(case["endings"] if "why_two" in case else ())
        name, limits = f"hostile {path.parent.name}", replace(limits, **case.get("limits", {}))
        yield Program(name, path.read_bytes(), b"", limits, either)


def jury() -> Iterator[Program]:
    for path in sorted((HERE.parents[1] / "contest_notebooks").glob("**/submissions/*/*.py")):
        package = path.parents[2]
        inputs = sorted((package / "data").glob("**/*.in"))[:2]
        for number, given in enumerate(inputs):
            name = f"jury {package.name} {path.parent.name} {path.stem} {number}"
            yield Program(name, path.read_bytes(), given.read_bytes(), replace(LIMITS, memory_mib=256))


def run(box: Box, program: Program) -> RunResult:
    box.load((BoxFile("solution.py", program.source),))
    return box.run(ARGV, limits=program.limits, stdin=program.stdin)


def told(result: RunResult) -> tuple[object, ...]:
    """What a run told, without what differs between two cold runs: addresses, and output that a limit cut off."""
    ended = result.ending in (Ending.EXITED, Ending.SIGNALLED)
    texts = [re.sub(rb"0x[0-9a-f]{6,}|\b1[34]\d{13}\b", b"ADDRESS", text) for text in (result.stdout, result.stderr)]
    return (result.ending, result.exit_code, result.signal, *(texts if ended else ()))


def difference(program: Program, cold: RunResult, warm: RunResult, *, memory: bool) -> tuple[str, str] | None:
    """The program's name, and what it got one way and not the other."""
    if told(cold) != told(warm) and not {str(cold.ending), str(warm.ending)} <= program.either:
        return program.name, f"{program.name}:\n  cold {told(cold)}\n  warm {told(warm)}"
    if memory and not program.name.startswith("odd") and cold.ending in (Ending.EXITED, Ending.SIGNALLED):
        off_kib = warm.memory_kib - cold.memory_kib
        if abs(off_kib) > TOLERANCE_KIB + TOLERANCE_SHARE * cold.memory_kib:
            return program.name, f"{program.name}: memory cold {cold.memory_kib} KiB, warm {warm.memory_kib} KiB"
    return None


def compare(sandbox: PodmanSandbox, programs: Iterator[Program], *, memory: bool = True) -> None:
    given = list(programs)
    assert given
    with sandbox.box(COLD, memory_mib=128) as box:
        run(box, Program("first", b"pass"))  # what the kernel charges once is charged to it
        cold = [run(box, program) for program in given]
    with sandbox.box(WARM, memory_mib=128) as box:
        run(box, Program("first", b"pass"))
        run(box, Program("first", b"import numpy"))
        warm = [run(box, program) for program in given]
        assert box.container.warmth.held_mib and not box.container.warmth.unable, "nothing was run warm"
    wrong = [wrong for pair in zip(given, cold, warm, strict=True) if (wrong := difference(*pair, memory=memory))]
    for _ in range(TRIES):  # on a busy machine a limit is met by one and not by the other
        again = [program for program in given if program.name in dict(wrong)]
        with sandbox.box(COLD, memory_mib=128) as box:
            cold = [run(box, program) for program in again]
        with sandbox.box(WARM, memory_mib=128) as box:
            warm = [run(box, program) for program in again]
        wrong = [wrong for pair in zip(again, cold, warm, strict=True) if (wrong := difference(*pair, memory=memory))]
    assert not wrong, "\n".join(text for _, text in wrong)


@pytest.mark.timeout(300)
def test_programs(sandbox: PodmanSandbox) -> None:
    compare(sandbox, snippets("programs.txt"))


@pytest.mark.timeout(300)
def test_imports(sandbox: PodmanSandbox) -> None:
    compare(sandbox, imports())


@pytest.mark.timeout(300)
def test_hostile_programs(sandbox: PodmanSandbox) -> None:
    compare(sandbox, hostile(), memory=False)


@pytest.mark.timeout(300)
def test_jury_submissions(sandbox: PodmanSandbox) -> None:
    compare(sandbox, jury())


@pytest.mark.timeout(300)
def test_numpy(sandbox: PodmanSandbox) -> None:
    """Imported ahead, hidden until a program imports it, and charged to that program."""
    with sandbox.box(WARM, memory_mib=128) as box:
        assert run(box, Program("there", b"import numpy")).exit_code == 0
    compare(sandbox, snippets("numpy.txt"))


def test_numpy_is_imported_ahead(sandbox: PodmanSandbox) -> None:
    """A program that imports it costs less than half of what it costs cold."""
    program, spent_s = Program("numpy", b"import numpy"), {}
    for image in (COLD, WARM):
        with sandbox.box(image, memory_mib=128) as box:
            spent_s[image.warm] = statistics.median([run(box, program).cpu_s for _ in range(9)])
    assert spent_s[WARM.warm] < spent_s[COLD.warm] / 2, spent_s


def test_a_command_that_only_reads_such_a_program(sandbox: PodmanSandbox) -> None:
    """The syntax check, say, whose first argument is text with slashes in it."""
    text = "import sys  # a/b\nprint(open(sys.argv[1]).read(), 'numpy' in sys.modules)"
    with sandbox.box(WARM, memory_mib=128) as box:
        box.load((BoxFile("solution.py", b"import numpy"),))
        for _ in range(3):
            result = box.run((ARGV[0], "-I", "-c", text, ARGV[1]), limits=LIMITS)
            assert (result.exit_code, result.stdout, result.stderr) == (0, b"import numpy False\n", b"")


def test_what_runs_no_program_leaves_the_interpreter_to_others(sandbox: PodmanSandbox) -> None:
    """Asked for its version, Python never gets to a program: that must not pass for an interpreter that cannot wait."""
    with sandbox.box(WARM, memory_mib=128) as box:
        box.load((BoxFile("a.py", ECHO),))
        assert box.run((ARGV[0], "--version"), limits=LIMITS).stdout.startswith(b"Python 3")
        echo(box, ("/box/a.py",), 1)
        assert box.container.warmth.held_mib and not box.container.warmth.unable


def echo(box: Box, command: tuple[str, ...], number: int, **more: object) -> RunResult:
    result = box.run((ARGV[0], *command), limits=LIMITS, stdin=b"%d" % number, **more)  # type: ignore[arg-type]
    assert result.stdout.decode() == f"{command} {number}\n", result
    return result


COMMANDS = tuple((f"/box/{name}.py", *more) for name in "abcd" for more in ((), ("x",)))
ECHO = b"import sys\nprint((*sys.argv[:1], *sys.argv[1:]), input())\n"


def test_each_command_has_an_interpreter_of_its_own(sandbox: PodmanSandbox) -> None:
    with sandbox.box(WARM, memory_mib=128) as box:
        box.load(tuple(BoxFile(f"{name}.py", ECHO) for name in "abcd"))
        for number in range(1, 5):
            for command in COMMANDS[:number] * 4 + COMMANDS:
                echo(box, command, number)
            held_kib = box.container.warmth.held_kib[1:]
            assert 0 < max(held_kib) < 1.2 * min(held_kib), "what they hold does not change from start to start"


def test_a_dead_interpreter_is_done_without(sandbox: PodmanSandbox) -> None:
    with sandbox.box(WARM, memory_mib=128) as box:
        box.load((BoxFile("a.py", ECHO),))
        for number in range(3):
            echo(box, COMMANDS[0], number)
        held_mib = box.container.warmth.held_mib
        assert held_mib
        for pid in interpreters(box.container.pid):
            os.kill(pid, signal.SIGKILL)
        for number in range(8):
            echo(box, COMMANDS[0], number)
        assert box.container.warmth.held_mib


def interpreters(runner: int) -> list[int]:
    """The runner's children that are interpreters, not the inits of their jails: host pids."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            if parent == runner and (path.parent / "cmdline").read_bytes().startswith(ARGV[0].encode()):
                ids = dict(line.split(":\t", 1) for line in (path.parent / "status").read_text().splitlines())
                found += [int(path.parent.name)] if len(ids["NSpid"].split()) == 2 else []
        except OSError:
            continue
    return found


@pytest.mark.parametrize("kind", ["pipe", "file", "middle of a file"])
def test_any_descriptor_as_stdin(sandbox: PodmanSandbox, tmp_path: Path, kind: str) -> None:
    source = b"import sys\nprint(sys.stdin.seekable(), sys.stdin.seekable() and sys.stdin.tell(), input())\n"
    seen = []
    for image in (COLD, WARM):
        with sandbox.box(image, memory_mib=128) as box:
            box.load((BoxFile("solution.py", source),))
            for _ in range(3):
                if kind == "pipe":
                    given, end = os.pipe()
                    os.write(end, b"one\ntwo\n")
                    os.close(end)
                else:
                    (tmp_path / "in").write_bytes(b"one\ntwo\n")
                    given = os.open(tmp_path / "in", os.O_RDONLY)
                    os.lseek(given, 4 if kind.startswith("middle") else 0, os.SEEK_SET)
                result = box.run(ARGV, limits=LIMITS, stdin=given)
                seen.append((result.exit_code, result.stdout, result.stderr))
    assert len(set(seen)) == 1
    assert seen[0][2] == b""


def test_an_environment_of_its_own(sandbox: PodmanSandbox) -> None:
    source = (
        b"import os, sys\nprint(os.environ.get('X'), os.environ.get('PYTHONHASHSEED'), sys.flags.hash_randomization)\n"
    )
    for image in (COLD, WARM):
        with sandbox.box(image, memory_mib=128) as box:
            box.load((BoxFile("solution.py", source),))
            for env, said in (
                ({"X": "1"}, b"1 None 1\n"),
                ({"PYTHONHASHSEED": "0"}, b"None 0 0\n"),
                ({}, b"None None 1\n"),
            ):
                for _ in range(3):
                    assert box.run(ARGV, limits=LIMITS, env=env).stdout == said


def test_it_can_be_turned_off(sandbox_settings: SandboxSettings) -> None:
    with open_sandbox(slot="cold", core=None, settings=replace(sandbox_settings, warm_interpreters=False)) as cold:
        with cold.box(WARM, memory_mib=128) as box:
            box.load((BoxFile("a.py", ECHO),))
            for number in range(4):
                echo(box, COMMANDS[0], number)
            assert not box.container.warmth.held_mib


def test_what_is_no_cpython_is_run_cold(sandbox_settings: SandboxSettings, probe: Path) -> None:
    with open_sandbox(slot="other", core=None, settings=sandbox_settings) as opened:
        with opened.box(replace(WARM, warm=("/box/probe", ARGV[0])), memory_mib=128) as box:
            box.load((BoxFile("probe", probe.read_bytes(), executable=True),))
            for _ in range(4):
                result = box.run(("/box/probe", "look"), limits=LIMITS)
                assert (result.exit_code, result.stdout) == (0, b"")
            assert box.container.warmth.unable == {"/box/probe"}
            for _ in range(3):
                assert box.run((ARGV[0], "-c", "print(5)"), limits=LIMITS).stdout == b"5\n"
            assert box.container.warmth.held_mib
