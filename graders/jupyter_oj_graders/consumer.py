"""How the worker waits for its broker: for ever, asking every second or two, and saying so once.

Celery's own consumer waits longer each time, up to half a minute: too long for a Valkey that is back after 0.2 s.
"""

from __future__ import annotations

import logging
from typing import Any

from celery.worker import state
from celery.worker.consumer import Consumer

log = logging.getLogger(__name__)


class PatientConsumer(Consumer):  # type: ignore[misc]  # Celery has no types
    def ensure_connected(self, conn: Any) -> Any:
        """`conn`, connected. Returns only then, or when the worker is to end (by Celery's own exception)."""
        tries = 0

        def failed(error: Exception, _interval: float) -> None:
            nonlocal tries
            tries += 1
            if tries == 1:
                log.warning("the broker at %s does not answer, waiting for it: %s", conn.as_uri(), error)

        connected = conn.ensure_connection(
            failed,
            max_retries=None,
            interval_start=0.1,
            interval_step=0.2,
            interval_max=2,
            callback=state.maybe_shutdown,
        )
        if tries:
            log.info("the broker answers")
        self.first_connection_attempt = False
        return connected
