"""What tests of the services share: people, a problem, an answer, and a context that can be looked into."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from jupyter_oj_extension.broker import queue_name
from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.domain.judgement import JudgementOutcome, Lane, RunOutcome
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.problems import ProblemRow, ProblemVersionRow
from jupyter_oj_extension.store.submissions import JudgementRow

ADA = Identity("ada", "Ada Lovelace")
BOB = Identity("bob", "Bob")
TEACHER = Identity("teacher", "Teacher", ALL_ROLES)
SOURCE = "print(sum(map(int, input().split())))\n"


class Judge(Context):
    """A context with what tests do to it from outside: look into the queue, let time pass."""

    __slots__ = ()

    def queued(self, language: str = "python3", lane: Lane = Lane.PRACTICE) -> list[str]:
        """Take all judgement ids out of a queue, first in first out."""
        ids = []
        with self.sender._app.connection_for_read() as connection:  # type: ignore[attr-defined]
            channel = connection.default_channel
            while (message := channel.basic_get(queue_name(language, lane), no_ack=True)) is not None:
                ids.append(message.decode()[0][0])
        return ids

    def age(self, seconds: float, *columns: str, judgement: str | None = None) -> None:
        """Move these instants of judgements into the past."""
        with self.session() as session:
            statement = update(JudgementRow).values(dict.fromkeys(columns, now() - timedelta(seconds=seconds)))
            for column in columns:
                statement = statement.where(getattr(JudgementRow, column).is_not(None))
            session.execute(statement if judgement is None else statement.where(JudgementRow.id == judgement))


def add_problem(ctx: Context, slug: str = "pairs", *, listed: bool = True, source_kib: int = 128) -> None:
    document = {"languages": ["python3", "cpp"], "limits": {"source_kib": source_kib}}
    with ctx.session() as session:
        session.add(
            ProblemRow(
                id=slug,
                title=slug.title(),
                difficulty="easy",
                level=1,
                version="v1",
                listed=listed,
                search_text=slug,
            )
        )
        session.flush()
        session.add(ProblemVersionRow(problem_id=slug, version="v1", document=document))


def outcome(*verdicts: Verdict, sample: int = 1) -> JudgementOutcome:
    """An answer with one run a verdict, the first `sample` of them on samples."""
    runs = tuple(
        RunOutcome(
            index=index,
            case=f"sample/{index}" if index <= sample else f"secret/large/zq-{index:02}",
            group="sample" if index <= sample else "secret/large",
            sample=index <= sample,
            verdict=verdict,
            cpu_s=0.01 * index,
            wall_s=0.02,
            memory_kib=9000 + index,
            exit_code=0,
            message="zq message",
            input="zq input",
            expected="zq expected",
            output="zq output",
            error="zq error",
        )
        for index, verdict in enumerate(verdicts, 1)
    )
    worst = next((verdict for verdict in verdicts if verdict is not Verdict.AC), Verdict.AC)
    return JudgementOutcome(verdict=worst, runs=runs, tests_total=len(runs), cpu_s=0.03, memory_kib=9100)
