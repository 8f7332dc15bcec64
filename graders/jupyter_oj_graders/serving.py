"""The languages that a grader serves: few at its start, more as `preparing` finds that they work here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from typing import Any, Protocol

from jupyter_oj_extension import broker
from jupyter_oj_graders.readiness import Finding

log = logging.getLogger(__name__)


class Teller(Protocol):
    """What is used of `presence.Presence`."""

    def tell(self, **changes: object) -> None: ...


class Served:
    """Collects what is found of the languages, tells it through the grader's presence, and has the worker listen to the
    queues of those that work. Safe to be called by several threads."""

    def __init__(self, presence: Teller, findings: Collection[Finding]) -> None:
        self.versions: dict[str, str] = {}
        self._presence = presence
        self._findings = {finding.name: finding for finding in findings}
        self._consumer: Any = None
        self._doing: str | None = None
        self._listening: set[str] = set()
        self._lock = threading.Lock()

    def found(self, language: str | None, finding: Finding) -> None:
        """A language works (its detail is the version) or does not; None: something that is of no language."""
        with self._lock:
            self._findings[finding.name] = finding
            if not finding.ok:
                log.warning("not served: %s: %s", finding.name, finding.detail)
            elif language is not None:
                self.versions[language] = finding.detail
            self._tell()
            self._listen()

    def doing(self, what: str | None) -> None:
        """What is being prepared now, None when all is done."""
        with self._lock:
            if what is not None:
                log.info("%s", what)
            self._doing = what
            self._tell()

    def reason(self) -> str:
        """Why nothing is served."""
        broken = next((finding for finding in self._findings.values() if not finding.ok), None)
        return f"no language works here: {broken.name}: {broken.detail}" if broken else "there is no language to serve"

    def start(self) -> list[str]:
        """The queues to begin with."""
        with self._lock:
            self._listening = set(self.versions)
            return broker.queue_names(list(self.versions))

    def ready(self, consumer: Any) -> None:
        """Celery's `consumer` serves now."""
        with self._lock:
            self._consumer = consumer
            log.info("serving %s", ", ".join(map(" ".join, self.versions.items())))
            self._tell()
            self._listen()

    def _tell(self) -> None:
        serves = self._consumer is not None
        waiting = None if serves else "the grader waits for its broker"
        self._presence.tell(
            ready=serves,
            reason=self._doing or waiting,
            languages=dict(self.versions),
            report=[finding.as_json() for finding in self._findings.values()],
        )

    def _listen(self) -> None:
        """Celery's loop takes what is to be called from other threads."""
        if self._consumer is None:
            return
        for language in self.versions.keys() - self._listening:
            self._listening.add(language)
            log.info("serving %s %s as well", language, self.versions[language])
            for queue in broker.queue_names([language]):
                self._consumer.call_soon(self._consumer.add_task_queue, queue)
