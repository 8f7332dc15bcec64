"""A real grader in a process of its own, as `jupyter oj grader` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import func, select

from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.judgement import JudgementState
from jupyter_oj_extension.services import reconciler, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.submissions import GraderRow, JudgementRow

TIMEOUT_S = 90.0


@dataclass
class GraderProcess:
    """`with GraderProcess(ctx, slots=2) as grader:` ends the grader in good order afterwards."""

    ctx: Context
    slots: int = 1
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.ctx.settings.state_dir / "grader.log"

    def __enter__(self) -> Self:
        try:
            if self.process is None:
                self.start()
        except BaseException:  # __exit__ is not called then: leave no process behind
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, *, wait: bool = True) -> None:
        settings = self.ctx.settings
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PYTHONWARNINGS": "error::UserWarning",
            "OJ_STATE_DIR": str(settings.state_dir),
            "OJ_LEASE_S": str(settings.lease_s),
            "OJ_HEARTBEAT_S": str(settings.heartbeat_s),
        }
        command = [
            sys.executable,
            "-m",
            "jupyter_oj_graders.commands.grader",
            "--slots",
            str(self.slots),
            *self.options,
        ]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*command, *self.options],
                env=environment | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if wait:
            self.wait_ready()

    def wait_ready(self) -> None:
        until(lambda: self._ready() or self._ended(), self.tell)
        assert not self._ended(), self.tell()

    def _ready(self) -> bool:
        """Whether it is this one that serves: others may, on the same store."""
        assert self.process is not None
        with self.ctx.reading() as session:
            row = session.get(GraderRow, f"{socket.gethostname()}:{self.process.pid}")
            return row is not None and row.ready

    def _ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def children(self) -> list[int]:
        """Process ids of the slots, without the process that prepares languages."""
        assert self.process is not None
        pid = self.process.pid
        found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return [child for child in found if b"preparing" not in Path(f"/proc/{child}/cmdline").read_bytes()]

    def kill(self) -> None:
        """As the kernel does it: no warning, no last word."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM and the exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the grader does not end\n{self.tell()}") from None

    def tell(self) -> str:
        return self.log.read_text(errors="replace")[-8000:]


def until(condition: Callable[[], Any], tell: Callable[[], str] = str, timeout_s: float = TIMEOUT_S) -> None:
    """Wait for `condition`; `tell` says what to print when it does not come."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, tell()
        time.sleep(0.02)


def all_done(ctx: Context, identity: Identity, ids: list[str], tell: Callable[[], str]) -> list[dict[str, Any]]:
    """Wait until every submission is judged, with the reconciler passing by as an API instance makes it."""
    judged = (JudgementRow.submission_id.in_(ids), JudgementRow.valid, JudgementRow.state == JudgementState.DONE)

    def done() -> bool:
        reconciler.reconcile(ctx)
        time.sleep(0.2)
        with ctx.reading() as session:
            return session.scalar(select(func.count()).where(*judged)) == len(ids)

    until(done, tell)
    return [submissions.get(ctx, identity, id) for id in ids]
