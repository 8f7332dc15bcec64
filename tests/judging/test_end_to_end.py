"""The whole line without a browser: a package is imported, a submission taken in, a real worker judges it in the real
sandbox, and the verdict stands in the store and in the stream."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from grader_process import GraderProcess, all_done, until
from sqlalchemy import select

from jupyter_oj_extension import events, valkey
from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.services import contests, health, problems, submissions
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.submissions import JudgementRow

pytestmark = pytest.mark.podman

ADA = Identity("ada", "Ada")
TEACHER = Identity("teacher", "Teacher", ALL_ROLES)
RIGHT = {
    "python3": "print(2 * int(input()))\n",
    "cpp": '#include <cstdio>\nint main() { int n; if (scanf("%d", &n) != 1) return 1; printf("%d\\n", 2 * n); }\n',
}


@pytest.fixture
def double(service: Context, package: Callable[..., Path]) -> str:
    tests = {f"{number:02}": (f"{number}\n", f"{2 * number}\n") for number in range(1, 6)}
    folder = package("double", samples={"1": ("1\n", "2\n")}, secret=tests)
    return problems.import_package(service, folder).slug


def test_submissions_get_their_verdicts(service: Context, double: str) -> None:
    with GraderProcess(service, slots=2) as grader:
        sources = {
            ("python3", "AC"): RIGHT["python3"],
            ("cpp", "AC"): RIGHT["cpp"],
            ("python3", "WA"): "n = int(input())\nprint(2 * n if n < 4 else n)\n",
            ("python3", "CE"): "print(\n",
            ("cpp", "CE"): "int main() { return x; }\n",
            ("python3", "RTE"): "raise SystemExit(1)\n",
            ("cpp", "RTE"): "int main() { __builtin_trap(); }\n",
            ("python3", "TLE"): "while True: pass\n",
        }
        ids = [
            submissions.submit(service, ADA, problem=double, language=language, source=source)["id"]
            for (language, _), source in sources.items()
        ]
        views = all_done(service, ADA, ids, grader.tell)
        assert [(view["language"], view["verdict"]) for view in views] == list(sources), grader.tell()
        right, wrong, broken = views[0], views[2], views[4]
        assert (right["tests_total"], right["tests_done"], right["failing"]) == (6, 6, None)
        assert (wrong["tests_total"], wrong["tests_done"], wrong["failing"]) == (6, 5, 5)
        assert broken["compiler_output"].startswith("solution.cpp: In function")
        assert "solution.cpp:1:21: error" in broken["compiler_output"]

        told = service.redis.xrange(events.user_stream("ada"))
        assert [entry[1]["event"] for entry in told].count("run") == sum(view["tests_done"] for view in views)

        sample = submissions.run(service, ADA, problem=double, language="python3", source=RIGHT["python3"])
        own = submissions.run(service, ADA, problem=double, language="cpp", source=RIGHT["cpp"], input="21\n")
        sample, own = all_done(service, ADA, [sample["id"], own["id"]], grader.tell)
        assert (sample["verdict"], sample["tests_total"]) == ("AC", 1)
        assert (own["verdict"], own["runs"][0]["output"]) == ("AC", "42\n")
        assert "not compared" in own["message"]

        state = health.health(service)
        assert (state["status"], state["judge"]["slots"]) == ("ok", 2)
        assert set(health.ready_languages(service)) >= {"python3", "cpp"}
        assert grader.stop() == 0
    assert not health.health(service)["judge"]["ready"]
    assert "Traceback" not in grader.tell()


def test_a_grader_waits_for_its_broker(service: Context, double: str) -> None:
    """Valkey is away when the grader starts, and goes away again while it serves."""
    valkey.stop(service.settings)
    grader = GraderProcess(service)
    grader.start(wait=False)
    with grader:
        until(lambda: "does not answer, waiting" in grader.tell(), grader.tell)
        valkey.ensure(service.settings)
        grader.wait_ready()
        for _ in range(2):
            view = submissions.submit(service, ADA, problem=double, language="python3", source=RIGHT["python3"])
            (view,) = all_done(service, ADA, [view["id"]], grader.tell)
            assert view["verdict"] == "AC"
            valkey.stop(service.settings)
            valkey.ensure(service.settings)
        assert grader.stop() == 0


def test_a_grader_ends_with_the_program_that_started_it(service: Context) -> None:
    supervisor = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with GraderProcess(service, environment={"OJ_PARENT_PID": str(supervisor.pid)}) as grader:
        slots = grader.children()
        assert slots
        supervisor.kill()
        supervisor.wait()
        assert grader.process is not None
        assert grader.process.wait(60) == 0
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in slots), grader.tell)


def test_slots_die_with_their_grader(service: Context) -> None:
    with GraderProcess(service, slots=2) as grader:
        slots = grader.children()
        assert len(slots) >= 2
        grader.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in slots), grader.tell)


def test_burst_judges_what_waits_and_ends(service: Context, double: str) -> None:
    ids = [
        submissions.submit(service, Identity(f"user{n}", "U"), problem=double, language=language, source=source)["id"]
        for n, (language, source) in enumerate(RIGHT.items())
    ]
    grader = GraderProcess(service, options=("--burst",))
    grader.start(wait=False)
    assert grader.process is not None
    assert grader.process.wait(90) == 0, grader.tell()
    for n, id in enumerate(ids):
        assert submissions.get(service, Identity(f"user{n}", "U"), id)["verdict"] == "AC"


ACCOUNT = ["OJ_SANDBOX_ACCOUNT"] if os.geteuid() == 0 else []
"""Only root needs an account for the containers: an ordinary user owns them."""


@pytest.mark.parametrize("setting", ["OJ_OCI_RUNTIME", *ACCOUNT])
def test_a_host_that_does_not_contain_is_refused(service: Context, setting: str) -> None:
    """No account to own the containers, or not the configured runtime: nothing is served, exit code and log say so."""
    grader = GraderProcess(service, environment={setting: "nothing-of-that-name"})
    grader.start(wait=False)
    assert grader.process is not None
    assert grader.process.wait(90) == 3, grader.tell()
    assert "may not judge" in grader.tell()
    assert "nothing-of-that-name" in grader.tell()
    assert not health.health(service)["judge"]["ready"]


def test_a_graders_children_finish_what_they_have_in_hand(service: Context, double: str) -> None:
    """SIGTERM in the middle of a judgement: it is finished and recorded, then the grader ends."""
    with GraderProcess(service) as grader:
        slow = "import time\ntime.sleep(0.4)\nprint(2 * int(input()))\n"
        view = submissions.submit(service, ADA, problem=double, language="python3", source=slow)
        until(lambda: submissions.get(service, ADA, view["id"])["tests_done"] >= 1, grader.tell)
        assert grader.process is not None
        os.kill(grader.process.pid, signal.SIGTERM)
        assert grader.process.wait(60) == 0
        assert submissions.get(service, ADA, view["id"])["verdict"] == "AC", grader.tell()


def test_contests_go_first(service: Context, double: str) -> None:
    """With one slot, what a contest sends overtakes all practice that waits, in whatever language."""
    contests.create(
        service,
        id="cup",
        name="Cup",
        start=now() - timedelta(minutes=5),
        end=now() + timedelta(hours=1),
        problems=[double],
    )
    practice = [
        submissions.submit(service, Identity(f"user{n}", "U"), problem=double, language=language, source=source)["id"]
        for n, (language, source) in enumerate([*RIGHT.items()] * 3)
    ]
    contests.register(service, ADA, "cup")
    first = [
        submissions.submit(service, ADA, problem=double, language=language, source=source, contest="cup")["id"]
        for language, source in RIGHT.items()
    ]
    with GraderProcess(service) as grader:
        all_done(service, TEACHER, [*practice, *first], grader.tell)
    with service.reading() as session:
        by_end = session.scalars(select(JudgementRow.submission_id).order_by(JudgementRow.judged_at)).all()
    assert set(by_end[:2]) == set(first)
