"""Statements that are no Markdown in the browser: a PDF opens in JupyterLab, HTML and conversations run nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lab_page import LabPage
from labserver import LabServer
from package_support import PROBLEM, write_package
from playwright.sync_api import expect

from jupyter_oj_extension.services import problems
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.podman]

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
Add = Callable[[str, dict[str, str | None]], None]


@pytest.fixture
def add(lab: LabServer, tmp_path: Path) -> Add:
    """``add(slug, files)``: the running judge gets a problem."""

    def import_(slug: str, files: dict[str, str | None]) -> None:
        folder = write_package(tmp_path / slug, {"statement/problem.en.md": None} | files)
        (folder / "statement").mkdir(exist_ok=True)
        (folder / "statement" / "dot.png").write_bytes(DOT)
        ctx = Context.open(Settings(state_dir=lab.state_dir))
        problems.import_package(ctx, folder)
        ctx.close()

    return import_


def test_a_pdf_opens_beside_the_notebook(page: LabPage, add: Add) -> None:
    add("on-paper", {"statement/problem.en.pdf": "%PDF-1.4\n%%EOF\n"})
    page.open_problem("on-paper")
    link = page.notebook.get_by_role("link", name="on-paper-statement.pdf")
    expect(link).to_be_visible()
    link.click()
    expect(page.page.locator(".jp-PDFViewer, .jp-PDFContainer").first).to_be_attached()
    expect(page.page.get_by_role("tab", name="on-paper-statement.pdf")).to_be_visible()


def test_html_is_shown_with_its_pictures_and_runs_nothing(page: LabPage, add: Add) -> None:
    html = (
        "<html><body><h2>Twice</h2>\n\n<p>Print <b>twice</b> the number."
        '<img src="dot.png" alt="A dot" onload="window.hurt = 1"></p><pre>1\n\n2</pre>'
        "<script>window.hurt = 1</script></body></html>"
    )
    add("on-the-web", {"statement/problem.html": html})
    page.open_problem("on-the-web")
    expect(page.notebook.get_by_role("heading", name="Twice")).to_be_visible()
    picture = page.notebook.get_by_role("img", name="A dot")
    expect(picture).to_be_attached()
    page.page.wait_for_function("document.querySelector('img[alt=\"A dot\"]').naturalWidth === 1")
    expect(page.notebook.locator(".jp-MarkdownOutput pre").first).to_have_text("1\n\n2")
    assert page.page.evaluate("window.hurt") is None


def test_both_sides_of_a_sample_are_shown(page: LabPage, add: Add) -> None:
    files: dict[str, str | None] = {
        "problem.yaml": PROBLEM + "type: interactive\n",
        "output_validator/talk.py": "exit(42)\n",
        "data/sample/1.interaction": "< 3 $x$\n< $y$ <i>\n> 4\n",
    }
    add("talk", files)
    page.open_problem("talk")
    expect(page.notebook.get_by_role("paragraph").filter(has_text="comes without a statement")).to_be_visible()
    table = page.notebook.locator(".jp-MarkdownOutput table")
    expect(table.get_by_role("columnheader").first).to_have_text("The judge says")
    expect(table.locator("pre").nth(0)).to_have_text("3 $x$\n$y$ <i>")
    expect(table.locator("pre").nth(1)).to_have_text("4")
