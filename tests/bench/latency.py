"""What a learner waits for: from POST to the first event of the judgement and to the verdict, on the real stack through
HTTP, one submission at a time."""

from __future__ import annotations

import asyncio
import logging
import statistics
import time
from collections.abc import Callable
from typing import Any

from jupyter_oj_server.demo.client import Client
from jupyter_oj_server.demo.private import private_stack

READY_S = 600.0
SOURCE = "import sys\nprint(sum(map(int, sys.stdin.read().split())))\n"


def measure(*, quick: bool, tell: Callable[[str], None]) -> dict[str, float]:
    with private_stack() as stack:
        first_ms, verdict_ms = asyncio.run(_measure(Client(stack.base, stack.token), 10 if quick else 40))
    figures = {
        "submit_to_first_event_ms_p50": round(statistics.median(first_ms), 1),
        "submit_to_first_event_ms_p95": round(_p95(first_ms), 1),
        "submit_to_verdict_ms_p50": round(statistics.median(verdict_ms), 1),
        "submit_to_verdict_ms_p95": round(_p95(verdict_ms), 1),
    }
    for name, value in figures.items():
        tell(f"{name} {value}")
    return figures


async def _measure(client: Client, count: int) -> tuple[list[float], list[float]]:
    problem = await _ready(client)
    seen: asyncio.Queue[tuple[float, str, dict[str, Any]]] = asyncio.Queue()
    stream = asyncio.create_task(client.stream(lambda event, data: seen.put_nowait((time.perf_counter(), event, data))))
    first_ms, verdict_ms = [], []
    try:
        while (await seen.get())[1] != "snapshot":
            continue
        for number in range(count + 2):
            begun = time.perf_counter()
            body = {"problem": problem, "language": "python3", "source": SOURCE + f"# {number}\n"}
            made = await client.post("submissions", body)
            first = None
            while True:
                at, event, data = await asyncio.wait_for(seen.get(), 60)
                if event != "submission" or data["id"] != made["id"] or data["state"] == "queued":
                    continue
                first = first or at
                if data["state"] == "done":
                    break
            if number >= 2:  # the first ones warm everything
                first_ms.append((first - begun) * 1000)
                verdict_ms.append((at - begun) * 1000)
    finally:
        logging.getLogger("tornado.application").setLevel(logging.CRITICAL)  # it calls an ended stream an error
        stream.cancel()
    return first_ms, verdict_ms


async def _ready(client: Client) -> str:
    """Wait until the stack judges Python; the id of a problem to submit to."""
    deadline = time.monotonic() + READY_S
    while True:
        try:
            languages = (await client.get("languages"))["items"]
            problems = (await client.get("problems"))["items"]
            if problems and any(one["id"] == "python3" and one["ready"] for one in languages):
                return str(problems[0]["id"])
        except OSError:
            pass  # the server is still starting
        if time.monotonic() > deadline:
            raise TimeoutError("the stack is not ready")
        await asyncio.sleep(0.2)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
