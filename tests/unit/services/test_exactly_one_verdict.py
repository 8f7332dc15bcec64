"""Whatever happens to queue and graders, in whatever order: every submission ends with exactly one verdict, and it is
one that a holder of the lease gave."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select
from store_support import ADA, BOB, SOURCE, Judge, add_problem, outcome
from valkey_server import short_folder

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.judgement import JudgementTask
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import dispatch, judging, submissions
from jupyter_oj_extension.services.reconciler import reconcile
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store import migrate
from jupyter_oj_extension.store.submissions import JudgementRow, RunRow, SubmissionRow

QUICK = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each step writes to disk: shrinking takes minutes
)


def machine(shared: Settings) -> type[RuleBasedStateMachine]:
    class Judging(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.folder = short_folder()
            self.ctx = Judge.open(
                replace(
                    shared,
                    state_dir=self.folder,
                    redis_url=shared.redis,
                    broker_url=shared.broker,
                    submissions_per_minute=10_000,
                    max_in_flight=2,
                )
            )
            migrate.upgrade(self.ctx.engine)
            add_problem(self.ctx)
            self.ctx.redis.flushall()
            self.submitted: set[str] = set()
            self.tasks: list[JudgementTask] = []
            self.recorded: dict[str, Verdict] = {}
            self.holder: dict[str, str] = {}

        @rule(who=st.sampled_from([ADA, BOB]), key=st.sampled_from([None, "a", "b"]))
        def submit(self, who, key) -> None:
            view = submissions.submit(
                self.ctx, who, problem="pairs", language="python3", source=SOURCE, idempotency_key=key
            )
            self.submitted.add(view["id"])

        @rule()
        def graders_lease_what_is_queued(self) -> None:
            for id in self.ctx.queued():
                if task := judging.lease(self.ctx, id, "g1"):
                    self.tasks.append(task)
                    self.holder[task.submission_id] = task.token

        @precondition(lambda self: self.tasks)
        @rule(data=st.data(), verdict=st.sampled_from([Verdict.AC, Verdict.WA]))
        def record(self, data, verdict) -> None:
            task = data.draw(st.sampled_from(self.tasks))
            if judging.record(self.ctx, task, outcome(verdict)):
                assert self.holder[task.submission_id] == task.token
                self.recorded.setdefault(task.submission_id, verdict)

        @precondition(lambda self: self.tasks)
        @rule(data=st.data())
        def give_back(self, data) -> None:
            judging.give_back(self.ctx, data.draw(st.sampled_from(self.tasks)), "disk full")

        @rule()
        def leases_run_out(self) -> None:
            self.ctx.age(60, "lease_until")

        @rule()
        def graders_die_and_others_take_over(self) -> None:
            self.leases_run_out()
            self.time_passes_and_somebody_reconciles()
            self.graders_lease_what_is_queued()

        @rule()
        def the_broker_forgets(self) -> None:
            self.ctx.redis.flushall()

        @rule()
        def time_passes_and_somebody_reconciles(self) -> None:
            self.ctx.age(60, "sent_at")
            reconcile(self.ctx)

        @invariant()
        def nobody_exceeds_the_cap(self) -> None:
            with self.ctx.reading() as session:
                flying = select(func.count()).where(dispatch.in_flight).group_by(JudgementRow.user_id)
                assert all(n <= 2 for n in session.scalars(flying))

        @invariant()
        def what_is_recorded_stays(self) -> None:
            with self.ctx.reading() as session:
                rows = session.execute(
                    select(JudgementRow.submission_id, JudgementRow.verdict, func.count(RunRow.index))
                    .join(RunRow, RunRow.judgement_id == JudgementRow.id, isouter=True)
                    .where(JudgementRow.state == "done", JudgementRow.verdict != "JE")
                    .group_by(JudgementRow.id)
                ).all()
            assert {id: verdict for id, verdict, _ in rows} == self.recorded
            assert all(runs == 1 for *_, runs in rows)

        def teardown(self) -> None:
            for _ in range(2 * len(self.submitted) + 2):
                self.leases_run_out()
                self.time_passes_and_somebody_reconciles()
                for id in self.ctx.queued():
                    if task := judging.lease(self.ctx, id, "g2"):
                        assert judging.record(self.ctx, task, outcome(Verdict.AC))
            with self.ctx.reading() as session:
                assert set(session.scalars(select(SubmissionRow.id))) == self.submitted
                done = session.execute(select(JudgementRow.submission_id, JudgementRow.state, JudgementRow.valid)).all()
            assert sorted(done) == sorted((id, "done", True) for id in self.submitted)
            self.ctx.close()
            shutil.rmtree(self.folder)

    return Judging


@pytest.mark.usefixtures("redis_url")
def test_every_submission_ends_with_exactly_one_verdict(valkey_settings: Settings) -> None:
    assert valkey.answers(valkey_settings)
    run_state_machine_as_test(machine(valkey_settings), settings=QUICK)
