"""What learners get of statements that are no Markdown, of conversations, and of scores that are to be small."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from package_support import PROBLEM, write_package
from store_support import ADA, SOURCE, Judge, outcome

from jupyter_oj_extension.domain.errors import NotFound
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import judging, notebooks, problem_list, problems, submissions

GOLF = Path(__file__).parents[2] / "judging" / "packages" / "golf"


def cells(ctx: Judge, folder: Path, files: dict[str, str | None]) -> list[str]:
    """The sources of the notebook's cells down to the solution."""
    problems.import_package(ctx, write_package(folder / "doubling", files))
    made = notebooks.make(ctx, ADA, "doubling", language="python3")
    nbformat.validate(nbformat.from_dict(made))
    return [cell["source"] for cell in made["cells"][:-2]]


def test_without_a_statement_the_notebook_says_so(ctx: Judge, tmp_path: Path) -> None:
    header, statement, sample = cells(ctx, tmp_path, {"statement/problem.en.md": None})
    assert header.startswith("# Doubling\n") and "time limit 1 s" in header
    assert "without a statement" in statement
    assert "```text\n2\n```" in sample
    shown = problems.get(ctx, ADA, "doubling")
    assert (shown["statement"], shown["statement_pdf"]) == ("", None)
    with pytest.raises(NotFound):
        problems.statement_file(ctx, ADA, "doubling", problems.PDF)


def test_a_pdf_lies_beside_the_notebook(ctx: Judge, tmp_path: Path) -> None:
    files: dict[str, str | None] = {"statement/problem.en.md": None, "statement/problem.sv.pdf": "%PDF"}
    _, statement, _ = cells(ctx, tmp_path, files)
    assert statement == "The statement is a PDF: open [doubling-statement.pdf](doubling-statement.pdf).\n"
    assert problems.statement_file(ctx, ADA, "doubling", problems.PDF).read_text() == "%PDF"


def test_a_pdf_beside_a_text(ctx: Judge, tmp_path: Path) -> None:
    _, statement, _ = cells(ctx, tmp_path, {"problem.pdf": "%PDF"})
    assert statement.startswith("Print twice the number.\n") and "also there as a PDF" in statement


def test_pictures_of_html_come_along(ctx: Judge, tmp_path: Path) -> None:
    html = '<p>Look: <img src="a.png" alt="A"><img src="https://example.org/b.png"></p>'
    files: dict[str, str | None] = {"statement/problem.en.md": None, "statement/a.png": "picture"}
    problems.import_package(ctx, write_package(tmp_path / "doubling", files | {"statement/problem.html": html}))
    cell = notebooks.make(ctx, ADA, "doubling", language="python3")["cells"][1]
    assert '<img src="attachment:a.png" alt="A">' in cell["source"] and "example.org" not in cell["source"]
    assert list(cell["attachments"]) == ["a.png"]


def test_both_sides_of_an_interaction_are_shown(ctx: Judge, tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "problem.yaml": PROBLEM + "type: [interactive, multi-pass]\n",
        "output_validator/talk.py": "exit(42)\n",
        "data/sample/1.interaction": "<3 $x$\n< <b>\n>4\n>\n---\n<5\n> 6\n",
        "data/sample/more.interaction": "> hello\nnot of either\n",
    }
    _, _, first, second = cells(ctx, tmp_path, files)
    said = [
        {"who": "interactor", "text": "3 $x$\n<b>\n"},
        {"who": "program", "text": "4\n\n"},
        {"who": "note", "text": "the program is started again, for the next pass"},
        {"who": "interactor", "text": "5\n"},
        {"who": "program", "text": "6\n"},
    ]
    shown = problems.get(ctx, ADA, "doubling")["samples"]
    assert [(sample["name"], sample["input"]) for sample in shown] == [("1", ""), ("more", "")]
    assert shown[0]["conversation"] == said
    assert "<tr><td><pre>3 &#36;x&#36;&#10;&lt;b&gt;</pre></td><td></td></tr>" in first
    assert "<tr><td></td><td><pre>6</pre></td></tr>" in first
    assert "\n\n" not in first[first.index("<table>") :], "a blank line would end the table"
    assert "hello" in second and "not of either" not in second


def test_where_fewer_points_are_better_the_fewest_count(ctx: Judge) -> None:
    problems.import_package(ctx, GOLF)
    shown = problems.get(ctx, ADA, "golf")
    assert (shown["objective"], shown["max_score"], shown["groups"][0]["max"]) == ("min", None, None)
    assert "fewer points the better" in notebooks.make(ctx, ADA, "golf", language="python3")["cells"][0]["source"]
    for verdict, score in ((Verdict.WA, None), (Verdict.AC, 7.0), (Verdict.AC, 3.0), (Verdict.AC, 5.0)):
        view = submissions.submit(ctx, ADA, problem="golf", language="python3", source=SOURCE, contest=None)
        with ctx.reading() as session:
            ((_, judgement, _),) = session.execute(
                submissions._select(submissions.SubmissionRow.id == view["id"])
            ).all()
        task = judging.lease(ctx, judgement.id, "g1")
        assert task is not None
        given = outcome(verdict)
        assert judging.record(ctx, task, type(given)(given.verdict, given.runs, given.tests_total, score=score))
    row = next(row for row in problem_list.search(ctx, ADA)["items"] if row["id"] == "golf")
    assert (row["score"], row["max_score"], row["status"]) == (3.0, None, "solved")
