"""A slot: one core, one sandbox with its warm containers, one judgement at a time."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from functools import partial
from itertools import zip_longest
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import JudgementOutcome, JudgementTask
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.services import judging, problems
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.image_specs import image_specs, sandbox_settings
from jupyter_oj_graders.judge import Judge, Ran
from jupyter_oj_graders.lease import LeaseKeeper
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_graders.publisher import Gathering, Publisher
from jupyter_oj_graders.quiet import Quiet
from jupyter_oj_sandbox import pool
from jupyter_oj_sandbox.api import Sandbox, SandboxFault

log = logging.getLogger(__name__)

OpenSandbox = Callable[[], Sandbox]
WARM_AT_START = 2


def cores(wanted: int) -> list[int | None]:
    """The core of each slot. `wanted` 0: one slot a core we may use, leaving one core free where there are three or
    more.

    More slots than cores share them; a slot that shares is not pinned (None).
    """
    usable = sorted(os.sched_getaffinity(0))
    if wanted == 0:
        wanted = len(usable) - 1 if len(usable) >= 3 else len(usable)
    if wanted > len(usable):
        return [None] * wanted
    return list(usable[-wanted:])  # core 0 tends to serve the interrupts


def open_warm(settings: Settings, *, slot: str, core: int | None, languages: Mapping[str, Language]) -> Sandbox:
    """The sandbox of a slot with the containers of the first `WARM_AT_START` languages started, the ones that programs
    run in first; the others' are started when they are needed."""
    sandbox = pool.open_sandbox(slot=slot, core=core, settings=sandbox_settings(settings))
    try:
        specs = [image_specs(language) for language in list(languages.values())[:WARM_AT_START]]
        sandbox.warm(*(spec for each in zip_longest(*specs) for spec in each if spec is not None))
    except BaseException:
        sandbox.close()
        raise
    return sandbox


class Slot:
    """Judges what it is told to, by judgement id. Lives in one process; opens its sandbox when first needed, and
    again after it could not be opened."""

    def __init__(
        self,
        ctx: Context,
        *,
        name: str,
        open_sandbox: OpenSandbox,
        languages: Mapping[str, Language],
    ) -> None:
        self._ctx = ctx
        self._name = name
        self._open_sandbox = open_sandbox
        self._languages = languages
        self._problems = ProblemCache(partial(problems.load_version, ctx))
        self._executables = ExecutableCache(ctx.settings.state_dir / "cache" / "executables")
        self._publisher = Publisher()
        self._sandbox: Sandbox | None = None
        self._judge: Judge | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Start the warm containers now. Raises `SandboxFault` or `OSError`."""
        if self._judge is None:
            self._sandbox = self._open_sandbox()
            self._judge = Judge(
                sandbox=self._sandbox,
                languages=self._languages,
                problems=self._problems,
                executables=self._executables,
                quiet=Quiet(self._ctx.settings.state_dir / "quiet.lock"),
            )

    def close(self) -> None:
        self._publisher.close()
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = self._judge = None

    def handle(self, judgement_id: str) -> None:
        """Lease, judge, record. Returns at once when somebody else has the judgement or it is done.

        A fault of ours gives it back, to be tried again elsewhere. Errors of the store pass: the lease then runs out.
        """
        task = judging.lease(self._ctx, judgement_id, self._name)
        if task is None:
            return
        settings = self._ctx.settings
        renew = partial(judging.renew, self._ctx, task)
        try:
            with LeaseKeeper(renew, every_s=settings.heartbeat_s, lease_s=settings.lease_s) as lease:
                outcome = self._judged(task, lease)
                self._publisher.flush()
            if outcome is None:
                log.warning("judgement %s: lease lost, stopped", judgement_id)
            elif not judging.record(self._ctx, task, outcome):
                log.warning("judgement %s: somebody else has recorded it", judgement_id)
        except JudgeError as error:
            log.error("judgement %s (attempt %d): %s", judgement_id, task.attempt, error, exc_info=error.__cause__)
            self._publisher.flush()
            judging.give_back(self._ctx, task, error.detail)

    def _judged(self, task: JudgementTask, lease: LeaseKeeper) -> JudgementOutcome | None:
        """The outcome, or None when the lease was lost on the way."""
        try:
            self.open()
        except (SandboxFault, OSError) as fault:
            raise JudgeError(f"the sandbox cannot be opened: {fault}") from fault
        if self._judge is None:
            raise JudgeError("the slot is closed")
        steps = self._judge.judge(task)
        runs = Gathering(self._publisher, partial(self._tell_runs, task))
        try:
            while not lease.lost:
                try:
                    step = next(steps)
                except StopIteration as done:
                    outcome: JudgementOutcome = done.value
                    return outcome
                except SQLAlchemyError as error:
                    raise JudgeError(f"the store failed: {error}") from error
                if isinstance(step, Ran):
                    runs.put(step)
                elif step.tests_total is not None:  # that it compiles was told by the lease
                    self._publisher.put(partial(self._tell, task, step.phase, step.tests_total))
            return None
        finally:
            steps.close()

    def _tell(self, task: JudgementTask, phase: str, tests_total: int) -> None:
        try:
            judging.progress(self._ctx, task, phase=phase, tests_total=tests_total)
        except SQLAlchemyError as error:  # also when the submission is deleted meanwhile
            log.warning("judgement %s: its phase is not told: %s", task.judgement_id, error)

    def _tell_runs(self, task: JudgementTask, ran: list[Ran]) -> None:
        judging.progress(self._ctx, task, tests_total=ran[-1].tests_total, runs=[step.run for step in ran])
