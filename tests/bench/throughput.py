"""W1 submissions a second: a real grader with all its slots, queue to record, beside as many bare workers."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
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
from tests.bench.workloads import W1, Bare, as_problem, write_package

PEOPLE = 40
READY_S = 300.0


def measure(folder: Path, *, quick: bool, tell: Callable[[str], None]) -> dict[str, float]:
    """`folder` must be short: Valkey's socket lies in it."""
    count = 60 if quick else 200
    workers = len(slots.cores(0))
    package = write_package(folder / "packages", "best", W1.tests)
    bare = _bare(folder, package, workers, count)
    ours = _ours(folder, package, count)
    tell(f"W1 a second, {workers} workers: bare {bare:.1f}, ours {ours:.1f}, {ours / bare:.2f} of bare")
    return {
        "w1_per_s": round(ours, 2),
        "w1_per_s_bare": round(bare, 2),
        "w1_per_s_over_bare": round(ours / bare, 3),
        "workers": workers,
    }


def _bare(folder: Path, package: Path, workers: int, count: int) -> float:
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = [(folder / "bare", package, number) for number in range(count)]
        list(pool.map(_bare_one, jobs[: 2 * workers]))
        begun = time.perf_counter()
        list(pool.map(_bare_one, jobs))
        return count / (time.perf_counter() - begun)


def _bare_one(job: tuple[Path, Path, int]) -> None:
    folder, package, number = job
    Bare(folder / str(os.getpid())).run(W1, as_problem(package), number)


def _ours(folder: Path, package: Path, count: int) -> float:
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
        _wait(lambda: health.health(ctx)["judge"]["ready"], READY_S)
        _submit(ctx, slug, range(8))  # warm
        _wait(lambda: _done(ctx) == 8, READY_S)
        grader.send_signal(19)  # SIGSTOP: the queue is filled before the clock runs
        _submit(ctx, slug, range(8, 8 + count))
        reconciler.reconcile(ctx)
        grader.send_signal(18)  # SIGCONT
        begun = time.perf_counter()
        _wait(lambda: _done(ctx) == 8 + count, READY_S)
        return count / (time.perf_counter() - begun)
    finally:
        if grader is not None:
            grader.terminate()
            grader.wait(60)
        ctx.close()
        valkey.stop(settings)


def _submit(ctx: Context, slug: str, numbers: range) -> None:
    for number in numbers:
        who = Identity(f"user{number % PEOPLE}", "Bench")
        submissions.submit(ctx, who, problem=slug, language="python3", source=W1.source(number))


def _done(ctx: Context) -> int:
    with ctx.reading() as session:
        return session.scalar(select(func.count()).where(JudgementRow.state == JudgementState.DONE)) or 0


def _wait(condition: Callable[[], object], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the grader is not done in time")
        time.sleep(0.05)
