"""`read`: a problem package folder becomes a `Problem`. Reads, checks, executes nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import OutputValidator, Problem
from jupyter_oj_extension.packages.files import PackageFiles
from jupyter_oj_extension.packages.functions import with_function
from jupyter_oj_extension.packages.metadata import Metadata, read_metadata
from jupyter_oj_extension.packages.statements import TOP, read_editorial, read_statement
from jupyter_oj_extension.packages.testdata import Rules, read_testdata

MAX_BYTES = 2 << 30
MAX_FILES = 60_000
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
TOP_FILES = ("problem.yaml", "jupyter_oj.yaml", "domjudge-problem.ini", ".timelimit", *TOP)
FOLDERS = (
    "statement", "problem_statement", "solution", "data/sample", "data/secret", "output_validator", "output_validators",
    "include", "attachments", "graders", "static_validator",
)  # fmt: skip
"""What judging and statement are made of: this is hashed, and copied at import. Jury submissions stay behind."""


def read(folder: Path, *, slug: str | None = None, version: str | None = None) -> Problem:
    """The problem in `folder`, a package of format 2025-09, 2023-07-draft or legacy.

    `slug` stands for the folder's name, `version` for the content hash where it is known already (it is not checked).
    Raises `PackageError` naming the file and what to do. A package may lack its statement or its custom validator here;
    `services.problems.import_package` refuses such a one.
    """
    folder = folder.absolute()
    slug = slug or folder.name
    if not SLUG.fullmatch(slug):
        raise PackageError(f"{slug!r}: a problem's folder is named by 1 to 64 of a-z, 0-9, - and _")
    files = PackageFiles(folder)
    meta = read_metadata(files)
    validator = _validator(files, meta)
    rules = Rules(
        scoring="scoring" in meta.type.split(),
        own_validator=validator.kind == "custom",
        flags=meta.validator_flags,
        constants=meta.constants,
        grading=meta.grading,
        known=version is not None,
    )
    data = read_testdata(files, meta.format, rules)
    grader = _one_program(files, "graders") if meta.format.nested_groups else None
    static_validator = None if meta.format.nested_groups else _one_program(files, "static_validator")
    if grader is None and any(group.grader is not None for group in data.groups):
        raise PackageError("graders: is missing; a group has grading: custom")
    if static_validator is None and data.static_tests:
        raise PackageError("static_validator: is missing; a group has static_validation_score")
    if static_validator is not None and "submit-answer" in meta.type.split():
        raise PackageError("static_validator: answers are no program that it could look at")
    statement = read_statement(files, meta.format.statement_folders, meta.constants)
    problem = Problem(
        slug=slug,
        title=meta.title,
        version=version or content_hash(folder, slug),
        statement=statement.text,
        statement_pdf=statement.pdf,
        objective=meta.objective,
        grader=grader,
        static_validator=static_validator,
        static_tests=data.static_tests,
        limits=meta.limits,
        validator=validator,
        cases=data.cases,
        groups=data.groups,
        type=meta.type,
        difficulty=meta.difficulty,
        tags=meta.tags,
        languages=meta.languages,
        hints=meta.hints,
        editorial=read_editorial(files, meta.format.solution_folders),
        starters=meta.starters,
        source=meta.source,
        licence=meta.licence,
        root=folder,
        timing=meta.timing,
        constants=meta.constants,
        color=meta.color,
        file_writing=meta.file_writing,
    )
    return with_function(problem, files)


def content_files(folder: Path) -> Iterator[str]:
    """The files that make up judging and statement, relative to the package, each checked not to lead out of it, and
    together not to be too much. Raises `PackageError`."""
    files = PackageFiles(folder)
    left, number = MAX_BYTES, 0
    for name in _content(files):
        left -= files.file(name).stat().st_size
        number += 1
        if left < 0 or number > MAX_FILES:
            raise PackageError(f"{name}: the package holds more than {MAX_BYTES >> 20} MiB or {MAX_FILES} files")
        yield name


def _content(files: PackageFiles) -> Iterator[str]:
    for name in TOP_FILES:
        if files.has(name):
            yield name
    for name in files.names("data"):
        if name in ("testdata.yaml", "test_group.yaml"):
            yield f"data/{name}"
    for name in FOLDERS:
        yield from files.walk(name)


def content_hash(folder: Path, slug: str) -> str:
    """SHA-256 (hex) over the slug, and name and content of every file of `content_files`."""
    total = hashlib.sha256(f"jupyter_oj 1 {slug}\n".encode())
    for name in content_files(folder):
        with (folder / name).open("rb") as file:
            total.update(f"{hashlib.file_digest(file, 'sha256').hexdigest()} {name}\n".encode())
    return total.hexdigest()


def _built_in(meta: Metadata) -> str:
    """Rows of a query have no order of their own: where SQL is the only language, lines are compared as a set."""
    query = meta.languages == ("sql",) and not set(meta.validator_flags) - {"case_sensitive"}
    return "unordered-lines" if query else "tokens"


def _one_program(files: PackageFiles, folder: str) -> Path | None:
    """The program in a folder of programs: its one entry, or, where several files lie there, the folder itself."""
    names = files.names(folder)
    if not names:
        return None
    if len(names) > 1 and folder == "graders" and any(files.is_folder(f"{folder}/{name}") for name in names):
        raise PackageError(f"{folder}: holds {len(names)} programs; there may be one")
    program = files.root / folder / names[0] if len(names) == 1 else files.root / folder
    return files.inside(program)


def _validator(files: PackageFiles, meta: Metadata) -> OutputValidator:
    """The built-in one unless the package brings a program; ``jupyter_oj.yaml`` may name a built-in one instead."""
    program: Path | None = None
    for folder in meta.format.validator_folders:
        names = files.names(folder)
        if names:
            # The new format has one validator, in the folder itself; the old one a folder of validators.
            # Several files there are one program with its headers, several folders are several programs.
            if (
                folder == "output_validators"
                and len(names) > 1
                and any(files.is_folder(f"{folder}/{n}") for n in names)
            ):
                raise PackageError(f"{folder}: holds {len(names)} validators; one is supported")
            program = files.root / folder / names[0] if len(names) == 1 else files.root / folder
            files.inside(program)
            break
    kind = meta.validator_kind or ("custom" if program else _built_in(meta))
    return OutputValidator(kind, meta.validator_flags, program if kind == "custom" else None, meta.presentation)
