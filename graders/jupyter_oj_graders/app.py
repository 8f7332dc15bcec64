"""The worker's Celery application: the one task, and what happens when a child starts and ends.

The children are forked from the grader. Nothing that was opened before the fork is used after it: each opens its own
store, Redis and sandbox, and dies with its grader (an orphan would go on holding a core).
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import socket
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from billiard.process import current_process
from celery import Celery, signals

from jupyter_oj_extension import broker
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders import slots
from jupyter_oj_sandbox.api import SandboxFault

log = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
CHILD_START_S = 120.0
"""How long a child may take to start its containers before Celery thinks it failed."""


class Children:
    """What one child has: its slot. One instance a grader; each child has its own copy, by the fork."""

    def __init__(
        self,
        settings: Settings,
        cores: Sequence[int | None],
        languages: Mapping[str, Language],
        warm: Mapping[str, Language],
    ) -> None:
        self._settings = settings
        self._cores = cores
        self._languages = languages
        self._warm = warm
        self._grader = os.getpid()
        self._slot: slots.Slot | None = None
        self._ctx: Context | None = None

    def start(self, **_: Any) -> None:
        """In a new child. It serves even when its sandbox does not open: the next judgement tries again."""
        die_with(self._grader)
        index = int(current_process().index)
        core = self._cores[index % len(self._cores)]
        if core is not None:
            os.sched_setaffinity(0, {core})
        self._ctx = Context.open(self._settings)
        self._slot = slots.Slot(
            self._ctx,
            name=f"{socket.gethostname()}:{self._grader}:{index}:{os.getpid()}",
            languages=self._languages,
            open_sandbox=lambda: slots.open_warm(self._settings, slot=str(index), core=core, languages=self._warm),
        )
        try:
            self._slot.open()
            log.info("slot %d serves on core %s", index, core)
        except (SandboxFault, OSError) as fault:
            log.error("slot %d: the sandbox does not open, will try again: %s", index, fault)

    def handle(self, judgement_id: str) -> None:
        if self._slot is None:
            raise RuntimeError("a judgement came before the slot was made")
        self._slot.handle(judgement_id)

    def stop(self, **_: Any) -> None:
        if self._slot is not None:
            self._slot.close()
        if self._ctx is not None:
            self._ctx.close()


def die_with(parent: int) -> None:
    """Have the kernel kill this process when `parent`, which forked it, ends in whatever way."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def make_app(
    settings: Settings, cores: Sequence[int | None], languages: Mapping[str, Language], *, warm: Collection[str]
) -> Celery:
    """The worker's application: `cores` has one entry a slot, `languages` are all it may serve, and the containers of
    those in `warm` are started with a slot."""
    app = broker.celery_app(settings)
    app.conf.update(
        worker_consumer="jupyter_oj_graders.consumer:PatientConsumer",
        worker_proc_alive_timeout=CHILD_START_S,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,  # the lease decides, not the connection
    )
    children = Children(settings, cores, languages, {id: languages[id] for id in languages if id in warm})

    def judge(judgement_id: str) -> None:
        children.handle(judgement_id)

    app.task(name=broker.JUDGE_TASK, ignore_result=True)(judge)
    signals.worker_process_init.connect(children.start, weak=False)
    signals.worker_process_shutdown.connect(children.stop, weak=False)
    return app
