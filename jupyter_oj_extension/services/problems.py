"""Problems: import a package, look at one, load it for judging. The list is in `problem_list`."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import and_, delete, exists, not_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import JudgeError, NotFound, PackageError
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_extension.packages import functions
from jupyter_oj_extension.packages.hypertext import PICTURE
from jupyter_oj_extension.packages.shown import shown_samples
from jupyter_oj_extension.plugins import languages
from jupyter_oj_extension.services import languages as language_list
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.services.problem_list import search, visible, with_figures
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import ContestProblemRow, ContestRow
from jupyter_oj_extension.store.problems import ProblemRow, ProblemTagRow, ProblemVersionRow
from jupyter_oj_extension.store.upsert import insert_missing

__all__ = ["get", "import_package", "load_version", "require", "search", "statement_file"]

LEVELS = {"easy": 1, "medium": 2, "hard": 3}
PDF = "statement.pdf"
"""The name that a statement's PDF is given out by, whatever it is called in its package."""


def import_package(ctx: Context, folder: Path, *, listed: bool = True) -> Problem:
    """Read the package in `folder` (or the ZIP archive), keep its judging data under its content hash, and make it the
    problem's current version. Importing the same content again changes nothing. Raises `PackageError`.

    Nothing of the package is run; whether its solutions get their verdicts is for a grader to find out.
    """
    if folder.is_file():
        with tempfile.TemporaryDirectory(prefix="oj-import-") as unpacked:
            found = packages.extract(folder, Path(unpacked))
            return _import(ctx, found, found.name if found != Path(unpacked) else folder.stem.lower(), listed)
    if not folder.is_dir():
        raise PackageError(f"{folder}: there is no such folder")
    return _import(ctx, folder, folder.absolute().name, listed)


def _import(ctx: Context, folder: Path, slug: str, listed: bool) -> Problem:
    problem = packages.read(folder, slug=slug)
    _refuse_unfit(ctx, problem)
    target = ctx.settings.problems_dir / problem.version
    if not target.is_dir():
        _copy(folder, target)
    with ctx.session() as session:
        _record(session, problem, listed)
    return packages.read(target, slug=slug, version=problem.version)


def _refuse_unfit(ctx: Context, problem: Problem) -> None:
    """What can be read but not judged or shown yet is refused at the door, not in the middle of a contest."""
    if problem.function is not None:
        functions.check_tests(problem.function, problem.cases)
    if problem.validator.kind == "custom" and problem.validator.program is None:
        raise PackageError(
            "output_validators: validation is custom, but there is no validator; without it nobody can tell a right "
            "answer from a wrong one"
        )
    if problem.types & {"interactive", "multi-pass"} and problem.validator.kind != "custom":
        raise PackageError("output_validator: is missing; an interactive or multi-pass problem needs one")
    if problem.languages and not set(problem.languages) & set(languages(ctx.settings)):
        raise PackageError(f"problem.yaml: none of its languages ({', '.join(problem.languages)}) is installed")


def _copy(folder: Path, target: Path) -> None:
    """Copy the content into place in one rename, so that a half-made copy is never found."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    making = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        for name in packages.content_files(folder):
            (making / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, making / name)
        os.rename(making, target)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        if not target.is_dir():  # else another import of the same content was quicker
            raise


def _record(session: Session, problem: Problem, listed: bool) -> None:
    texts = (problem.slug, problem.title, *problem.tags, problem.statement)
    values = {
        "title": problem.title,
        "type": problem.type,
        "difficulty": problem.difficulty,
        "level": LEVELS[problem.difficulty],
        "version": problem.version,
        "listed": listed,
        "search_text": "\n".join(texts).lower().replace("\0", ""),
    }
    insert_missing(session, ProblemRow, {"id": problem.slug, **values})
    row = session.execute(select(ProblemRow).where(ProblemRow.id == problem.slug).with_for_update()).scalar_one()
    if row.version != problem.version:
        row.updated_at = now()
    for key, value in values.items():
        setattr(row, key, value)
    version = {"problem_id": problem.slug, "version": problem.version, "document": document(problem)}
    insert_missing(session, ProblemVersionRow, version)
    session.execute(delete(ProblemTagRow).where(ProblemTagRow.problem_id == problem.slug))
    session.add_all(ProblemTagRow(problem_id=problem.slug, tag=tag) for tag in problem.tags)


def document(problem: Problem) -> dict[str, Any]:
    """What a learner may see of a version, as JSON values: never a secret test, nor a jury solution."""
    limits = problem.limits
    return {
        "type": problem.type,
        "statement": problem.statement,
        "pdf": problem.statement_pdf,
        "samples": [asdict(sample) for sample in shown_samples(problem)],
        "objective": problem.objective if problem.scored else None,
        "limits": {
            "cpu_s": limits.cpu_s,
            "memory_mib": limits.memory_mib,
            "output_kib": limits.output_kib,
            "source_kib": limits.source_kib,
        },
        "languages": list(problem.languages),
        "function": None if problem.function is None else functions.described(problem.function),
        "starters": problem.starters,
        "hints": list(problem.hints),
        "tests": len(problem.tests),
        "max_score": problem.max_score,
        "groups": [
            {"group": group.name, "max": group.score if problem.objective == "max" else None}
            for group in problem.scoring_groups
        ],
        "editorial": problem.editorial,
        "source": problem.source,
        "licence": problem.licence,
    }


def load_version(ctx: Context, problem_id: str, version: str) -> Problem:
    """The problem as it is judged. Raises `JudgeError` when this host has no such version: the judge's fault."""
    folder = ctx.settings.problems_dir / version
    if not re.fullmatch(r"[0-9a-f]{64}", version) or not folder.is_dir():
        raise JudgeError(f"version {version[:12]} of problem {problem_id} is not on this host ({folder})")
    try:
        return packages.read(folder, slug=problem_id, version=version)
    except PackageError as error:
        raise JudgeError(f"version {version[:12]} of problem {problem_id} is damaged: {error}") from error


def require(session: Session, slug: str, identity: Identity | None = None) -> ProblemRow:
    """The problem's row. `NotFound` when there is none, or when `identity` is given and may not see it (yet)."""
    row = session.get(ProblemRow, slug) if len(slug) <= 64 and "\0" not in slug else None
    if row is None or (identity is not None and not _may_see(session, row, identity)):
        raise NotFound(f"there is no problem {slug[:64]!r}")
    return row


def _may_see(session: Session, row: ProblemRow, identity: Identity) -> bool:
    if identity.is_staff:
        return True
    return bool(session.scalar(select(exists().where(and_(ProblemRow.id == row.id, visible(now()))))))


def get(ctx: Context, identity: Identity, slug: str) -> dict[str, Any]:
    """One problem as docs/api.md has it, with my status. The editorial only once it gives nothing away."""
    with ctx.reading() as session:
        row = require(session, slug, identity)
        shown = with_figures(session, identity, [row])[0]
        stored = session.get_one(ProblemVersionRow, (row.id, row.version)).document
        known = languages(ctx.settings)
        offered = language_list.offered(known, stored)
        starters = {name: stored["starters"].get(name, known[name].starter) for name in offered}
        told = shown["status"] == "solved" or identity.is_staff or session.scalar(select(_is_past(row.id, now())))
        return {
            **shown,
            **{key: stored[key] for key in ("type", "statement", "limits", "hints", "tests")},
            # Versions that were imported before there was such a thing lack these.
            "samples": [{"conversation": None, **sample} for sample in stored["samples"]],
            "statement_pdf": PDF if stored.get("pdf") else None,
            "objective": stored.get("objective", "max") if "scoring" in stored["type"].split() else None,
            "max_score": stored.get("max_score"),
            "groups": stored.get("groups", []),
            "function": functions.signature_view(stored.get("function")),
            "version": row.version,
            "languages": offered,
            "starters": starters,
            "editorial": stored["editorial"] if told else None,
        }


def _is_past(problem_id: str, at: datetime) -> ColumnElement[bool]:
    """The problem was in a contest that is over, and is in none that is not."""
    of = and_(ContestProblemRow.problem_id == problem_id, ContestProblemRow.contest_id == ContestRow.id)
    return and_(exists().where(of, ContestRow.end <= at), not_(exists().where(of, ContestRow.end > at)))


def statement_file(ctx: Context, identity: Identity, slug: str, name: str) -> Path:
    """A picture of the statement, or its PDF by the name `PDF`. `NotFound` for anything else."""
    with ctx.reading() as session:
        version = require(session, slug, identity).version
        stored = session.get_one(ProblemVersionRow, (slug, version)).document
    root = ctx.settings.problems_dir / version
    paths: list[Path] = []
    if name == PDF and stored.get("pdf"):
        paths = [root / stored["pdf"]]
    elif PICTURE.fullmatch(name):
        paths = [root / folder / name for folder in ("statement", "problem_statement")]
    for path in paths:
        if path.is_file() and not path.is_symlink():
            return path
    raise NotFound(f"problem {slug!r} has no picture {name[:80]!r}")
