"""What every service needs: settings, the store, Redis and the broker, opened once a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from redis import Redis
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from jupyter_oj_extension import broker, valkey
from jupyter_oj_extension.domain.judgement import Lane
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store.base import open_engine


@dataclass(frozen=True, slots=True)
class Context:
    """Open it in the process that uses it (after a fork, not before), close it at the end. Safe to share by threads.

    `redis` connects on first use, answers text (`decode_responses`) and gives up within a second: callers handle
    `redis.RedisError`. For blocking reads take `valkey.client(settings, timeout_s=None)`.
    """

    settings: Settings
    engine: Engine
    redis: Redis
    sender: broker.Sender

    @classmethod
    def open(cls, settings: Settings) -> Context:
        settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(
            settings=settings,
            engine=open_engine(settings.database),
            redis=valkey.client(settings),
            sender=broker.CelerySender(settings),
        )

    def close(self) -> None:
        self.sender.close()
        self.redis.close()
        self.engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction that may write: committed at the end of the block, rolled back when it raises."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that only reads; on SQLite it does not wait for writers, nor they for it."""
        engine = self.engine.execution_options(oj_reading=True)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def send(self, judgement_id: str, language: str, lane: Lane) -> bool:
        """Give a judgement's id to the broker. False when the broker cannot be reached now; never raises for that."""
        return self.sender.send(judgement_id, language, lane)
