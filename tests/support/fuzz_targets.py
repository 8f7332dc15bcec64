"""What is fuzzed: functions of bytes that fail when the code does what it never may, whatever the bytes are.

Run a little by ``test_fuzz.py`` (hypothesis), for long by ``campaign.py`` (atheris, guided by coverage).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.problem import OutputValidator, TestCase
from jupyter_oj_graders.checkers import json_value, numbers
from jupyter_oj_graders.checking import CHECKERS, check
from jupyter_oj_graders.compiler_output import OUTPUT_CHARS, readable
from jupyter_oj_graders.trace_names import PHRASES, TYPES
from jupyter_oj_graders.traces import FAMILIES, uncaught
from jupyter_oj_sandbox import protocol
from jupyter_oj_sandbox.api import Ending, RunLimits, SandboxFault
from jupyter_oj_sandbox.outcome import Output, ending_of
from jupyter_oj_sandbox.protocol import Reply

CASE = TestCase("secret/1", "secret", Path("1.in"), Path("1.ans"))
TOLERANCES = ((), ("float_tolerance", "0"), ("float_absolute_tolerance", "1e-6"), ("float_relative_tolerance", "0.5"))
FLAGS = {
    "tokens": ("case_sensitive", "space_change_sensitive"),
    "exact": ("presentation_error",),
    "lines": (),
    "unordered-lines": ("case_sensitive",),
    "unordered-tokens": ("case_sensitive",),
    "json": ("unordered_arrays",),
}
KINDS = tuple(FLAGS)


def checkers(data: bytes) -> None:
    """The first byte chooses checker and flags; the rest is the answer, a line of ``---``, and the output."""
    if not data:
        return
    kind = KINDS[data[0] % len(KINDS)]
    bits = data[0] // len(KINDS)
    flags = tuple(flag for i, flag in enumerate(FLAGS[kind]) if bits >> i & 1)
    tolerance = TOLERANCES[bits >> 2 & 3] if kind in ("tokens", "json") else ()
    answer, _, output = data[1:].partition(b"\n---\n")
    validator = OutputValidator(kind, flags + tolerance, presentation=bool(bits >> 4 & 1))
    assert kind in CHECKERS
    if kind == "json":
        try:
            json_value.parse(answer)
        except json_value.NotJSON:
            _refused(validator, answer, output)
            return
    result = check(validator, CASE, answer, output)
    assert result.ok or result.message
    assert len(result.message or "") < 1000
    assert not (result.ok and result.presentation)
    (result.message or "").encode()
    assert check(validator, CASE, answer, answer).ok
    if not tolerance and (kind != "json" or result.ok):
        assert check(validator, CASE, output, answer).ok is result.ok
    if tolerance and result.ok and kind != "json":
        wider = (*flags, tolerance[0], "1e300")
        assert check(OutputValidator(kind, wider), CASE, answer, output).ok


def _refused(validator: OutputValidator, answer: bytes, output: bytes) -> None:
    try:
        check(validator, CASE, answer, output)
    except JudgeError:
        return
    raise AssertionError("an answer that is not JSON was compared")


def number(data: bytes) -> None:
    """A number is read as Python reads what is left of it, or is none."""
    token = data.split()[0] if data.split() else b""
    value = numbers.number(token)
    assert value is None or value - value == 0
    try:
        plain = float(token.decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        return
    if b"_" not in token and plain - plain == 0:
        assert value == plain


LIMITS = RunLimits(cpu_s=1.0, wall_s=2.0, memory_mib=64, output_kib=1, error_kib=1)


def frames(data: bytes) -> None:
    """Replies of a runner that a learner's program has taken over."""
    names = ("a.out", protocol.ALL)
    output = Output(LIMITS, names, 0)
    try:
        while len(data) >= protocol.HEADER.size:
            kind, size = protocol.reply_header(data[: protocol.HEADER.size])
            body, data = data[protocol.HEADER.size :][:size], data[protocol.HEADER.size + size :]
            protocol.fault_text(body) if len(body) >= 4 else None
            if kind is not Reply.RESULT:
                output.take(kind, body)
                continue
            result = protocol.parse_result(body, len(names))
            run = output.result(result, ending_of(result, LIMITS, result.cpu_s, False), result.cpu_s, 0)
            assert len(run.stdout) <= 1024 and len(run.stderr) <= 1024 and not any(run.collected.values())
            assert all("/" not in name and name not in ("", ".", "..") for name in run.collected)
            assert (run.exit_code is None) or (run.ending is Ending.EXITED and 0 <= run.exit_code <= 255)
            assert run.cpu_s >= 0 and run.wall_s >= 0
            return
    except SandboxFault as fault:
        assert str(fault).isprintable()


EXTENSIONS = sorted(FAMILIES)
SOURCE = "class Known: pass\n"


def traces(data: bytes) -> None:
    """Standard error of a program that wants to tell what it read."""
    if not data:
        return
    name = f"solution{EXTENSIONS[data[0] % len(EXTENSIONS)]}"
    found = uncaught(data[1:], {name: SOURCE}, name)
    if found is not None:
        assert found.type in TYPES or found.type in PHRASES.values() or found.type in (*SOURCE.split(), "Known")
        assert found.line in (None, 1, 2)


def compiler_output(data: bytes) -> None:
    shown = readable(data)
    shown.encode()
    assert len(shown) < OUTPUT_CHARS + 40
    assert not any(ord(character) < 32 and character not in "\n\t" for character in shown)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "checkers": checkers,
    "number": number,
    "frames": frames,
    "traces": traces,
    "compiler_output": compiler_output,
}

SEEDS: dict[str, list[bytes]] = {
    "checkers": [
        bytes([bits]) + text
        for bits in range(0, 192)
        for text in (b"1 2.5\nabc\n---\n1 2.50\nABC", b'{"a": [1, 2.0, "x"]}\n---\n{"a":[2,1e0,"x"]}')
    ],
    "number": [b"1e5", b"-0x1.8p+3", b".5", b"+1.", b"inf", b"1e999", b"0x.", b"0x.p0", b"1e+"],
    "frames": [
        protocol.HEADER.pack(kind, len(body)) + body
        for kind in Reply
        for body in (b"", b"\0" * 4 + b"text", b"\0" * 40, b"\x01\0a", b"\x05\0a.outdata")
    ],
    "traces": [
        bytes([i]) + text
        for i in range(len(EXTENSIONS))
        for text in (
            b'Traceback (most recent call last):\n  File "solution.py", line 1, in f\nKnown: 7\n',
            b'Exception in thread "main" java.lang.Error\n\tat Main.f(solution.java:1)\n',
            b"panic: x\n\n\tsolution.go:1 +0x1\n",
        )
    ],
    "compiler_output": [b"/box/solution.cpp:1:2: error: x\n", b"\x1b[31m../box/a(1,2): note: y\n" * 400],
}
