"""Keeps one grader process running beside the server, and ends it with the server."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
SETTLED_S = 60.0
STOP_TIMEOUT_S = 15.0
LOG_BYTES = 5_000_000

LOG_HEAD = re.compile(r"^[\d-]+ [\d:,]+ [A-Z]+ \d+ [\w.]+: ")
"""What logging puts before a message."""

Report = Callable[[str | None], None]


class Supervisor:
    """Starts `command`, and again when it ends, with pauses that grow while it does not stay up.

    In `folder`: ``grader.log`` is what it prints, ``grader.pid`` says which process it is, so that one left behind by a
    killed server is found and ended first. `report` is told why the grader is down, and None when it is first started.
    """

    def __init__(self, command: list[str], folder: Path, report: Report, env: dict[str, str] | None = None) -> None:
        self._command = command
        self._log_file = folder / "grader.log"
        self._pid_file = folder / "grader.pid"
        self._report = report
        self._env = env

    def run(self, stopping: threading.Event) -> None:
        """Until `stopping` is set; in a thread of its own (the child ends with the thread that started it)."""
        self._end_leftover()
        pause_s = FIRST_PAUSE_S
        begun = False
        while not stopping.is_set():
            started = time.monotonic()
            child = self._start()
            if not begun:
                self._report(None)
            begun = True
            while child.poll() is None and not stopping.wait(0.2):
                continue
            if stopping.is_set():
                self._stop(child)
                break
            why = self._last_words() or f"it ended with status {child.returncode}"
            log.warning("the grader ended (%s)", why)
            self._report(f"the grader ended: {why}")
            pause_s = FIRST_PAUSE_S if time.monotonic() - started > SETTLED_S else min(pause_s * 2, LONGEST_PAUSE_S)
            stopping.wait(pause_s)
        self._pid_file.unlink(missing_ok=True)

    def _start(self) -> subprocess.Popen[bytes]:
        if self._log_file.exists() and self._log_file.stat().st_size > LOG_BYTES:
            self._log_file.replace(self._log_file.with_suffix(".log.1"))
        tether = [sys.executable, "-m", "jupyter_oj_server.laptop.tether", str(os.getpid())]
        with self._log_file.open("ab") as output:
            child = subprocess.Popen(
                [*tether, *self._command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=self._env,
            )
        self._pid_file.write_text(f"{child.pid} {_started_at(child.pid)}\n")
        return child

    def _stop(self, child: subprocess.Popen[bytes]) -> None:
        """First kindly, so that containers are removed; then the whole process group."""
        child.terminate()
        try:
            child.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            log.warning("the grader does not end, killing it")
        _kill_group(child.pid)
        child.wait()

    def _end_leftover(self) -> None:
        """End the grader of a server that was killed, if it is still there and still that process."""
        try:
            pid, started_at = self._pid_file.read_text().split()
        except (FileNotFoundError, ValueError):
            return
        deadline = time.monotonic() + STOP_TIMEOUT_S
        leftover = int(pid)
        while _started_at(leftover) == started_at and started_at:
            late = time.monotonic() > deadline
            try:
                os.kill(leftover, signal.SIGKILL if late else signal.SIGTERM)
            except (ProcessLookupError, PermissionError):
                return
            time.sleep(0.5)

    def _last_words(self) -> str:
        """The last line the grader printed: its one-line advice when it refused to serve."""
        try:
            with self._log_file.open("rb") as handle:
                handle.seek(max(0, self._log_file.stat().st_size - 4096))
                lines = handle.read().decode(errors="replace").splitlines()
        except OSError:
            return ""
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return LOG_HEAD.sub("", last)[:400]


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _started_at(pid: int) -> str:
    """When the process started, in the kernel's ticks: with the pid it names one process for good. Empty: none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
