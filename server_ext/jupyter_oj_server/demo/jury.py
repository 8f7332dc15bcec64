"""Submit every jury solution of every sample problem and hold the verdicts against the expected ones."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPClientError

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.problem import JurySubmission
from jupyter_oj_extension.services import languages
from jupyter_oj_server.demo.client import Client, ClientError

QUIET_S = 60.0
"""After this long without an event the stream is doubted and each open submission is asked for."""


@dataclass(frozen=True, slots=True)
class Solution:
    """One jury submission: of which problem, its path below ``submissions/``, its source as it stands in a cell, and
    what it must get: a verdict, and where it is said a score between two bounds."""

    problem: str
    name: str
    language: str
    expected: frozenset[str]
    source: str
    score: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    solution: Solution
    verdict: str | None
    cpu_s: float | None
    memory_kib: int | None
    message: str | None
    score: float | None = None

    @property
    def ok(self) -> bool:
        bounds = self.solution.score
        scored = bounds is None or (self.score is not None and bounds[0] <= self.score <= bounds[1])
        return self.verdict in self.solution.expected and scored

    def as_json(self) -> dict[str, Any]:
        return {
            "problem": self.solution.problem,
            "submission": self.solution.name,
            "language": self.solution.language,
            "expected": sorted(self.solution.expected),
            "verdict": self.verdict,
            "score": self.score,
            "cpu_s": self.cpu_s,
            "memory_kib": self.memory_kib,
            "message": self.message,
            "ok": self.ok,
        }


def solutions(problem_folders: list[Path]) -> list[Solution]:
    """All jury submissions, one of each problem in turn: so slow problems do not wait at the end."""
    by_problem = [[_solution(folder, jury) for jury in packages.jury_submissions(folder)] for folder in problem_folders]
    return [one for one in chain.from_iterable(zip_longest(*by_problem)) if one is not None]


def _solution(folder: Path, jury: JurySubmission) -> Solution | None:
    """None for a program of several files, which no cell holds. Several answers are one text with sections."""
    path = jury.path if jury.path.is_absolute() else folder / jury.path
    name = path.relative_to(folder / "submissions").as_posix()
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    if jury.language == languages.ANSWER and path.is_dir():
        source = "".join(f"=== {one.stem} ===\n{one.read_text(encoding='utf-8')}\n" for one in files)
    elif len(files) == 1:
        source = files[0].read_text(encoding="utf-8")
    else:
        return None
    return Solution(folder.name, name, jury.language, jury.expected, source, jury.score)


async def judge_all(client: Client, wanted: list[Solution], on_done: Callable[[Judged], None]) -> list[Judged]:
    """Submit `wanted` and follow them by the stream until each has its verdict. `on_done` is called for each."""
    open_ones: dict[str, Solution] = {}
    early: dict[str, dict[str, Any]] = {}
    done: dict[str, Judged] = {}
    changed = asyncio.Event()

    def finish(view: dict[str, Any]) -> None:
        solution = open_ones.pop(view["id"])
        told = view["judge_message"] or view["message"]
        judged = Judged(solution, view["verdict"], view["cpu_s"], view["memory_kib"], told, view["score"])
        done[view["id"]] = judged
        on_done(judged)

    def look(view: dict[str, Any]) -> None:
        if view["state"] == "done" and view["id"] in open_ones:
            finish(view)
        elif view["state"] == "done":
            early[view["id"]] = view

    def on_event(event: str, data: dict[str, Any]) -> None:
        changed.set()
        for view in data["submissions"] if event == "snapshot" else [data] if event == "submission" else []:
            look(view)

    follower = asyncio.ensure_future(client.stream(on_event))
    try:
        for solution in wanted:
            body = {"problem": solution.problem, "language": solution.language, "source": solution.source}
            view = await client.post("submissions", body)
            open_ones[view["id"]] = solution
            if view["id"] in early:
                finish(early.pop(view["id"]))
        while open_ones:
            changed.clear()
            try:
                await asyncio.wait_for(changed.wait(), QUIET_S)
            except TimeoutError:
                await _ask_for(client, list(open_ones), look)
    finally:
        follower.cancel()
    return list(done.values())


async def _ask_for(client: Client, ids: list[str], look: Callable[[dict[str, Any]], None]) -> None:
    health = await client.get("health")
    if not health["judge"]["ready"]:
        raise ClientError(f"the judge went away: {health['judge']['reason']}")
    for id in ids:
        look(await client.get(f"submissions/{id}"))


async def wait_until_ready(
    client: Client, problems: set[str], tell: Callable[[str], None], alive: Callable[[], bool], timeout_s: float
) -> None:
    """Until the judge is ready and all `problems` are there. `tell` gets the service's word on what it waits for."""
    deadline = time.monotonic() + timeout_s
    said = ""
    while True:
        reason = await _not_ready_for(client, problems)
        if reason is None:
            return
        if reason != said:
            tell(said := reason)
        if not alive():
            raise ClientError("the server ended while it was starting")
        if time.monotonic() > deadline:
            raise ClientError(f"the judge is not ready after {timeout_s:.0f} s: {reason}")
        await asyncio.sleep(0.3)


async def _not_ready_for(client: Client, problems: set[str]) -> str | None:
    try:
        health = await client.get("health")
        if not health["judge"]["ready"]:
            return str(health["judge"]["reason"] or "the judge is starting")
        listed = {row["id"] for row in (await client.get("problems", limit=200))["items"]}
    except (OSError, HTTPClientError):
        return "the server is starting"
    if missing := problems - listed:
        return f"{len(missing)} sample problems are still being loaded"
    return None
