"""A contest seen from Lab: registering, the panel, and leaderboards that move by themselves."""

from __future__ import annotations

import time
import urllib.request
from json import dumps, loads
from typing import Any

import pytest
from lab_page import LabPage
from labserver import LabServer
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.podman]

CONTEST = "class-warm-up"
PATIENCE_MS = 60_000


class Contestant:
    """Somebody else, who plays through the API with their own enrolment token."""

    def __init__(self, lab: LabServer, name: str) -> None:
        self.lab = lab
        self.name = name
        status, answer = lab.call("POST", f"contests/{CONTEST}/enrolments", {"name": name})
        assert status == 201, answer
        self.token = answer["token"]

    def call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{self.lab.base}/oj/api/v1/{path}",
            data=None if body is None else dumps(body).encode(),
            method=method,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return loads(answer.read())

    def solve(self, problem: str, source: str) -> float:
        """Submit, wait for AC; the moment (monotonic) at which it could be known."""
        body = {"problem": problem, "language": "python3", "source": source, "contest": CONTEST}
        made = self.call("POST", "submissions", body)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            answer = self.call("GET", f"submissions/{made['id']}")
            if answer["state"] == "done":
                assert answer["verdict"] == "AC", answer
                return time.monotonic()
            time.sleep(0.02)
        raise AssertionError(f"no verdict: {answer}")


def test_widget_moves_within_a_second_without_a_click(page: LabPage, lab: LabServer, accepted: dict[str, str]) -> None:
    ada, grace = Contestant(lab, "Ada Widget"), Contestant(lab, "Grace Widget")
    ada.solve("sportsday", accepted["sportsday"])
    page.execute("notebook:create-new", kernelName="python3")
    page.wait_for_kernel()
    page.run_code(f"from jupyter_oj_extension import Leaderboard\nLeaderboard({CONTEST!r})")
    board = page.notebook.locator(".oj-leaderboard-widget")
    row = board.get_by_role("row").filter(has_text="Grace Widget")
    expect(row).to_be_visible(timeout=PATIENCE_MS)
    solved = row.locator(".oj-board-solved")
    expect(solved).to_have_text("0")
    # The kernel has done its part: without it the board lives on.
    page.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    lags = []
    for count, problem in enumerate(("sportsday", "lanterns", "cherries"), start=1):
        known = grace.solve(problem, accepted[problem])
        expect(solved).to_have_text(str(count))
        lags.append(time.monotonic() - known)
    assert max(lags) < 1, f"the board followed after {lags} seconds"
    assert page.page.evaluate("() => [...document.querySelectorAll('.oj-leaderboard-widget')].length") == 1


def test_panel_registers_opens_and_counts(page: LabPage, lab: LabServer, accepted: dict[str, str]) -> None:
    page.execute("oj:show-contests")
    register = page.contest.get_by_role("button", name="Register")
    expect(page.contest.get_by_text("Running")).to_be_visible()
    if register.is_visible():
        register.click()
    place = page.contest.locator(".oj-place")
    expect(place).to_be_visible()
    solved = page.contest.locator(".oj-board .oj-mine .oj-board-solved")
    before = int(solved.inner_text())
    page.contest.get_by_role("button", name="Birdsong").click()
    page.wait_for_notebook()
    expect(page.solution.locator(".oj-bar-contest")).to_have_text(CONTEST)
    page.write(accepted["birdsong"], language="python3")
    page.submit()
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)
    expect(page.contest.get_by_role("button", name="Birdsong").get_by_label("Solved")).to_be_visible()
    expect(solved).to_have_text(str(before + 1))
    _, mine = lab.call("GET", f"submissions?contest={CONTEST}&problem=birdsong")
    assert [item["verdict"] for item in mine["items"]] == ["AC"]


def test_main_area_board_shows_cells_and_moves_rows(page: LabPage, lab: LabServer, accepted: dict[str, str]) -> None:
    slow, quick = Contestant(lab, "Slow Mover"), Contestant(lab, "Quick Mover")
    slow.solve("lanterns", accepted["lanterns"])
    page.execute("oj:open-leaderboard", contest=CONTEST)
    table = page.page.get_by_role("table", name="Class warm-up").filter(visible=True).first
    rows = table.get_by_role("row")
    expect(rows.filter(has_text="Quick Mover")).to_be_visible()

    def place(name: str) -> int:
        return [name in text for text in rows.all_inner_texts()].index(True)

    assert place("Slow Mover") < place("Quick Mover")
    quick.solve("lanterns", accepted["lanterns"])
    quick.solve("cherries", accepted["cherries"])
    expect(rows.filter(has_text="Quick Mover").locator(".oj-board-solved")).to_have_text("2", timeout=1000)
    assert place("Quick Mover") < place("Slow Mover")
    expect(rows.filter(has_text="Quick Mover").locator(".oj-cell-solved")).to_have_count(2)
