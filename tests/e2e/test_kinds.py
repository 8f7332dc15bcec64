"""Problems of other kinds in the browser: points by groups, a conversation, answers without a program, a query."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest
from lab_page import LabPage
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.podman]

TOUR = Path(__file__).parents[2] / "contest_notebooks" / "judge-tour"
IMAGES = Path(__file__).parents[2] / "docs" / "images"
PATIENCE_MS = 120_000


def jury(path: str) -> str:
    return (TOUR / path).read_text()


def shoot(page: LabPage, name: str) -> None:
    """Save the page as NAME-light.png and NAME-dark.png, if asked for."""
    if os.environ.get("OJ_SCREENSHOTS") != "1":
        return
    for theme in ("dark", "light"):
        page.theme(theme)
        page.look_at_card()
        page.page.screenshot(path=IMAGES / f"{name}-{theme}.png", animations="disabled", caret="hide")


@pytest.fixture(autouse=True)
def smaller(page: LabPage) -> None:
    page.page.set_viewport_size({"width": 1280, "height": 760})


def test_points_are_on_the_card_in_the_list_and_in_the_history(page: LabPage) -> None:
    page.open_problem("orchard")
    page.write(jury("orchard/submissions/wrong_answer/thinks_they_are_alike.py"))
    page.submit()
    expect(page.verdict).to_have_text("Wrong answer", timeout=PATIENCE_MS)
    expect(page.card.locator(".oj-card-head")).to_contain_text("20 of 100 points")
    groups = page.card.get_by_role("table", name="Points by test group").get_by_role("row")
    expect(groups).to_have_count(4)  # with their head
    expect(groups.nth(1)).to_contain_text(re.compile("1-few.*Wrong answer.*0 of 30"))
    expect(groups.nth(2)).to_contain_text(re.compile("2-alike.*Accepted.*20 of 20"))
    expect(groups.nth(3)).to_contain_text(re.compile("3-all.*Not run.*0 of 50"))
    shoot(page, "card-points")
    page.execute("oj:show-problems")
    page.problems.get_by_label("Search problems").fill("two apples")
    expect(page.rows.get_by_role("option", name="Two Apples")).to_contain_text("20 of 100 points")
    page.execute("oj:open-history", problem="orchard")
    history = page.page.locator(".oj-history:visible")
    expect(history.get_by_role("columnheader", name="Points")).to_be_visible()
    expect(history.get_by_role("cell", name="20 / 100")).to_be_visible()
    shoot(page, "history-points")


def test_answers_are_written_into_the_cell(page: LabPage) -> None:
    page.open_problem("signs")
    starter = page.solution.locator(".cm-content")
    expect(starter).to_contain_text("=== 4 ===")
    page.write(jury("signs/submissions/wrong_answer/half.out"))
    page.submit()
    expect(page.verdict).to_have_text("Wrong answer", timeout=PATIENCE_MS)
    expect(page.card.locator(".oj-card-head")).to_contain_text("50 of 100 points")
    page.write(jury("signs/submissions/accepted/in_one_cell.out"))
    page.submit()
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)
    expect(page.card.locator(".oj-card-head")).to_contain_text("100 of 100 points")


def test_answers_come_from_a_zip_file(page: LabPage) -> None:
    answers = re.split(r"=== (\d) ===\n", jury("signs/submissions/accepted/in_one_cell.out"))[1:]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in zip(answers[::2], answers[1::2], strict=True):
            archive.writestr(f"answers/{name}.out", text)
    page.open_problem("signs")
    choose = page.solution.get_by_label("ZIP file with an answer to each test")
    choose.set_input_files({"name": "a.zip", "mimeType": "application/zip", "buffer": b"not a ZIP file"})
    expect(page.page.get_by_text("the archive cannot be unpacked")).to_be_visible()
    choose.set_input_files({"name": "a.zip", "mimeType": "application/zip", "buffer": packed.getvalue()})
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)
    expect(page.solution.locator(".cm-content")).to_contain_text(answers[1].strip())
    expect(page.card.locator(".oj-card-head")).not_to_contain_text("0 ms")


def test_both_sides_of_a_sample_stand_on_the_card(page: LabPage) -> None:
    page.open_problem("lighthouse")
    page.write(jury("lighthouse/submissions/accepted/halving.py"))
    page.run_samples()
    expect(page.verdict).to_have_text("Samples passed", timeout=PATIENCE_MS)
    said = page.card.get_by_role("region", name="Conversation").get_by_role("listitem")
    expect(said.nth(0)).to_have_text(re.compile(r"^Judge\d+$"))
    expect(said.nth(1)).to_have_text(re.compile(r"^Your programask \d+$"))
    expect(said.last).to_have_text(re.compile(r"^Your programboat \d+$"))
    shoot(page, "card-conversation")


def test_a_function_problem_tells_what_to_write(page: LabPage) -> None:
    page.open_problem("brightest")
    line = "brightest(cave: tree[int]) → list[int]"
    expect(page.solution.get_by_role("toolbar", name="Solution")).to_contain_text(line)
    expect(page.notebook.locator(".jp-MarkdownCell").first).to_contain_text(line)


@pytest.mark.parametrize(
    ("problem", "solution", "kind"),
    [
        ("lighthouse", "halving.py", "ask 3"),
        ("flags", "two_for_a_digit.py", "RGRGGR"),
        ("bakery", "left_join.sql", "CREATE TABLE customers"),
    ],
)
def test_other_kinds_are_accepted(page: LabPage, problem: str, solution: str, kind: str) -> None:
    page.open_problem(problem)
    expect(page.notebook).to_contain_text(kind)
    page.write(jury(f"{problem}/submissions/accepted/{solution}"))
    page.submit()
    expect(page.verdict).to_have_text("Accepted", timeout=PATIENCE_MS)
    expect(page.card.get_by_role("table", name="Points by test group")).to_have_count(0)
