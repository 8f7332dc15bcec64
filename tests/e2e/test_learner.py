"""A learner's way, in a real browser in front of the real judge: find a problem, get it wrong, get it right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lab_page import LabPage
from labserver import LabServer
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.podman]

SAMPLES = Path(__file__).parents[2] / "contest_notebooks"
PATIENCE_MS = 60_000


def jury(problem: str, kind: str, suffix: str) -> str:
    """A jury solution of a sample problem, such as a wrong one in Python."""
    (folder,) = SAMPLES.glob(f"*/{problem}/submissions/{kind}")
    return sorted(folder.glob(f"*{suffix}"))[0].read_text()


def test_wrong_then_right_answer_stream_in(page: LabPage) -> None:
    page.execute("oj:show-problems")
    page.problems.get_by_label("Search problems").fill("lantern street")
    row = page.rows.get_by_role("option", name="Lantern Street")
    expect(page.rows.get_by_role("option")).to_have_count(1)
    expect(row.get_by_label("Unsolved")).to_be_visible()
    row.click()
    page.wait_for_notebook()
    expect(page.notebook.get_by_role("heading", name="Lantern Street")).to_be_visible()

    page.write(jury("lanterns", "wrong_answer", ".py"))
    page.submit()
    expect(page.verdict).to_have_text("Wrong answer", timeout=PATIENCE_MS)
    failing = page.card.get_by_role("option", name="Wrong answer")
    expect(failing).to_have_count(1)
    expect(page.page.locator("[role=status].oj-sr-only")).to_contain_text("Wrong answer")
    expect(row.get_by_label("Tried")).to_be_visible()

    page.write(jury("lanterns", "accepted", ".py"))
    page.submit()
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)
    total = page.saved_card()["tests_total"]
    expect(page.card.get_by_role("option", name="Accepted")).to_have_count(total)
    expect(row.get_by_label("Solved")).to_be_visible()
    assert page.wait_until_saved()["verdict"] == "AC"


def test_a_double_click_and_two_problems_at_once_make_each_notebook_once(page: LabPage) -> None:
    """In a folder that the first of them makes."""
    made: list[str] = []
    page.page.on("request", lambda request: made.extend(re.findall(r"/problems/(\w+)/notebook", request.url)))
    page.page.evaluate(
        """() => Promise.all(['gloves', 'gloves', 'chairs'].map(problem =>
          window.jupyterapp.commands.execute('oj:open-problem', {problem, contest: null})))"""
    )
    for name in ("gloves.ipynb", "chairs.ipynb"):
        expect(page.page.get_by_role("tab", name=name)).to_have_count(1)
    expect(page.page.get_by_text("could not be opened")).to_have_count(0)
    assert sorted(made) == ["chairs", "gloves"]


def test_cells_of_the_strip_appear_one_by_one_while_judging(page: LabPage) -> None:
    page.open_problem("chairs")
    page.write("import time\nwhile time.process_time() < 0.25: pass\n" + jury("chairs", "accepted", ".py"))
    counts = page.page.evaluate_handle(
        """() => {
          const seen = new Set();
          const look = () => seen.add(document.querySelectorAll('.oj-SolutionCell .oj-test[role=option]').length);
          new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
          return seen;
        }"""
    )
    page.submit()
    expect(page.card.locator(".oj-facts").first).to_contain_text("test ", timeout=PATIENCE_MS)
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)
    seen = page.page.evaluate("seen => [...seen]", counts)
    assert len(seen) > 3, f"the strip went through these lengths only: {seen}"


def test_reload_in_mid_judgement_loses_nothing(page: LabPage, lab: LabServer) -> None:
    page.open_problem("gloves")
    page.write("import time\nwhile time.process_time() < 0.7: pass\n" + jury("gloves", "accepted", ".py"))
    page.submit()
    expect(page.card).to_be_visible()
    page.wait_until_saved()
    submission = page.saved_card()["id"]
    assert page.saved_card()["state"] != "done", "the solution must still be judged when the page is reloaded"
    page.reload()
    page.open_problem("gloves")
    assert page.saved_card()["id"] == submission
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)
    total = page.saved_card()["tests_total"]
    expect(page.card.get_by_role("option", name="Accepted")).to_have_count(total)
    _, mine = lab.call("GET", "submissions?problem=gloves")
    assert [item["id"] for item in mine["items"]] == [submission]
    assert page.saved_card()["verdict"] == "AC"


def test_verdict_that_came_while_the_notebook_was_closed(page: LabPage) -> None:
    page.open_problem("frog")
    page.write(jury("frog", "accepted", ".py"))
    page.submit()
    expect(page.card).to_be_visible()
    page.wait_until_saved()
    page.page.goto("about:blank")
    page.open()
    page.open_problem("frog")
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)


def test_compile_error_leads_to_the_cell_s_line(page: LabPage) -> None:
    page.open_problem("birdsong")
    page.write("int main() {\n    int a = 1;\n    return oops;\n}\n", language="cpp")
    page.submit()
    expect(page.verdict).to_have_text("Compile error", timeout=PATIENCE_MS)
    page.card.get_by_role("button", name="line 3").first.click()
    line = page.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.activeCell.editor.getCursorPosition().line"
    )
    assert line == 2  # counted from 0
    expect(page.page.locator("*:focus")).to_have_attribute("class", "cm-content")


def test_samples_show_what_was_expected_and_the_first_difference(page: LabPage, lab: LabServer) -> None:
    page.open_problem("ribbons")
    page.write("print('4 5')\n", language="python3")
    page.run_samples()
    expect(page.verdict).to_have_text("Wrong answer", timeout=PATIENCE_MS)
    expect(page.card).to_contain_text("not submitted")
    expect(page.card.locator("figure", has_text="Expected").locator("mark")).to_have_count(1)
    expect(page.card.locator("figure", has_text="Got").locator("mark")).to_have_count(1)
    _, mine = lab.call("GET", "submissions?problem=ribbons&kind=submit")
    assert mine["total"] == 0


def test_each_language_keeps_its_draft_and_its_colours(page: LabPage) -> None:
    page.open_problem("sportsday")
    page.wait_for_kernel()
    page.write("# my python\n", language="python3")
    picker = page.solution.get_by_label("Language of the solution")
    picker.select_option("cpp")
    editor = page.solution.locator(".cm-content")
    expect(editor).to_contain_text("int main")
    in_cpp = """() => {
      const cells = window.jupyterapp.shell.currentWidget.content.widgets;
      return cells.find(cell => cell.hasClass('oj-SolutionCell')).model.mimeType === 'text/x-c++src';
    }"""
    page.page.wait_for_function(in_cpp)
    picker.select_option("python3")
    expect(editor).to_have_text("# my python")
    picker.select_option("cpp")
    page.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    page.wait_for_kernel()
    page.page.wait_for_function(in_cpp)


def test_running_a_cpp_cell_runs_the_samples_and_not_the_kernel(page: LabPage) -> None:
    page.open_problem("picnic")
    page.wait_for_kernel()
    page.write(jury("picnic", "accepted", ".cpp"), language="cpp")
    page.solution.locator(".cm-content").click()
    page.page.keyboard.press("Shift+Enter")
    expect(page.verdict).to_have_text("Samples passed", timeout=PATIENCE_MS)
    expect(page.solution).not_to_contain_text("SyntaxError")


def test_history_gives_an_old_source_back(page: LabPage) -> None:
    page.open_problem("tincans")
    page.write("print(12345)\n", language="python3")
    page.submit()
    expect(page.verdict).to_have_text("Wrong answer", timeout=PATIENCE_MS)
    page.write("something else\n")
    page.solution.get_by_role("button", name="History").click()
    table = page.page.get_by_role("table").filter(has_text="Verdict")
    expect(table.get_by_role("row")).to_have_count(2)
    table.get_by_role("button").first.click()
    details = page.page.get_by_role("complementary", name="Submission")
    expect(details.get_by_role("region", name="Source, read-only")).to_contain_text("print(12345)")
    expect(details.locator(".oj-verdict")).to_have_text("Wrong answer")
    details.get_by_role("button", name="Copy to cell").click()
    expect(page.solution.locator(".cm-content")).to_contain_text("print(12345)")


def test_an_answer_that_comes_late_leaves_focus_on_its_problem(page: LabPage, lab: LabServer) -> None:
    """Somebody types, and walks down the list at once: the rows then change under them."""
    keys = page.page.keyboard
    _, known = lab.call("GET", "problems?limit=50")
    held: list[Route] = []

    def search(word: str, downs: int) -> None:
        held.clear()
        keys.press("Control+Alt+p")
        expect(page.problems.get_by_label("Search problems")).to_be_focused()
        keys.type(word)
        for _ in range(600):
            if held:
                break
            page.page.wait_for_timeout(50)
        for _ in range(downs):
            keys.press("ArrowDown")

    def answer(items: list[dict[str, Any]]) -> None:
        held[-1].fulfill(json=known | {"items": items, "total": len(items)})
        expect(page.rows.get_by_role("option")).to_have_count(len(items))

    page.execute("oj:show-problems")
    rows = page.rows.get_by_role("option")
    expect(rows).to_have_count(known["total"])
    page.page.route(re.compile(r"/problems\?.*[?&]q="), lambda route: held.append(route))
    ids = [row.get_attribute("data-problem") for row in rows.all()]
    by_id = {item["id"]: item for item in known["items"]}

    search("e", 3)
    expect(rows.nth(2)).to_be_focused()
    answer([by_id[id] for id in reversed(ids)])  # the same problems in another order
    walked = page.rows.locator(f"[data-problem={ids[2]}]")
    expect(walked).to_be_focused()
    expect(walked).to_have_attribute("aria-selected", "true")
    expect(page.rows.locator("[tabindex='0']")).to_have_count(1)

    search("i", 4)
    gone = list(reversed(ids))[3]
    expect(page.rows.locator(f"[data-problem={gone}]")).to_be_focused()
    rest = [id for id in ids if id != gone]
    answer([by_id[id] for id in rest])  # without the problem: focus goes to the row in its place
    expect(page.rows.locator(f"[data-problem={rest[3]}]")).to_be_focused()
    keys.press("ArrowUp")
    expect(page.rows.locator(f"[data-problem={rest[2]}]")).to_be_focused()

    search("x", 1)
    held[-1].fulfill(json=known | {"items": [], "total": 0})
    expect(page.problems.get_by_text("No problem matches")).to_be_visible()
    expect(page.problems.get_by_label("Search problems")).to_be_focused()
    page.page.unroute_all()


def test_the_whole_way_by_keyboard(page: LabPage) -> None:
    keys = page.page.keyboard
    keys.press("Control+Alt+p")
    expect(page.problems.get_by_label("Search problems")).to_be_focused()
    keys.type("hedgehog")
    found = page.rows.get_by_role("option")
    expect(found).to_have_count(1)
    keys.press("ArrowDown")
    expect(found).to_be_focused()
    keys.press("Enter")
    page.wait_for_notebook()
    page.wait_for_kernel()
    # From the first cell down to the solution, into it, write, submit.
    for _ in range(12):
        if page.solution.evaluate("cell => cell.classList.contains('jp-mod-active')"):
            break
        keys.press("ArrowDown")
    keys.press("Enter")
    keys.press("Control+a")
    keys.type("print(0)")
    keys.press("Control+Alt+Enter")
    expect(page.card).to_be_visible(timeout=PATIENCE_MS)
    expect(page.page.locator("[role=status].oj-sr-only")).not_to_be_empty(timeout=PATIENCE_MS)
    # Into the strip of tests, and along it.
    strip = page.card.get_by_role("listbox")
    strip.focus()
    keys.press("Home")
    expect(strip.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    expect(page.card.get_by_text("sample 1", exact=True)).to_be_visible()
