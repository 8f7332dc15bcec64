"""The client's half of the protocol against a peer that answers anything at all: replies are hostile input."""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_oj_sandbox import protocol
from jupyter_oj_sandbox.api import BoxFile, Ending, RunLimits, RunResult, SandboxFault
from jupyter_oj_sandbox.box import RunnerBox
from jupyter_oj_sandbox.outcome import cpu_of_program
from jupyter_oj_sandbox.protocol import ProtocolError, Reply, Request, Stop

LIMITS = RunLimits(cpu_s=1.0, wall_s=2.0, memory_mib=64, output_kib=1, error_kib=1)


def reply(kind: int, body: bytes = b"") -> bytes:
    return protocol.HEADER.pack(kind, len(body)) + body


def result(
    stop: int = 0, status: int = 0, found: int = 0, cpu_us: int = 10, wall_us: int = 20, rss: int = 300
) -> bytes:
    return reply(Reply.RESULT, struct.pack("<IiIIQQQ", stop, status, found, 0, cpu_us, wall_us, rss))


@contextmanager
def peer(answer: bytes) -> Iterator[RunnerBox]:
    """A box on a peer that waits for the first bytes, answers `answer` whatever they are, and hangs up."""
    with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        path = Path(folder) / "sock"
        listener.bind(str(path))
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                _, descriptors, _, _ = socket.recv_fds(connection, 1 << 20, 1)
                for descriptor in descriptors:
                    os.close(descriptor)
                try:
                    connection.sendall(answer)
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(1 << 20):
                        pass
                except OSError:  # the box has hung up on us, as it should
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        box = RunnerBox(path, None)
        try:
            yield box
        finally:
            box.close()
            thread.join()


def run(answer: bytes, collect: tuple[str, ...] = ()) -> RunResult:
    with peer(answer) as box:
        try:
            return box.run(("/box/a",), limits=LIMITS, stdin=b"x", collect=collect)
        except SandboxFault:
            assert box.broken
            raise


def test_a_run_is_what_its_frames_say() -> None:
    frames = [
        reply(Reply.STDOUT, b"ab"),
        reply(Reply.STDERR, b"e"),
        reply(Reply.STDOUT, b"c"),
        reply(Reply.FILE, struct.pack("<I", 1) + b"data"),
        result(status=3 << 8, found=0b11),
    ]
    got = run(b"".join(frames), collect=("empty", "full", "missing"))
    assert got == RunResult(Ending.EXITED, 3, None, 1e-5, 2e-5, 300, b"abc", b"e", {"empty": b"", "full": b"data"})


@pytest.mark.parametrize(
    ("answer", "ending", "signal"),
    [
        (result(status=11), Ending.SIGNALLED, "SIGSEGV"),
        (result(status=11 | 0x80), Ending.SIGNALLED, "SIGSEGV"),
        (result(status=40), Ending.SIGNALLED, "SIG40"),
        (result(stop=Stop.CPU, status=-1), Ending.CPU_LIMIT, None),
        (result(cpu_us=1_000_001), Ending.CPU_LIMIT, None),
        (result(stop=Stop.WALL, status=-1), Ending.WALL_LIMIT, None),
        (result(stop=Stop.OUTPUT, status=9), Ending.OUTPUT_LIMIT, None),
    ],
)
def test_limits_come_before_the_signal_that_enforced_them(answer: bytes, ending: Ending, signal: str | None) -> None:
    got = run(answer)
    assert (got.ending, got.signal, got.exit_code) == (ending, signal, None)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        result()[:-1],
        result(stop=5),
        result(status=-1),
        result(status=-2),
        result(status=0x1_0000),
        result(status=0x7F),
        result(status=0x0109),
        result(found=1),
        result(cpu_us=1 << 50),
        result(rss=1 << 50),
        reply(Reply.RESULT, b"short"),
        reply(63),
        struct.pack("<II", Reply.STDOUT, 1 << 31),
        reply(Reply.STDOUT, b"x" * 1025) + result(),
        reply(Reply.STDERR, b"x" * 1025) + result(),
        reply(Reply.STDOUT) + result(),
        reply(Reply.FILE, struct.pack("<I", 0) + b"x") + result(),
        reply(Reply.FILE, b"x") + result(),
        reply(Reply.OK) + result(),
        reply(Reply.FAULT, struct.pack("<I", 2) + b"exec\x1b[2J\xff"),
        reply(Reply.FAULT),
    ],
)
def test_what_a_runner_cannot_answer_breaks_the_box(answer: bytes) -> None:
    with pytest.raises(SandboxFault):
        run(answer)


def test_a_fault_is_told_in_printable_words() -> None:
    with pytest.raises(SandboxFault, match=r"^runner: exec\?\[2J.: No such file or directory$"):
        run(reply(Reply.FAULT, struct.pack("<I", 2) + b"exec\x1b[2J\xff"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=64),
            st.builds(reply, st.integers(0, 80), st.binary(max_size=1200)),
            st.builds(
                result,
                st.integers(0, 6),
                st.integers(-3, 0x10001),
                st.integers(0, 8),
                st.integers(0, 1 << 60),
                st.integers(0, 1 << 60),
                st.integers(0, 1 << 60),
            ),
        ),
        max_size=6,
    )
)
def test_any_answer_is_a_result_within_limits_or_a_fault(frames: list[bytes]) -> None:
    try:
        got = run(b"".join(frames), collect=("a", "b"))
    except SandboxFault:
        return
    assert len(got.stdout) <= 1024
    assert len(got.stderr) <= 1024
    assert set(got.collected) <= {"a", "b"}
    assert (got.ending is Ending.EXITED) == (got.exit_code is not None)
    assert (got.ending is Ending.SIGNALLED) == (got.signal is not None)


def test_other_requests_want_their_own_answer() -> None:
    for answer in (reply(Reply.PONG, struct.pack("<I", 99)), reply(Reply.PONG), reply(Reply.OK), b""):
        with peer(answer) as box, pytest.raises(SandboxFault):
            box.ping()
    with peer(reply(Reply.PONG, struct.pack("<I", protocol.VERSION))) as box:
        box.ping()
    with peer(reply(Reply.FAULT, struct.pack("<I", 28) + b"box")) as box:
        with pytest.raises(SandboxFault, match="No space left"):
            box.load((BoxFile("a", b""),))


def test_a_runner_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(SandboxFault, match="cannot be reached"):
        RunnerBox(tmp_path / "none", None)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/a", "a\0b", "x" * 256, "+a"])
def test_names_in_a_box_are_plain(name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        protocol.load_head(name, 0, False)


def test_requests_that_make_no_sense_are_refused_before_they_are_sent() -> None:
    for argv in ((), ("a\0b",), ("x" * protocol.MAX_REQUEST,), tuple("a" * (protocol.MAX_STRINGS + 1))):
        with pytest.raises(ValueError, match="command"):
            protocol.run_frame(argv, {}, (), LIMITS, 1)
    frame = protocol.run_frame(("/bin/é", "\udcff"), {"A": "b"}, ("f",), LIMITS, 1)
    kind, size = protocol.HEADER.unpack_from(frame)
    assert (kind, size) == (Request.RUN, len(frame) - 8)
    assert frame.endswith(b"/bin/\xc3\xa9\0\xff\0A=b\0f\0")


def test_a_protocol_error_is_a_sandbox_fault() -> None:
    assert issubclass(ProtocolError, SandboxFault)


@pytest.mark.parametrize(
    ("waited_s", "group_s", "told_s"),
    [
        (3.004, 3.065, 3.004),  # the runner took a line each millisecond
        (0.01, 0.05, 0.01),
        (0.01, 1.2, 1.2),  # a child that nobody waited for
        (1.0, 1.2, 1.2),
    ],
)
def test_the_runners_own_time_is_not_the_programs(waited_s: float, group_s: float, told_s: float) -> None:
    assert cpu_of_program(waited_s, group_s) == told_s
