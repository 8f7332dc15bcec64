"""The real thing: JupyterLab with our extension, its own Valkey and grader, and Chromium in front of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lab_page import LabPage, lab_server, launch
from labserver import LabServer
from playwright.sync_api import Browser, expect, sync_playwright

from jupyter_oj_extension import valkey
from jupyter_oj_extension.settings import Settings

CONTEST = "class-warm-up"

expect.set_options(timeout=60_000)  # a busy machine is no reason to fail: what is expected comes, or it never does


@pytest.fixture(scope="session")
def lab() -> Iterator[LabServer]:
    """One server for all browser tests, ready to judge; each test uses problems of its own."""
    folder = Path(tempfile.mkdtemp(prefix="oje-"))  # short: it holds unix sockets
    try:
        with lab_server(folder) as server:
            server.wait_until_judging()
            yield server
    finally:
        valkey.stop(Settings(state_dir=folder / "state"))
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(lab: LabServer, browser: Browser) -> Iterator[LabPage]:
    """A fresh Lab in a fresh browser profile. The test fails if the page reports an error of ours."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    page = LabPage(tab, lab)
    page.open()
    yield page
    context.close()
    assert not errors, errors


@pytest.fixture(scope="session")
def accepted() -> dict[str, str]:
    """An accepted Python solution of each sample problem."""
    samples = Path(__file__).parents[2] / "contest_notebooks"
    return {
        folder.parents[1].name: sorted(folder.glob("*.py"))[0].read_text()
        for folder in samples.glob("*/*/submissions/accepted")
        if any(folder.glob("*.py"))
    }


@pytest.fixture(scope="session")
def contestants(lab: LabServer, accepted: dict[str, str]) -> None:
    """A class that has played already: people with different problems solved, and some wrong attempts."""
    names = ["Ada Lovelace", "Emmy Noether", "Alan Turing", "Grace Hopper", "Edsger Dijkstra", "Sofja Kowalewskaja"]
    problems = ["lanterns", "birdsong", "sportsday", "cherries", "hedgehog", "huts", "ferries"]
    for place, name in enumerate(names):
        _, made = lab.call("POST", f"contests/{CONTEST}/enrolments", {"name": name, "affiliation": "Class 7b"})
        contestant = replace(lab, address=f"{lab.base}/lab?token={made['token']}")
        for number, problem in enumerate(problems[: 7 - place]):
            if (place + number) % 3 == 0:
                contestant.judge(problem, "python3", "print(-1)", contest=CONTEST)
            if (place * number) % 5 != 4:
                contestant.judge(problem, "python3", accepted[problem], contest=CONTEST)
