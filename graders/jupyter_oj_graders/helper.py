"""The grader's side of `preparing`: starts that process, and tells what it says."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from contextlib import suppress

from jupyter_oj_graders.presence import PARENT
from jupyter_oj_graders.readiness import Finding

log = logging.getLogger(__name__)

STOP_S = 10.0


class Helper:
    """`preparing` for some languages, in the background.

    Called from a thread of this object: `found` with a language's id (None: what is of no language) and what came of
    it, `doing` with what goes on now (None: nothing any more). `wait` returns when the grader may serve, or when there
    is nothing more to wait for.
    """

    def __init__(
        self,
        languages: Collection[str],
        *,
        found: Callable[[str | None, Finding], None],
        doing: Callable[[str | None], None],
    ) -> None:
        self._found, self._doing = found, doing
        self._working = 0
        self._rest = False
        self._change = threading.Condition()
        self.error = ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_oj_graders.preparing", *languages],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env={**os.environ, PARENT: str(os.getpid())},
            start_new_session=True,
            text=True,
        )
        self._thread = threading.Thread(target=self._listen, name="helper", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Until a language works and the quick ones have been tried, or all have been."""
        with self._change:
            self._change.wait_for(lambda: self._rest and (self._working > 0 or not self._thread.is_alive()))

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        self._thread.join(STOP_S)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_S)

    def _listen(self) -> None:
        if self._process.stdout is not None:
            with self._process.stdout as lines:
                for line in lines:
                    self._take(json.loads(line))
        self._doing(None)
        code = self._process.wait()
        with self._change:
            self._rest = True
            if code not in (0, -signal.SIGTERM):
                self.error = f"preparing the languages ended with {code}; its log says why"
                log.error("%s", self.error)
            self._change.notify_all()

    def _take(self, line: dict[str, object]) -> None:
        if doing := line.get("doing"):
            self._doing(str(doing))
        if isinstance(finding := line.get("finding"), dict):
            told, language = Finding(**finding), line.get("language")
            self._found(None if language is None else str(language), told)
            with self._change:
                self._working += told.ok and language is not None
                self._change.notify_all()
        if line.get("rest"):
            with self._change:
                self._rest = True
                self._change.notify_all()
