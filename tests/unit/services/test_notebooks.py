"""The notebook that is made of a problem."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from package_support import write_package
from store_support import ADA, Judge

from jupyter_oj_extension.domain.errors import NotFound, Unprocessable
from jupyter_oj_extension.services import notebooks, problems


@pytest.fixture
def doubling(ctx: Judge, tmp_path: Path) -> Judge:
    files = {
        "statement/problem.en.md": 'Twice.\n\n![tree](tree.png "A tree") ![far](https://example.org/x.png)\n',
        "statement/tree.png": "picture",
        "data/sample/2.in": "```\n",
        "data/sample/2.ans": "````\n",
        "jupyter_oj.yaml": "tags: [maths]\nstarters: {cpp: 'int main() {}'}\n",
    }
    problems.import_package(ctx, write_package(tmp_path / "doubling", dict(files)))
    return ctx


def test_a_valid_notebook_with_one_solution_cell(doubling: Judge) -> None:
    made = notebooks.make(doubling, ADA, "doubling", language="cpp", contest="cup")
    nbformat.validate(nbformat.from_dict(made))
    assert made["metadata"]["oj"] == {
        "problem": "doubling",
        "contest": "cup",
        "version": problems.get(doubling, ADA, "doubling")["version"],
    }
    assert made["metadata"]["kernelspec"]["name"] == "python3"
    roles = [cell["metadata"]["oj"]["role"] for cell in made["cells"]]
    assert roles == ["statement", "statement", "sample", "sample", "solution", "notes"]
    solution = made["cells"][4]
    assert (solution["cell_type"], solution["source"]) == ("code", "int main() {}")
    assert solution["metadata"]["oj"] == {"role": "solution", "language": "cpp", "drafts": {}}
    assert "# Doubling" in made["cells"][0]["source"] and "256 MiB" in made["cells"][0]["source"]


def test_cell_ids_are_the_same_each_time_and_unique(doubling: Judge) -> None:
    one, two = (notebooks.make(doubling, ADA, "doubling", language="python3") for _ in range(2))
    assert one == two
    ids = [cell["id"] for cell in one["cells"]]
    assert len(set(ids)) == len(ids)


def test_pictures_come_along_and_links_stay(doubling: Judge) -> None:
    statement = notebooks.make(doubling, ADA, "doubling", language="python3")["cells"][1]
    assert '![tree](attachment:tree.png "A tree")' in statement["source"]
    assert "(https://example.org/x.png)" in statement["source"]
    assert statement["attachments"] == {"tree.png": {"image/png": "cGljdHVyZQ=="}}


def test_a_sample_cannot_end_its_own_code_block(doubling: Judge) -> None:
    sample = notebooks.make(doubling, ADA, "doubling", language="python3")["cells"][3]["source"]
    assert "````text\n```\n````\n" in sample and "`````text\n````\n`````\n" in sample


def test_what_cannot_be_made(doubling: Judge) -> None:
    with pytest.raises(Unprocessable, match="python3, cpp"):
        notebooks.make(doubling, ADA, "doubling", language="cobol")
    with pytest.raises(NotFound):
        notebooks.make(doubling, ADA, "nope", language="cpp")
