"""A real headless Jupyter server with our extension and the bundled Valkey, no grader: the tests record verdicts."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from jupyter_oj_extension.domain.judgement import JudgementOutcome, JudgementTask, RunOutcome
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import contests, judging, problems
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.submissions import JudgementRow
from jupyter_oj_server.demo.private import free_port, server_command

TOKEN = "the-server-token"
PROBLEM_YAML = """\
problem_format_version: 2025-09
name: {title}
uuid: {uuid}
type: pass-fail
"""


@dataclass(frozen=True)
class Server:
    """A running server. `http` is a client with the server's own token."""

    base: str
    settings: Settings
    process: subprocess.Popen[bytes]
    http: httpx.Client
    log: Path

    @property
    def root(self) -> str:
        return self.base.removesuffix("/oj/api/v1/")

    def client(self, token: str | None) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.base, headers=headers, timeout=30)

    def enrol(self, contest: str, name: str, user: str | None = None) -> httpx.Client:
        answer = self.http.post(f"contests/{contest}/enrolments", json={"name": name, "user": user})
        assert answer.status_code == 201, answer.text
        return self.client(answer.json()["token"])

    def submit(self, client: httpx.Client, source: str = "print(input())", **more: Any) -> dict[str, Any]:
        body = {"problem": "echo", "language": "python3", "source": source, **more}
        answer = client.post("submissions", json=body)
        assert answer.status_code == 202, answer.text
        return dict(answer.json())


@contextmanager
def running_server(state_dir: Path, **env: str) -> Iterator[Server]:
    """A server process on `state_dir`; ended with SIGTERM afterwards."""
    folder = state_dir.parent / f"jupyter-{free_port()}"
    folder.mkdir(parents=True)
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("OJ_", "JUPYTER_"))}
    environment |= {f"JUPYTER_{name.upper()}_DIR": str(folder / name) for name in ("config", "runtime", "data")}
    environment |= {
        "JUPYTER_TOKEN": TOKEN,
        "OJ_STATE_DIR": str(state_dir),
        "OJ_CONFIG": "/dev/null",
        "OJ_SAMPLES": "0",
        "OJ_START_GRADER": "0",
        "OJ_SUBMISSIONS_PER_MINUTE": "10000",
        "OJ_REQUESTS_PER_MINUTE": "100000",
        **env,
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            server_command(port, folder),
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    base = f"http://127.0.0.1:{port}/oj/api/v1/"
    with httpx.Client(base_url=base, headers={"Authorization": f"token {TOKEN}"}, timeout=30) as http:
        server = Server(base, Settings(state_dir=state_dir), process, http, log)
        try:
            eventually(lambda: is_open(server), 60, lambda: log.read_text())
            yield server
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(40)
                except subprocess.TimeoutExpired:
                    process.kill()
            process.wait()


def is_open(server: Server) -> bool:
    assert server.process.poll() is None, server.log.read_text()
    try:
        health = server.http.get("health").json()
    except httpx.TransportError:
        return False
    return bool(health["database"] and health["redis"])


def eventually(condition: Callable[[], Any], timeout_s: float = 20, explain: Callable[[], str] = lambda: "") -> Any:
    """What `condition` answers once it is true; fails when it stays false for `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {timeout_s} s: {explain()}"
        time.sleep(0.05)
    return value


def fill(ctx: Context, folder: Path) -> None:
    """Two problems, and three contests: running, to come, over."""
    for slug in ("echo", "other"):
        problems.import_package(ctx, package(folder / "packages", slug))
    at = now()
    hour = timedelta(hours=1)
    for id, start, end in (
        ("cup", at - hour, at + 5 * hour),
        ("later", at + hour, at + 2 * hour),
        ("over", at - 2 * hour, at - hour),
    ):
        contests.create(ctx, id=id, name=f"The {id}", start=start, end=end, problems=["echo", "other"])


def package(folder: Path, slug: str) -> Path:
    """A tiny package: print the number that was read."""
    root = folder / slug
    files = {
        "problem.yaml": PROBLEM_YAML.format(title=slug.title(), uuid="5ca6ba5b-36d5-4eff-8aa7-d967cbc4375e"),
        "statement/problem.en.md": "Print what you read. ![A picture](dot.png)\n",
        "data/sample/1.in": "7\n",
        "data/sample/1.ans": "7\n",
        "data/secret/1.in": "12\n",
        "data/secret/1.ans": "12\n",
        "submissions/accepted/right.py": "print(input())\n",
        "submissions/wrong_answer/wrong.py": "print(0)\n",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "statement/dot.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return root


def task_of(ctx: Context, submission: dict[str, Any], grader: str = "test") -> JudgementTask:
    """Lease the submission's judgement, as a grader would."""
    with ctx.reading() as session:
        judgement = session.scalars(
            select(JudgementRow.id).where(JudgementRow.submission_id == submission["id"], JudgementRow.valid)
        ).one()
    task = judging.lease(ctx, judgement, grader)
    assert task is not None
    return task


def judge(ctx: Context, submission: dict[str, Any], verdict: Verdict = Verdict.AC) -> None:
    """Judge a submission with two tests the way a grader does: lease, progress, record."""
    task = task_of(ctx, submission)
    judging.progress(ctx, task, phase="judging", tests_total=2)
    runs = (_run(1, "sample/1", "sample", Verdict.AC), _run(2, "secret/1", "secret", verdict))
    for run in runs:
        judging.progress(ctx, task, tests_total=2, runs=[run])
    failing = None if verdict is Verdict.AC else 2
    assert judging.record(
        ctx,
        task,
        JudgementOutcome(verdict=verdict, runs=runs, tests_total=2, failing=failing, cpu_s=0.02, memory_kib=9000),
    )


def _run(index: int, case: str, group: str, verdict: Verdict) -> RunOutcome:
    figures: dict[str, Any] = {"cpu_s": 0.01, "wall_s": 0.02, "memory_kib": 9000, "exit_code": 0}
    run = RunOutcome(index=index, case=case, group=group, sample=group == "sample", verdict=verdict, **figures)
    return replace(run, input="7\n", expected="7\n", output="7\n", error="") if run.sample else run
