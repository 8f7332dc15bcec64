"""What a learner waits for: from POST to the first event of the judgement and to the verdict, on the real stack through
HTTP, one submission at a time."""

from __future__ import annotations

import asyncio
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_oj_extension.services import problems
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_server.demo.client import Client
from jupyter_oj_server.demo.private import private_stack
from tests.bench.workloads import Bare, as_problem, python, write_package

READY_S = 600.0
WARM_UP = 4
PAUSE_S = 0.1
"""Between submissions, so that each finds an idle machine."""
ONE = python("one", 1)


def measure(folder: Path, *, quick: bool, tell: Callable[[str], None]) -> dict[str, float]:
    package = write_package(folder / "packages", "one", ONE.tests)
    bare = Bare(folder / "bare")

    def run_bare(number: int) -> float:
        begun = time.perf_counter()
        bare.run(ONE, as_problem(package), number)
        return (time.perf_counter() - begun) * 1000

    with private_stack() as stack:
        state = Settings(state_dir=stack.log.parent / "state")
        client = Client(stack.base, stack.token)
        asyncio.run(_ready(client))
        ctx = Context.open(state)
        try:
            slug = problems.import_package(ctx, package).slug
        finally:
            ctx.close()
        first_ms, verdict_ms, bare_ms = asyncio.run(_measure(client, slug, run_bare, 10 if quick else 40))
    over_ms = [ours - base for ours, base in zip(verdict_ms, bare_ms, strict=True)]
    figures = {
        "submit_to_first_event_ms_p50": round(statistics.median(first_ms), 1),
        "submit_to_first_event_ms_p95": round(_p95(first_ms), 1),
        "submit_to_verdict_ms_p50": round(statistics.median(verdict_ms), 1),
        "submit_to_verdict_ms_p95": round(_p95(verdict_ms), 1),
        "submit_to_verdict_over_bare_ms": round(statistics.median(over_ms), 1),
    }
    for name, value in figures.items():
        tell(f"{name} {value}")
    return figures


async def _measure(
    client: Client, problem: str, run_bare: Callable[[int], float], many: int
) -> tuple[list[float], list[float], list[float]]:
    await _ready(client)
    seen: asyncio.Queue[tuple[float, str, dict[str, Any]]] = asyncio.Queue()
    stream = asyncio.create_task(client.stream(lambda event, data: seen.put_nowait((time.perf_counter(), event, data))))
    first_ms, verdict_ms, bare_ms = [], [], []
    try:
        while (await seen.get())[1] != "snapshot":
            continue
        for number in range(many + WARM_UP):
            begun = time.perf_counter()
            body = {"problem": problem, "language": "python3", "source": ONE.source(number)}
            made = await client.post("submissions", body)
            first = None
            while True:
                at, event, data = await asyncio.wait_for(seen.get(), 60)
                if event != "submission" or data["id"] != made["id"] or data["state"] == "queued":
                    continue
                first = first or at
                if data["state"] == "done":
                    break
            base_ms = run_bare(number)
            await asyncio.sleep(PAUSE_S)
            if number >= WARM_UP:  # the first ones warm everything
                bare_ms.append(base_ms)
                first_ms.append((first - begun) * 1000)
                verdict_ms.append((at - begun) * 1000)
    finally:
        logging.getLogger("tornado.application").setLevel(logging.CRITICAL)  # it calls an ended stream an error
        stream.cancel()
    return first_ms, verdict_ms, bare_ms


async def _ready(client: Client) -> None:
    """Wait until the stack judges Python."""
    deadline = time.monotonic() + READY_S
    while True:
        try:
            languages = (await client.get("languages"))["items"]
            if any(one["id"] == "python3" and one["ready"] for one in languages):
                return
        except OSError:
            pass  # the server is still starting
        if time.monotonic() > deadline:
            raise TimeoutError("the stack is not ready")
        await asyncio.sleep(0.2)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
