"""Statement and editorial of a package, in whatever format they are written, as Markdown; and the statement's PDF.

Of several languages English comes first, of several formats the one that reads best: Markdown, LaTeX, HTML, plain text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from jupyter_oj_extension.packages import hypertext, latex
from jupyter_oj_extension.packages.files import PackageFiles, with_constants

ENDINGS = ("md", "tex", "html", "txt")
TOP = ("problem.html", "problem.txt", "problem.pdf")
"""DOMjudge's places for a statement, in the package's own folder."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`text` is Markdown, "" where there is none; `pdf` the path of a PDF in the package, "" where there is none."""

    text: str = ""
    pdf: str = ""


def read_statement(files: PackageFiles, folders: tuple[str, ...], constants: Mapping[str, str]) -> Statement:
    """The statement in the first of `folders` that has one, else in the package's own folder. Raises `PackageError` for
    one that is no text."""
    text = _document(files, (*folders, ""), "problem", constants) or ""
    text = re.sub(r"\{\{(nextsample|remainingsamples)\}\}", "", text).strip()
    pdf = _best(files, (*folders, ""), "problem", ("pdf",)) or ""
    if pdf:
        files.file(pdf)
    return Statement(f"{text}\n" if text else "", pdf)


def statement_name(files: PackageFiles, folders: tuple[str, ...]) -> str:
    """The problem's name as its statement in LaTeX says it (legacy: ``problem.yaml`` need not); "" where none does."""
    path = _best(files, folders, "problem", ("tex",))
    text = files.text(path) if path is not None else ""
    plain = re.search(r"^\s*%%\s*plainproblemname:\s*(\S.*)", text, re.MULTILINE)
    if plain is not None:
        return plain[1].strip()[:200]
    named = re.search(r"^[^%\n]*\\problemname\s*\{((?:[^{}]|\{[^{}]*\}){1,400})\}", text, re.MULTILINE)
    if named is None:
        return ""
    return html.unescape(re.sub(r"\\([^\w\s])", r"\1", latex.to_markdown(named[1], where=str(path)))).strip()[:200]


def read_editorial(files: PackageFiles, folders: tuple[str, ...]) -> str | None:
    """The solution's description as Markdown, None where there is none."""
    return _document(files, folders, "solution", {})


def _document(files: PackageFiles, folders: tuple[str, ...], stem: str, constants: Mapping[str, str]) -> str | None:
    path = _best(files, folders, stem, ENDINGS if stem == "problem" else ENDINGS[:2])
    if path is None:
        return None
    text = with_constants(files.text(path), constants)
    folder = path.rpartition("/")[0]
    match path.rpartition(".")[2]:
        case "tex":
            text = re.sub(r"\\constant\s*\{(\w+)\}", lambda match: constants.get(match[1], match[0]), text)
            return latex.to_markdown(text, files.names(folder) if folder else (), path)
        case "html":
            return hypertext.cleaned(text)
        case "txt":
            return f"```text\n{text.replace('```', '')}\n```\n" if text.strip() else None
    return text


def _best(files: PackageFiles, folders: tuple[str, ...], stem: str, endings: tuple[str, ...]) -> str | None:
    pattern = re.compile(rf"{stem}(?:\.([A-Za-z-]+))?\.({'|'.join(endings)})")
    for folder in folders:
        names = files.names(folder) if folder else [name for name in TOP if files.has(name)]
        found = [match for name in names if (match := pattern.fullmatch(name))]
        if found:
            best = min(found, key=lambda match: (match[1] not in ("en", None), endings.index(match[2])))
            return f"{folder}/{best[0]}" if folder else best[0]
    return None
