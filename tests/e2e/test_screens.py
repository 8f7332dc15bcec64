"""Every screen in each of its states, in light and dark. With OJ_SCREENSHOTS=1 the pictures go to docs/images.

What the screen says is asserted; its pixels are for people to look at.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lab_page import LabPage
from labserver import LabServer
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.podman]

IMAGES = Path(__file__).parents[2] / "docs" / "images"
API = "**/oj/api/v1/"
CONTESTS = re.compile(r"/oj/api/v1/contests(\?|$)")  # Lab adds a query against caches
PATIENCE_MS = 60_000
EMPTY_PAGE = {"items": [], "page": 1, "limit": 50, "total": 0, "tags": []}


def shoot(page: LabPage, name: str) -> None:
    """Save the page as NAME-light.png and NAME-dark.png, if asked for."""
    if os.environ.get("OJ_SCREENSHOTS") != "1":
        return
    IMAGES.mkdir(parents=True, exist_ok=True)
    for theme in ("dark", "light"):
        page.theme(theme)
        page.look_at_card()
        page.page.screenshot(path=IMAGES / f"{name}-{theme}.png", animations="disabled", caret="hide")


def answer(page: LabPage, path: str | re.Pattern[str], body: Any, status: int = 200) -> None:
    """Let the API answer this from now on."""

    def fulfil(route: Route) -> None:
        kind = "application/json" if status < 400 else "application/problem+json"
        route.fulfill(status=status, content_type=kind, body=json.dumps(body))

    page.page.route(path, fulfil)


@pytest.fixture(autouse=True)
def smaller(page: LabPage) -> None:
    page.page.set_viewport_size({"width": 1280, "height": 760})


def test_problems(page: LabPage) -> None:
    page.execute("oj:show-problems")
    expect(page.rows.get_by_role("option").first).to_be_visible()
    shoot(page, "problems")


def test_problems_loading(page: LabPage) -> None:
    page.page.route(f"{API}problems?*", lambda route: None)  # never answered
    page.execute("oj:show-problems")
    expect(page.problems.get_by_label("Loading the problems")).to_be_visible()
    shoot(page, "problems-loading")
    page.page.unroute_all(behavior="ignoreErrors")


def test_problems_empty(page: LabPage) -> None:
    answer(page, f"{API}problems?*", EMPTY_PAGE)
    page.execute("oj:show-problems")
    expect(page.problems.get_by_text("No problems yet")).to_be_visible()
    shoot(page, "problems-empty")
    page.problems.get_by_label("Search problems").fill("nothing like this")
    expect(page.problems.get_by_text("No problem matches")).to_be_visible()
    page.page.unroute_all()
    page.problems.get_by_role("button", name="Clear the filters").click()
    expect(page.rows.get_by_role("option").first).to_be_visible()


def test_problems_error_and_retry(page: LabPage) -> None:
    detail = "the database does not answer; the staff has been told"
    answer(page, f"{API}problems?*", {"title": "Not available now", "status": 503, "detail": detail}, 503)
    page.execute("oj:show-problems")
    expect(page.problems.get_by_role("alert")).to_contain_text(detail)
    shoot(page, "problems-error")
    page.page.unroute_all()
    page.problems.get_by_role("button", name="Retry").click()
    expect(page.rows.get_by_role("option").first).to_be_visible()


def test_judge_not_ready(page: LabPage, lab: LabServer) -> None:
    _, health = lab.call("GET", "health")
    reason = "this host has no sandbox yet: run `jupyter oj setup`"
    health |= {"status": "degraded", "judge": health["judge"] | {"ready": False, "reason": reason, "graders": 0}}
    answer(page, f"{API}health*", health)
    page.execute("oj:retry-connection")
    page.execute("oj:show-problems")
    expect(page.problems.get_by_text(reason)).to_be_visible()
    expect(page.page.get_by_role("button", name="Judge: not ready")).to_be_visible()
    shoot(page, "judge-not-ready")
    page.page.unroute_all()
    page.problems.get_by_role("button", name="Check again").click()
    expect(page.page.get_by_role("button", name="Judge: ready")).to_be_visible()


def test_judge_gone(page: LabPage) -> None:
    """The connection breaks while a page is open: it says so, and heals by itself."""
    page.execute("oj:show-problems")
    expect(page.page.get_by_role("button", name="Judge: ready")).to_be_visible()
    page.page.route(f"{API}**", lambda route: route.abort())
    page.execute("oj:retry-connection")
    expect(page.page.get_by_role("button", name="Judge: not reachable")).to_be_visible()
    shoot(page, "judge-not-reachable")
    page.page.unroute_all()
    expect(page.page.get_by_role("button", name="Judge: ready")).to_be_visible(timeout=30_000)


Submission = dict[str, Any]


def change_card(page: LabPage, change: Callable[[Submission], Submission]) -> None:
    """Put another submission's state under the solution cell, as the judge might have told it."""
    page.page.evaluate(
        """submission => {
          const cells = window.jupyterapp.shell.currentWidget.content.widgets;
          const outputs = cells.find(cell => cell.hasClass('oj-SolutionCell')).model.outputs;
          outputs.clear();
          const data = {'application/vnd.jupyter-oj.submission+json': submission};
          outputs.add({output_type: 'display_data', data, metadata: {}});
        }""",
        change(page.saved_card()),
    )


def test_verdict_cards(page: LabPage, accepted: dict[str, str]) -> None:
    page.open_problem("cherries")
    page.write("print(0)\n", language="python3")
    page.run_samples()
    expect(page.verdict).to_have_text("Wrong answer", timeout=PATIENCE_MS)
    page.look_at_card()
    shoot(page, "card-samples")

    page.write("int main( {\n    return 0;\n}\n", language="cpp")
    page.submit()
    expect(page.verdict).to_have_text("Compile error", timeout=PATIENCE_MS)
    page.look_at_card()
    shoot(page, "card-compile-error")

    page.write("print(0)\nif 1\n", language="python3")
    page.submit()
    expect(page.verdict).to_have_text("Compile error", timeout=PATIENCE_MS)
    expect(page.card).to_contain_text("SyntaxError")
    page.look_at_card()
    shoot(page, "card-syntax-error")

    page.write(
        "#include <vector>\nint main() {\n    std::vector<int> trees;\n    return trees.at(3);\n}\n", language="cpp"
    )
    page.submit()
    expect(page.verdict).to_have_text("Run-time error", timeout=PATIENCE_MS)
    expect(page.card).to_contain_text("std::out_of_range")
    expect(page.card).to_contain_text("line 4")
    page.look_at_card()
    shoot(page, "card-runtime-error")

    page.write(accepted["cherries"], language="python3")
    page.submit()
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)
    page.look_at_card()
    shoot(page, "card-accepted")
    done = page.saved_card()

    def judging(card: Submission) -> Submission:
        runs = done["runs"][: len(done["runs"]) // 2]
        return done | {
            "id": "j" * 32, "state": "leased", "phase": "judging", "verdict": None, "verdict_name": None,
            "runs": runs, "tests_done": len(runs), "judged_at": None,
        }  # fmt: skip

    def queued(card: Submission) -> Submission:
        return judging(card) | {
            "id": "q" * 32, "state": "queued", "phase": "queued", "position": 4, "runs": [], "tests_done": 0,
            "tests_total": None,
        }  # fmt: skip

    def judge_error(card: Submission) -> Submission:
        failed = {"id": "e" * 32, "verdict": "JE", "verdict_name": "Judge error", "runs": [], "tests_done": 0}
        return done | failed | {"judge_message": "the disk of grader g1 is full"}

    for name, change, word in (
        ("judging", judging, "Judging"),
        ("queued", queued, "Waiting"),
        ("judge-error", judge_error, "Judge error"),
    ):
        made = change(done)
        answer(page, f"{API}submissions/{made['id']}*", made)
        change_card(page, change)
        expect(page.verdict).to_have_text(word)
        page.look_at_card()
        shoot(page, f"card-{name}")
    why = page.card.locator(".oj-staff")
    expect(why).to_contain_text("Why the judge failed")
    expect(why).to_contain_text("Staff only")
    expect(why).to_contain_text("the disk of grader g1 is full")

    gone = {"title": "Not found", "status": 404, "detail": "no such submission"}
    answer(page, f"{API}submissions/{'x' * 32}*", gone, 404)
    change_card(page, lambda card: queued(card) | {"id": "x" * 32})
    expect(page.solution.get_by_role("alert")).to_contain_text("no such submission")


def test_history(page: LabPage) -> None:
    page.open_problem("bread")
    page.write("print(1)\n", language="python3")
    page.submit()
    expect(page.verdict).to_have_text("Wrong answer", timeout=PATIENCE_MS)
    page.execute("oj:open-history", problem="")
    page.page.get_by_role("table").get_by_role("button").first.click()
    expect(page.page.get_by_role("region", name="Source, read-only")).to_be_visible()
    shoot(page, "history")


def test_history_empty(page: LabPage) -> None:
    answer(page, f"{API}submissions?*", EMPTY_PAGE)
    page.execute("oj:open-history", problem="")
    expect(page.page.get_by_text("No submissions here")).to_be_visible()
    shoot(page, "history-empty")


def test_contest_and_leaderboard(page: LabPage, lab: LabServer, contestants: None) -> None:
    lab.call("POST", "contests/class-warm-up/registration", {})
    page.execute("oj:show-contests")
    page.execute("application:toggle-left-area")
    page.execute("oj:open-leaderboard", contest="class-warm-up")
    expect(page.page.locator(".oj-board-page .oj-cell-solved").first).to_be_visible()
    expect(page.contest.locator(".oj-mine")).to_have_count(1)
    expect(page.page.locator(".oj-board-notes")).to_have_count(0)  # gone once the live board is there
    shoot(page, "leaderboard")


def test_widget(page: LabPage, contestants: None) -> None:
    page.execute("notebook:create-new", kernelName="python3")
    page.wait_for_kernel()
    page.run_code('from jupyter_oj_extension import Leaderboard\nLeaderboard("class-warm-up", limit=5)')
    rows = page.notebook.locator(".oj-leaderboard-widget tbody tr")
    expect(rows.first).to_be_visible(timeout=PATIENCE_MS)
    assert 5 <= rows.count() <= 6  # and my own, if it is further down
    shoot(page, "widget")


def test_contest_before_its_start(page: LabPage, lab: LabServer) -> None:
    _, contest = lab.call("GET", "contests/class-warm-up")
    contest |= {"state": "before", "registered": False, "start": "2999-01-01T09:00:00Z", "end": "2999-01-01T14:00:00Z"}
    answer(page, re.compile(r"/contests/class-warm-up(\?|$)"), contest | {"problems": []})
    answer(page, CONTESTS, {"items": [contest]})
    page.execute("oj:show-contests")
    expect(page.contest.get_by_role("button", name="Register")).to_be_visible()
    expect(page.contest.get_by_text("The problems appear here when the contest starts.")).to_be_visible()
    shoot(page, "contest-before")


def test_no_contest(page: LabPage) -> None:
    answer(page, CONTESTS, {"items": []})
    page.execute("oj:show-contests")
    expect(page.contest.get_by_text("No contests yet")).to_be_visible()
    shoot(page, "contest-empty")


def test_board_from_the_database_and_frozen(page: LabPage, lab: LabServer) -> None:
    _, board = lab.call("GET", "contests/class-warm-up/leaderboard")
    board |= {"source": "database", "frozen": True, "state": "frozen", "seq": board["seq"] + 1_000_000}
    answer(page, f"{API}contests/class-warm-up/leaderboard?*", board)
    page.page.route(f"{API}stream*", lambda route: route.abort())
    page.execute("oj:open-leaderboard", contest="class-warm-up")
    notes = page.page.locator(".oj-board-page .oj-board-notes")
    expect(notes).to_contain_text("frozen")
    expect(notes).to_contain_text("database")
