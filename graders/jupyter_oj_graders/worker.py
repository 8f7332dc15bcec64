"""Runs a grader: test the sandbox, then serve the queues of the languages that work until asked to end; more of them
are prepared meanwhile.

SIGTERM (or Ctrl-C): no more judgements are taken, those in hand are finished, then it ends with code 0. A broker that
is not there, at the start or later, is waited for.
"""

from __future__ import annotations

import logging
import os
import socket
import warnings
from collections.abc import Collection
from typing import Any

from celery import signals
from celery.exceptions import SecurityWarning
from sqlalchemy import select

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.errors import Unprocessable
from jupyter_oj_extension.domain.judgement import JudgementState
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.services import dispatch
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.services.health import GraderReport
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store.submissions import JudgementRow
from jupyter_oj_graders import app as apps
from jupyter_oj_graders import slots
from jupyter_oj_graders.helper import Helper
from jupyter_oj_graders.presence import Presence, end_with_parent
from jupyter_oj_graders.readiness import Finding, Readiness, contained, examine
from jupyter_oj_graders.serving import Served

log = logging.getLogger(__name__)

EXIT_NOT_CONTAINED = 3
"""The exit code of a grader that refuses to serve: the self-test failed, or no language works."""


def chosen(settings: Settings, names: Collection[str]) -> dict[str, Language]:
    """The languages of these names, or all. Raises `Unprocessable` for one that there is not."""
    known = plugins.languages(settings)
    if unknown := set(names) - set(known):
        raise Unprocessable(f"no language {min(unknown)!r}; there are {', '.join(known)}")
    return {id: language for id, language in known.items() if not names or id in names}


def serve(settings: Settings, *, languages: Collection[str] = ()) -> int:
    """Serve the queues. Returns the exit code: 0 after a wanted end, 3 when this host may not judge."""
    end_with_parent()
    wanted = chosen(settings, languages)
    places = slots.cores(settings.slots)
    host = socket.gethostname()
    report = GraderReport(
        id=f"{host}:{os.getpid()}",
        host=host,
        slots=len(places),
        languages={},
        ready=False,
        reason="the grader is testing its sandbox",
    )
    presence = Presence(settings, report)
    presence.tell()
    try:
        tight = contained(settings)
        if tight.reason is not None:
            return _refuse(presence, tight.reason, tight.findings)
        presence.start()
        served = Served(presence, tight.findings)
        helper = Helper(wanted, found=served.found, doing=served.doing)
        try:
            helper.wait()
            if not served.versions:
                return _refuse(presence, helper.error or served.reason(), ())

            def serving(sender: Any, **_: object) -> None:
                served.ready(sender)

            signals.worker_ready.connect(serving)
            return _work(settings, places, wanted, served, report.id)
        finally:
            helper.stop()
    finally:
        presence.stop()


def _refuse(presence: Presence, reason: str, findings: Collection[Finding]) -> int:
    report = {"report": [finding.as_json() for finding in findings]} if findings else {}
    presence.tell(ready=False, reason=reason, **report)
    log.error("this host may not judge: %s (see `jupyter oj doctor`)", reason)
    return EXIT_NOT_CONTAINED


def _work(
    settings: Settings, places: list[int | None], languages: dict[str, Language], served: Served, name: str
) -> int:
    """Celery's prefork worker, in this process, until SIGTERM."""
    queues = served.start()
    app = apps.make_app(settings, places, languages, warm=list(served.versions))
    # Started by root on purpose: the containers belong to an account without rights, and only JSON is accepted.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    # Python 3.12 warns of forks beside threads; `presence` sees to it that none happens in the middle of its work.
    warnings.filterwarnings("ignore", message=r".*use of fork\(\) may lead to deadlocks", category=DeprecationWarning)
    worker = app.Worker(
        hostname=f"grader@{name}",
        concurrency=len(places),
        pool="prefork",
        queues=queues,
        loglevel=logging.getLevelName(logging.getLogger().getEffectiveLevel()),
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def burst(settings: Settings, *, languages: Collection[str] = ()) -> int:
    """Judge what waits in the store, one after the other in this process, and return when nothing waits any more. The
    queue is not asked: what it brings later to another grader is done already."""
    wanted = chosen(settings, languages)
    readiness = examine(settings, wanted)
    if readiness.reason is not None:
        log.error("this host may not judge: %s (see `jupyter oj doctor`)", readiness.reason)
        return EXIT_NOT_CONTAINED
    ready = {id: wanted[id] for id in readiness.languages}
    core = slots.cores(1)[0]
    ctx = Context.open(settings)
    try:
        slot = slots.Slot(
            ctx,
            name=f"{socket.gethostname()}:{os.getpid()}:burst",
            languages=ready,
            open_sandbox=lambda: slots.open_warm(settings, slot="burst", core=core, languages=ready),
        )
        with slot:
            while waiting := _waiting(ctx, ready):
                for judgement_id in waiting:
                    slot.handle(judgement_id)
    finally:
        ctx.close()
    return 0


def _waiting(ctx: Context, languages: Collection[str]) -> list[str]:
    with ctx.reading() as session:
        return list(
            session.scalars(
                select(JudgementRow.id)
                .where(JudgementRow.state == JudgementState.QUEUED, JudgementRow.language.in_(languages))
                .order_by(dispatch.lane_rank, JudgementRow.queued_at)
                .limit(100)
            )
        )


def _log_left_out(readiness: Readiness) -> None:
    for finding in readiness.findings:
        if not finding.ok:
            log.warning("not served: %s: %s", finding.name, finding.detail)
