"""The grader's own thread: it tells the store that the grader lives, and ends it when the program that started it is
gone."""

from __future__ import annotations

import logging
import os
import select
import signal
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any

from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from jupyter_oj_extension.services import health
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.services.health import GraderReport
from jupyter_oj_extension.settings import Settings

log = logging.getLogger(__name__)

PARENT = "OJ_PARENT_PID"
"""Environment variable of whoever supervises a grader: when that process ends, however it ends, so does the grader."""


class Presence:
    """A beat every `settings.heartbeat_s`, from a thread.

    Each beat opens the store and closes it, and no child is forked in a beat: a child never inherits an open
    connection.
    """

    def __init__(self, settings: Settings, report: GraderReport) -> None:
        self._settings = settings
        self._report = report
        self._stop = threading.Event()
        self._forks = threading.Lock()
        self._changing = threading.Lock()
        self._thread = threading.Thread(target=self._beat_on, name="presence", daemon=True)
        os.register_at_fork(
            before=self._forks.acquire, after_in_parent=self._forks.release, after_in_child=self._forks.release
        )

    def start(self) -> None:
        self._thread.start()

    def tell(self, **changes: Any) -> None:
        """Change the report and beat at once; an error of the store is logged, the next beat tries again."""
        with self._changing:
            self._report = replace(self._report, **changes)
        self._beat()

    def stop(self) -> None:
        """Take the grader off the list."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(5.0)
        with suppress(SQLAlchemyError, RedisError, OSError):
            ctx = Context.open(self._settings)
            try:
                health.leave(ctx, self._report.id)
            finally:
                ctx.close()

    def _beat_on(self) -> None:
        while not self._stop.wait(self._settings.heartbeat_s):
            self._beat()

    def _beat(self) -> None:
        with self._forks:
            try:
                ctx = Context.open(self._settings)
                try:
                    health.beat(ctx, self._report)
                finally:
                    ctx.close()
            except (SQLAlchemyError, OSError) as error:
                log.warning("cannot tell the store that this grader lives, will try again: %s", error)


def end_with_parent() -> None:
    """Watch the process named by ``OJ_PARENT_PID``, if any, and ask this one to end (SIGTERM) when it is gone."""
    text = os.environ.get(PARENT)
    if not text:
        return
    try:
        parent = os.pidfd_open(int(text))
    except ProcessLookupError:
        os.kill(os.getpid(), signal.SIGTERM)
        return

    def watch() -> None:
        select.select([parent], [], [])
        log.info("process %s, which started this grader, is gone: ending", text)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
