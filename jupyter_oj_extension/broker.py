"""Names of queues and of the one task, Celery's configuration, and sending. The queue carries judgement ids and nothing
else; the store is the truth.

Server and core send by task name, so they import no grader code.
"""

from __future__ import annotations

import logging
import time
from typing import Any, Protocol

from celery import Celery
from kombu.exceptions import OperationalError
from kombu.utils.scheduling import priority_cycle
from redis import RedisError

from jupyter_oj_extension.domain.judgement import Lane
from jupyter_oj_extension.settings import Settings

log = logging.getLogger(__name__)

JUDGE_TASK = "jupyter_oj.judge"

SEND_TIMEOUT_S = 1.0
PAUSE_AFTER_FAILURE_S = 1.0
"""After a failed send the broker is left alone this long: a dead broker costs one request a second, not each one."""


def queue_name(language: str, lane: Lane) -> str:
    """The queue of a language's lane, such as ``oj.python3.contest``."""
    return f"oj.{language}.{lane.value}"


def queue_names(languages: list[str]) -> list[str]:
    """All queues in the order a grader serves them: every language's contest lane before any practice lane."""
    return [queue_name(language, lane) for lane in Lane for language in languages]


class LaneCycle(priority_cycle):
    """The order a worker asks its queues in: by lane, then as they were added. Languages that become ready later find
    their contest lane before everybody's practice."""

    def consume(self, n: int) -> list[str]:
        return sorted(self.items, key=_lane_rank)[:n]


def _lane_rank(queue: str) -> int:
    lanes = [lane.value for lane in Lane]
    lane = queue.rpartition(".")[2]
    return lanes.index(lane) if lane in lanes else len(lanes)


def celery_app(settings: Settings, *, producer: bool = False) -> Celery:
    """The one Celery configuration. `producer` adds short socket timeouts, for programs that only send: a worker's
    blocking reads must not have them.

    The message is acknowledged after the judgement is recorded, a lost child's message goes back, and a child holds no
    more than the message it works on; lanes are served in the order of `LaneCycle`.
    """
    order = f"{LaneCycle.__module__}:{LaneCycle.__name__}"
    transport: dict[str, Any] = {"queue_order_strategy": order, "visibility_timeout": 600}
    if producer:
        transport |= {"socket_timeout": SEND_TIMEOUT_S, "max_retries": 1, "interval_start": 0, "interval_step": 0}
        if not settings.broker.startswith("redis+socket:"):
            transport["socket_connect_timeout"] = SEND_TIMEOUT_S
    app = Celery("jupyter_oj", broker=settings.broker, set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=SEND_TIMEOUT_S if producer else 4.0,
        broker_transport_options=transport,
        enable_utc=True,
        task_acks_late=True,
        task_ignore_result=True,
        task_reject_on_worker_lost=True,
        task_serializer="json",
        worker_prefetch_multiplier=1,
    )
    return app


class Sender(Protocol):
    """Carries judgement ids to the graders' queues and tells how many lie there."""

    def send(self, judgement_id: str, language: str, lane: Lane) -> bool:
        """False when the broker cannot be reached now; never raises for that, nor blocks for long."""

    def length(self, language: str, lane: Lane) -> int | None:
        """Messages waiting in a queue; None when the broker cannot be asked."""

    def close(self) -> None: ...


class CelerySender:
    """`Sender` by Celery. Safe to share by threads; connects on first use."""

    def __init__(self, settings: Settings) -> None:
        self._app = celery_app(settings, producer=True)
        self._retry_at = 0.0

    def send(self, judgement_id: str, language: str, lane: Lane) -> bool:
        if time.monotonic() < self._retry_at:
            return False
        try:
            self._app.send_task(
                JUDGE_TASK, args=[judgement_id], queue=queue_name(language, lane), retry=False, ignore_result=True
            )
        except (OperationalError, RedisError, OSError) as error:
            self._failed("send", error)
            return False
        return True

    def length(self, language: str, lane: Lane) -> int | None:
        if time.monotonic() < self._retry_at:
            return None
        try:
            with self._app.pool.acquire(block=True, timeout=SEND_TIMEOUT_S) as connection:
                channel = connection.default_channel
                try:
                    return int(channel.queue_declare(queue_name(language, lane), passive=True).message_count)
                except connection.channel_errors:
                    return 0  # a queue nobody has declared (or an empty one, on Redis) holds nothing
        except (OperationalError, RedisError, OSError) as error:
            self._failed("ask for a queue's length", error)
            return None

    def close(self) -> None:
        self._app.close()

    def _failed(self, what: str, error: Exception) -> None:
        self._retry_at = time.monotonic() + PAUSE_AFTER_FAILURE_S
        log.warning("broker: cannot %s, will try again: %s", what, error)
