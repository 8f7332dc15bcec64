"""Start a real Jupyter server as a child process and talk to it: shared by the tests that play a user."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ADDRESS = re.compile(r"(http://(?:127\.0\.0\.1|localhost):\d+/\S*token=\S+)")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@dataclass
class LabServer:
    """A running server: `address` as it printed it, `base` without the page, `token`, what it has said so far, and
    where it keeps its state."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    address: str = ""
    state_dir: Path = Path("/nonexistent")

    @property
    def base(self) -> str:
        return re.sub(r"(/lab|/tree|/)?\?.*", "", self.address)

    @property
    def token(self) -> str:
        return self.address.rsplit("token=", 1)[1]

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """One request to the judge's API; the status and the JSON (or text) of the answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/oj/api/v1/{path}", data=data, method=method)
        request.add_header("Authorization", f"token {self.token}")
        request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, _decoded(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, _decoded(error.read())

    def wait_until_judging(self, timeout_s: float = 240) -> None:
        """Wait until the judge is ready; fail with its own reason and the server's last lines."""
        end = time.monotonic() + timeout_s
        answer: Any = None
        while time.monotonic() < end:
            assert self.process.poll() is None, "".join(self.lines[-40:])
            try:
                status, answer = self.call("GET", "health")
                if status == 200 and answer["judge"]["ready"]:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError(f"the judge is not ready: {answer}\n" + "".join(self.lines[-40:]))

    def judge(self, problem: str, language: str, source: str, timeout_s: float = 120, **more: Any) -> dict[str, Any]:
        """Submit and wait for the verdict."""
        body = {"problem": problem, "language": language, "source": source, **more}
        status, made = self.call("POST", "submissions", body)
        assert status == 202, made
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            _, answer = self.call("GET", f"submissions/{made['id']}")
            if answer["state"] == "done":
                return dict(answer)
            time.sleep(0.1)
        raise AssertionError(f"no verdict in {timeout_s} s: {answer}\n" + "".join(self.lines[-40:]))


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


@contextmanager
def running(
    command: Sequence[str | Path], *, cwd: Path, env: dict[str, str], timeout_s: float = 120
) -> Iterator[LabServer]:
    """Run `command` until the block ends; yields once it has printed its address. Its whole process group is ended."""
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    server = LabServer(process)
    found = threading.Event()
    reader = threading.Thread(target=_read, args=(server, found), daemon=True)
    reader.start()
    try:
        end = time.monotonic() + timeout_s
        while not found.wait(0.1):
            assert process.poll() is None and time.monotonic() < end, "no address:\n" + "".join(server.lines[-60:])
        while not _listens(server.address):  # Jupyter prints its address a moment before it listens
            assert process.poll() is None and time.monotonic() < end, "".join(server.lines[-60:])
            time.sleep(0.05)
        yield server
    finally:
        _end(process)
        reader.join(5)
        assert process.stdout is not None
        process.stdout.close()


def _listens(address: str) -> bool:
    parts = urllib.parse.urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port or 80), timeout=5).close()
    except OSError:
        return False
    return True


def _read(server: LabServer, found: threading.Event) -> None:
    assert server.process.stdout is not None
    for line in server.process.stdout:
        server.lines.append(line)
        match = ADDRESS.search(line)
        if match and not server.address:
            server.address = match[1]
            found.set()


def _end(process: subprocess.Popen[str]) -> None:
    for number, patience_s in ((signal.SIGTERM, 20), (signal.SIGKILL, 10)):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(patience_s)
            except subprocess.TimeoutExpired:
                continue
