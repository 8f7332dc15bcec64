"""The laptop's stack: store, Valkey, samples, grader and reconciler, started in the background and watched.

state folder/
  lead.lock       held by the one Jupyter server that runs Valkey, grader and reconciler
  grader.log      what the grader prints
  grader.pid      the grader's process
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable

from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_extension.services import accounts, reconciler, samples
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store import migrate
from jupyter_oj_server.api import Api
from jupyter_oj_server.laptop.lock import Leadership
from jupyter_oj_server.laptop.supervisor import Supervisor

log = logging.getLogger(__name__)

RECONCILE_S = 1.0
TAKE_OVER_S = 2.0
RETRY_S = 5.0
EXPECTED = (OJError, SQLAlchemyError, RedisError, OSError)
"""What may go wrong on somebody's laptop; anything else is a mistake of ours, logged with its trace."""

GRADER = [sys.executable, "-m", "jupyter_oj_extension.cli", "grader"]


class Laptop:
    """`start` returns at once; `stop` ends everything and returns when it has ended."""

    def __init__(self, api: Api, *, grader_command: list[str] | None = None) -> None:
        self._api = api
        self._settings = api.settings
        self._command = grader_command or GRADER
        self._stopping = threading.Event()
        self._leading = Leadership(self._settings.state_dir / "lead.lock")
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        self._spawn("oj-laptop", self._run)

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        if self._leading.held:
            valkey.stop(self._settings)
            self._leading.leave()

    def _spawn(self, name: str, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=self._guarded, args=(name, work), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _guarded(self, name: str, work: Callable[[], None]) -> None:
        """Run one part until it is done. What it raises is told by the health page, and the part is tried again."""
        while not self._stopping.is_set():
            try:
                work()
                return
            except EXPECTED as error:
                log.error("%s: %s", name, error)
                self._api.startup = str(error)
            except Exception:
                log.exception("%s: a mistake of ours", name)
                self._api.startup = "a part of the judge failed; see Jupyter's log"
            self._stopping.wait(RETRY_S)

    def _run(self) -> None:
        settings = self._settings
        settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        ctx = Context.open(settings)
        migrate.upgrade(ctx.engine)
        me = self._api.local_user
        accounts.ensure_user(ctx, me.user, me.name, staff=True)
        self._api.opened(ctx)
        self._api.startup = None
        valkey.ensure(settings)
        while not self._leading.try_take():
            if self._stopping.wait(TAKE_OVER_S):
                return
        self._lead(ctx)

    def _lead(self, ctx: Context) -> None:
        self._spawn("oj-valkey", lambda: valkey.watch(self._settings, self._stopping))
        self._spawn("oj-reconciler", lambda: self._reconcile(ctx))
        if self._settings.samples:
            self._spawn("oj-samples", lambda: samples.load(ctx))
        if self._settings.start_grader:
            supervisor = Supervisor(self._command, self._settings.state_dir, self._grader_state)
            self._spawn("oj-supervisor", lambda: supervisor.run(self._stopping))

    def _reconcile(self, ctx: Context) -> None:
        while not self._stopping.wait(RECONCILE_S):
            started = time.monotonic()
            reconciler.reconcile(ctx)
            if (took_s := time.monotonic() - started) > RECONCILE_S:
                log.info("reconciling took %.1f s", took_s)

    def _grader_state(self, reason: str | None) -> None:
        """`reason` stands until a grader says itself how it is: the health page prefers that."""
        advice = "" if reason is None or "jupyter oj doctor" in reason else "; run `jupyter oj doctor`"
        self._api.startup = f"{reason or 'the grader is starting'}{advice}"
