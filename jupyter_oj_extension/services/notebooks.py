"""A learner's notebook for a problem: statement, samples, a solution cell, notes."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path
from typing import Any

from jupyter_oj_extension.domain.errors import Unprocessable
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.judgement import Speaker
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.packages.hypertext import PICTURE
from jupyter_oj_extension.plugins import languages
from jupyter_oj_extension.services import problems
from jupyter_oj_extension.services.context import Context

PICTURE_LINK = re.compile(
    r"(!\[[^\]]*\]\()(?!attachment:|https?:)(?:\./)?([A-Za-z0-9_][A-Za-z0-9_.-]*)((?:\s+\"[^\"]*\")?\))"
)
HTML_PICTURE = re.compile(r'(<img\b[^<>]*?\bsrc=")([A-Za-z0-9_][A-Za-z0-9_.-]*)(")')
MIME_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "svg": "image/svg+xml",
}  # fmt: skip


def make(ctx: Context, identity: Identity, slug: str, *, language: str, contest: str | None = None) -> dict[str, Any]:
    """A fresh notebook (nbformat 4.5) for the problem, with one solution cell in `language`.

    Grading knows the problem by the notebook's metadata only; what is done to the cells cannot break it. Cell ids are
    the same each time, so that two copies can be compared. Raises `NotFound`, `Unprocessable` (language).
    """
    problem = problems.get(ctx, identity, slug)
    if language not in problem["languages"]:
        raise Unprocessable(f"{slug} takes {', '.join(problem['languages'])}, not {language[:40]!r}")
    statement, attachments = _with_pictures(ctx, identity, slug, _statement(problem))
    cells = [_markdown(slug, "header", "statement", _header(problem))]
    cells.append(_markdown(slug, "statement", "statement", statement, attachments))
    cells += [
        _markdown(slug, f"sample-{sample['name']}", "sample", _sample(sample, len(problem["samples"])))
        for sample in problem["samples"]
    ]
    cells.append(_solution(slug, languages(ctx.settings)[language], problem["starters"][language]))
    cells.append(_markdown(slug, "notes", "notes", "## Notes\n\nYours: nothing here is submitted.\n"))
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "mimetype": "text/x-python", "file_extension": ".py"},
            "oj": {"problem": slug, "contest": contest, "version": problem["version"]},
        },
        "cells": cells,
    }


def pdf_name(slug: str) -> str:
    """What a statement's PDF is called beside the notebook that links to it."""
    return f"{slug}-statement.pdf"


def _statement(problem: dict[str, Any]) -> str:
    """The statement as far as a cell can show it; else where it is, or that there is none."""
    text: str = problem["statement"]
    if problem["statement_pdf"]:
        link = f"[{pdf_name(problem['id'])}]({pdf_name(problem['id'])})"
        note = f"It is also there as a PDF: {link}." if text else f"The statement is a PDF: open {link}."
        text = f"{text}\n{note}\n" if text else f"{note}\n"
    return text or "This problem comes without a statement: its name, its limits and its samples are all there is.\n"


def _header(problem: dict[str, Any]) -> str:
    limits = problem["limits"]
    facts = [
        problem["difficulty"].capitalize(),
        f"time limit {limits['cpu_s']:g} s",
        f"memory limit {limits['memory_mib']} MiB",
        *(["the fewer points the better"] if problem["objective"] == "min" else []),
        *(f"`{tag}`" for tag in problem["tags"]),
    ]
    return f"# {problem['title']}\n\n{' · '.join(facts)}\n{_signature(problem['function'])}"


def _signature(function: dict[str, Any] | None) -> str:
    """The function to be written, in no language's notation but that of packages."""
    if function is None:
        return ""
    parameters = ", ".join(f"{each['name']}: {each['type']}" for each in function["parameters"])
    changes = function["changes"]
    result = f"changes {changes}" if changes is not None else f"→ {function['returns']}"
    return f"\nFunction: `{function['name']}({parameters}) {result}`\n"


def _sample(sample: dict[str, Any], total: int) -> str:
    title = "Sample" if total == 1 else f"Sample {sample['name']}"
    if sample["conversation"] is not None:
        return f"### {title}: an interaction\n\n{_conversation(sample['conversation'])}\n"
    return f"### {title}\n\nInput\n\n{_fenced(sample['input'])}\n\nOutput\n\n{_fenced(sample['output'])}\n"


def _conversation(spoken: list[dict[str, str]]) -> str:
    """A table of two columns, a row for each that speaks, in the order in which things are said."""
    rows = ["<tr><th>The judge says</th><th>Your program says</th></tr>"]
    for one in spoken:
        said = f"<td><pre>{_as_html(one['text'])}</pre></td>"
        match Speaker(one["who"]):
            case Speaker.INTERACTOR:
                rows.append(f"<tr>{said}<td></td></tr>")
            case Speaker.PROGRAM:
                rows.append(f"<tr><td></td>{said}</tr>")
            case Speaker.NOTE:
                rows.append(f'<tr><td colspan="2">({_as_html(one["text"])})</td></tr>')
    return "\n".join(["<table>", *rows, "</table>"])


def _as_html(text: str) -> str:
    """Text in a cell's HTML: no line of it ends the block, and no dollar begins a formula."""
    return html.escape(text.rstrip("\n")).replace("$", "&#36;").replace("\\", "&#92;").replace("\n", "&#10;")


def _fenced(text: str) -> str:
    """A code block that the text cannot end: its fence is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip(chr(10))}\n{fence}"


def _markdown(
    slug: str, key: str, role: str, text: str, attachments: dict[str, dict[str, str]] | None = None
) -> dict[str, Any]:
    cell = {"cell_type": "markdown", "id": _cell_id(slug, key), "metadata": {"oj": {"role": role}}, "source": text}
    if attachments:
        cell["attachments"] = attachments
    if role in ("statement", "sample"):
        cell["metadata"] = {"oj": {"role": role}, "editable": False, "deletable": True}
    return cell


def _solution(slug: str, language: Language, starter: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": _cell_id(slug, "solution"),
        "metadata": {
            "oj": {"role": "solution", "language": language.id, "drafts": {}},
            "mimetype": language.mimetype,
        },
        "execution_count": None,
        "outputs": [],
        "source": starter,
    }


def _cell_id(slug: str, key: str) -> str:
    """1 to 64 of letters, digits, - and _ (nbformat 4.5), unique within the notebook."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", key)[:40]
    return f"oj-{plain}-{hashlib.sha256(f'{slug}/{key}'.encode()).hexdigest()[:8]}"


def _with_pictures(
    ctx: Context, identity: Identity, slug: str, statement: str
) -> tuple[str, dict[str, dict[str, str]]]:
    """The statement with its pictures as attachments of the cell, so that the notebook needs no server to show them."""
    found = [match[2] for pattern in (PICTURE_LINK, HTML_PICTURE) for match in pattern.finditer(statement)]
    names = {name for name in found if PICTURE.fullmatch(name)}
    attachments: dict[str, dict[str, str]] = {}
    for name in sorted(names):
        path = problems.statement_file(ctx, identity, slug, name)
        mime = MIME_TYPES[Path(name).suffix[1:].lower()]
        attachments[name] = {mime: base64.b64encode(path.read_bytes()).decode()}
    for pattern in (PICTURE_LINK, HTML_PICTURE):
        statement = pattern.sub(lambda m: f"{m[1]}attachment:{m[2]}{m[3]}" if m[2] in attachments else m[0], statement)
    return statement, attachments
