"""W1 submissions a second: a real grader with all its slots, queue to record, beside as many bare workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.judgement import JudgementState
from jupyter_oj_extension.services import health, problems, reconciler, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store import migrate
from jupyter_oj_extension.store.submissions import JudgementRow
from jupyter_oj_graders import slots
from tests.bench import cputime
from tests.bench.workloads import W1, W2, W4, Bare, Workload, as_problem, write_package

PEOPLE = 40
READY_S = 300.0
WATCH_S = 0.5
AT_ONCE, ROUNDS = 60, 5
"""Submissions in the queue at once, and how often."""
MIX = (W1, W2, W4)
"""The workloads of a saturated machine: an interpreter, a compiler, and both."""


def measure(folder: Path, *, quick: bool, tell: Callable[[str], None]) -> dict[str, float]:
    """`folder` must be short: Valkey's socket lies in it."""
    workers = len(slots.cores(0))
    package = write_package(folder / "packages", "best", W1.tests)
    bare, ours = [], []
    with _grader(folder, package) as grader:
        for _ in range(1 if quick else ROUNDS):  # in turn, so that the machine's mood hits both
            bare.append(_bare(folder, package, workers, AT_ONCE))
            ours.append(AT_ONCE / grader.judge((W1,), AT_ONCE).wall_s)
        ratio = statistics.median(mine / base for mine, base in zip(ours, bare, strict=True))
        figures = {
            "w1_per_s": round(statistics.median(ours), 2),
            "w1_per_s_bare": round(statistics.median(bare), 2),
            "w1_per_s_over_bare": round(ratio, 3),
            "workers": workers,
        }
        words = f"bare {figures['w1_per_s_bare']:.1f}, ours {figures['w1_per_s']:.1f}"
        tell(f"W1 a second, {workers} workers: {words}, {ratio:.2f} of bare")
        for name, mix in (("cpu_efficiency", MIX), ("cpu_efficiency_w1", (W1,))):
            spent = grader.judge(mix, 12 if quick else 60, watched=True)
            figures[name] = round(spent.programs_s / spent.all_s, 3)
            words = ", ".join(workload.name for workload in mix)
            tell(f"{name} {figures[name]:.3f} of {spent.all_s:.1f} CPU seconds went into the programs of {words}")
    return figures


def _bare(folder: Path, package: Path, workers: int, many: int) -> float:
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = [(folder / "bare", package, number) for number in range(many)]
        list(pool.map(_bare_one, jobs[: 2 * workers]))
        begun = time.perf_counter()
        list(pool.map(_bare_one, jobs))
        return many / (time.perf_counter() - begun)


def _bare_one(job: tuple[Path, Path, int]) -> None:
    folder, package, number = job
    Bare(folder / str(os.getpid())).run(W1, as_problem(package), number)


@dataclass(frozen=True, slots=True)
class Spent:
    """What judging took: wall time, CPU time of learners' programs and compilers, and of everything of ours."""

    wall_s: float
    programs_s: float
    all_s: float


class _Grader:
    """A real grader that is given its work all at once."""

    def __init__(self, ctx: Context, process: subprocess.Popen[bytes], slug: str) -> None:
        self._ctx, self._process, self._slug = ctx, process, slug
        self._numbers = count()

    def judge(self, workloads: tuple[Workload, ...], number: int, *, watched: bool = False) -> Spent:
        """Judge `number` submissions; the queue is full before the clock runs, and warm containers have been used.

        `watched`: CPU time is looked at on the way too, which costs some: what containers used that are replaced
        meanwhile is not lost by it.
        """
        self._submit(workloads, 4 * len(workloads))
        _wait(self._all_done, READY_S)
        self._process.send_signal(signal.SIGSTOP)
        self._submit(workloads, number)
        reconciler.reconcile(self._ctx)
        before = latest = self._snapshot()
        self._process.send_signal(signal.SIGCONT)
        begun = time.perf_counter()
        while not self._done_within(WATCH_S if watched else READY_S):
            latest = self._snapshot().after(latest)
            if time.perf_counter() - begun > READY_S:
                raise TimeoutError("the grader is not done in time")
        wall_s = time.perf_counter() - begun
        return Spent(wall_s, *self._snapshot().after(latest).since(before))

    def _snapshot(self) -> cputime.Snapshot:
        return cputime.Snapshot.take(self._process.pid, self._ctx.settings)

    def _done_within(self, seconds: float) -> bool:
        try:
            _wait(self._all_done, seconds)
        except TimeoutError:
            return False
        return True

    def _submit(self, workloads: tuple[Workload, ...], many: int) -> None:
        for index in range(many):
            number, workload = next(self._numbers), workloads[index % len(workloads)]
            who = Identity(f"user{number % PEOPLE}", "Bench")
            source = workload.source(number)
            submissions.submit(self._ctx, who, problem=self._slug, language=workload.language, source=source)

    def _all_done(self) -> bool:
        with self._ctx.reading() as session:
            open_ = select(func.count()).where(JudgementRow.state != JudgementState.DONE)
            return not session.scalar(open_)


@contextmanager
def _grader(folder: Path, package: Path) -> Iterator[_Grader]:
    settings = Settings(state_dir=folder, submissions_per_minute=1_000_000, max_in_flight=1000)
    valkey.ensure(settings)
    ctx = Context.open(settings)
    grader: subprocess.Popen[bytes] | None = None
    try:
        migrate.upgrade(ctx.engine)
        slug = problems.import_package(ctx, package).slug
        with open(folder / "grader.log", "wb") as log:
            grader = subprocess.Popen(
                [sys.executable, "-m", "jupyter_oj_graders.commands.grader"],
                env=os.environ | {"OJ_STATE_DIR": str(folder)},
                stdout=log,
                stderr=log,
            )
        _wait(lambda: _prepared(ctx), READY_S)
        yield _Grader(ctx, grader, slug)
    finally:
        if grader is not None:
            grader.send_signal(signal.SIGCONT)  # it may have been stopped when something failed
            grader.terminate()
            grader.wait(60)
        ctx.close()
        valkey.stop(settings)


def _prepared(ctx: Context) -> bool:
    """Whether the grader serves, and is done with trying languages, which takes both cores for a while."""
    judge = health.health(ctx)["judge"]
    return bool(judge["ready"]) and judge["preparing"] is None


def _wait(condition: Callable[[], object], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the grader is not done in time")
        time.sleep(0.05)
