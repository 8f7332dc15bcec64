"""The sample problems and the sample contest, loaded at the first start.

They lie in ``contest_notebooks/<contest>/<problem>/`` of a checkout and in the package's ``samples/`` of a wheel.
``contest.yaml`` beside them says the contest's name, length, freeze, penalty, and the problems' order and colours.
"""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import timedelta
from pathlib import Path

import yaml
from sqlalchemy import func, select

from jupyter_oj_extension.domain.errors import Conflict, NotFound, PackageError
from jupyter_oj_extension.services import contests, problems
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import ContestRow
from jupyter_oj_extension.store.problems import ProblemRow

log = logging.getLogger(__name__)

CONTEST = "class-warm-up"


def folder() -> Path:
    """Where the samples lie. Raises `NotFound` when this installation has none."""
    package = Path(__file__).resolve().parent.parent
    for place in (package / "samples", package.parent / "contest_notebooks"):
        if place.is_dir():
            return place
    raise NotFound("this installation has no sample problems")


def load(ctx: Context) -> None:
    """Import the sample problems, and start the sample contest if there never was one.

    Quick when nothing changed since the last time. A package that cannot be read is logged and left out: the judge
    serves without it.
    """
    packages = sorted(path.parent for path in folder().glob("*/*/problem.yaml"))
    stamp = ctx.settings.state_dir / "samples.json"
    fingerprint = _fingerprint(packages)
    if _unchanged(ctx, stamp, fingerprint):
        return
    loaded: dict[str, list[str]] = {}
    for package in packages:
        try:
            problem = problems.import_package(ctx, package)
        except PackageError as error:
            log.error("sample problem %s/%s is left out: %s", package.parent.name, package.name, error)
        else:
            loaded.setdefault(package.parent.name, []).append(problem.slug)
    if loaded.get(CONTEST):
        _start_contest(ctx, loaded[CONTEST])
    stamp.write_text(
        json.dumps({"fingerprint": fingerprint, "problems": [slug for slugs in loaded.values() for slug in slugs]})
    )


def _start_contest(ctx: Context, slugs: list[str]) -> None:
    with ctx.reading() as session:
        if session.get(ContestRow, CONTEST) is not None:
            return
    plan = yaml.safe_load((folder() / CONTEST / "contest.yaml").read_text(encoding="utf-8"))
    chosen = [one for one in plan["problems"] if one["id"] in slugs]
    start = now().replace(microsecond=0)
    end = start + timedelta(minutes=plan["duration_min"])
    freeze_min = plan["freeze_min"]
    try:
        contests.create(
            ctx,
            id=CONTEST,
            name=plan["name"],
            start=start,
            end=end,
            freeze=None if freeze_min is None else end - timedelta(minutes=freeze_min),
            penalty_min=plan["penalty_min"],
            problems=[one["id"] for one in chosen],
            colors=[one["color"] for one in chosen],
        )
    except Conflict:
        log.info("the sample contest was made by another process just now")


def _fingerprint(packages: list[Path]) -> str:
    """Changes when a file of the packages does: names, sizes and times, without reading the files."""
    total = hashlib.sha256()
    for package in packages:
        for path in sorted(package.rglob("*")):
            if path.is_file():
                status = path.stat()
                total.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return total.hexdigest()


def _unchanged(ctx: Context, stamp: Path, fingerprint: str) -> bool:
    """Whether these files were loaded, into this database, and their judging data is still there."""
    try:
        known = json.loads(stamp.read_text())
        slugs = list(known["problems"])
        if known["fingerprint"] != fingerprint:
            return False
    except (OSError, ValueError, KeyError, TypeError):
        return False
    with ctx.reading() as session:
        versions = list(session.scalars(select(ProblemRow.version).where(ProblemRow.id.in_(slugs))))
        contest = session.scalar(select(func.count()).select_from(ContestRow).where(ContestRow.id == CONTEST))
    kept = all((ctx.settings.problems_dir / version).is_dir() for version in versions)
    return bool(contest) and kept and len(versions) == len(slugs)
