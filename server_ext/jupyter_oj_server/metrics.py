"""Counters of this process, and gauges read from the store when somebody asks; Prometheus text format."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.submissions import GraderRow, JudgementRow

GRADER_ALIVE_S = 15.0
PHASE_BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


class Metrics:
    """HTTP latencies and open streams of this process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Histogram(
            "oj_http_request_seconds", "HTTP requests by route", ["route", "method", "status"], registry=self.registry
        )
        self.streams = Gauge("oj_streams_open", "Event streams open in this process", registry=self.registry)
        self.snapshots = Counter("oj_stream_snapshots", "Snapshots sent, by reason", ["reason"], registry=self.registry)

    def observe_request(self, route: str, method: str, status: int, seconds: float) -> None:
        known = method if method in {"GET", "POST", "OPTIONS"} else "other"
        self._requests.labels(route, known, str(status)).observe(seconds)

    def text(self, ctx: Context) -> bytes:
        """This process's figures and the store's."""
        registry = CollectorRegistry()
        registry.register(StoreCollector(ctx))
        return generate_latest(self.registry) + generate_latest(registry)


class StoreCollector(Collector):
    """Queue, judgements, phases and graders, as the store knows them: the same from every API instance."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def collect(self) -> Iterable[Metric]:
        with self._ctx.reading() as session:
            yield from _queue(session)
            yield _verdicts(session)
            yield from _phases(session)
            yield from _graders(session)


def _queue(session: Session) -> Iterable[Metric]:
    depth = GaugeMetricFamily("oj_queue_depth", "Judgements waiting", labels=["language", "lane", "state"])
    age = GaugeMetricFamily("oj_queue_age_seconds", "Age of the oldest waiting judgement", labels=["language", "lane"])
    rows = session.execute(
        select(
            JudgementRow.language, JudgementRow.lane, JudgementRow.state, func.count(), func.min(JudgementRow.queued_at)
        )
        .where(JudgementRow.state != "done")
        .group_by(JudgementRow.language, JudgementRow.lane, JudgementRow.state)
    )
    for language, lane, state, count, oldest in rows:
        depth.add_metric([language, lane, state], count)
        if state == "queued" and isinstance(oldest, datetime):
            age.add_metric([language, lane], max(0.0, (now() - oldest).total_seconds()))
    yield depth
    yield age


def _verdicts(session: Session) -> Metric:
    family = GaugeMetricFamily("oj_judgements", "Judgements done", labels=["language", "verdict"])
    rows = session.execute(
        select(JudgementRow.language, JudgementRow.verdict, func.count())
        .where(JudgementRow.state == "done")
        .group_by(JudgementRow.language, JudgementRow.verdict)
    )
    for language, verdict, count in rows:
        family.add_metric([language, verdict or "none"], count)
    return family


def _phases(session: Session) -> Iterable[Metric]:
    columns = {
        "queued": JudgementRow.queued_s,
        "compile": JudgementRow.compile_s,
        "run": JudgementRow.run_s,
        "total": JudgementRow.total_s,
    }
    family = HistogramMetricFamily("oj_phase_seconds", "Where a judgement's time goes", labels=["phase"])
    for phase, column in columns.items():
        within: list[ColumnElement[Any]] = [
            func.coalesce(func.sum(case((column <= bound, 1), else_=0)), 0) for bound in PHASE_BUCKETS_S
        ]
        counts = session.execute(
            select(*within, func.count(column), func.coalesce(func.sum(column), 0.0)).where(column.is_not(None))
        ).one()
        *buckets, count, total = counts
        named = [(str(bound), float(value)) for bound, value in zip(PHASE_BUCKETS_S, buckets, strict=True)]
        family.add_metric([phase], [*named, ("+Inf", float(count))], sum_value=float(total))
    yield family


def _graders(session: Session) -> Iterable[Metric]:
    alive = GaugeMetricFamily("oj_graders_alive", "Graders with a fresh heartbeat that passed their self-test")
    slots = GaugeMetricFamily("oj_slots", "Judging slots of the graders alive")
    since = now() - timedelta(seconds=GRADER_ALIVE_S)
    fresh = session.scalars(select(GraderRow).where(GraderRow.ready, GraderRow.last_seen > since)).all()
    alive.add_metric([], len(fresh))
    slots.add_metric([], sum(row.slots for row in fresh))
    yield alive
    yield slots
