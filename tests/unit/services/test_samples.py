"""The samples are loaded once, and again when they changed."""

from __future__ import annotations

import json
from datetime import timedelta

from store_support import ADA, Judge

from jupyter_oj_extension.services import contests, notebooks, problems, samples
from jupyter_oj_extension.store.base import now


def test_loading_gives_problems_notebooks_and_a_running_contest(ctx: Judge) -> None:
    samples.load(ctx)
    slugs = {path.parent.name for path in samples.folder().glob("*/*/problem.yaml")}
    assert len(slugs) >= 10
    page = problems.search(ctx, ADA, limit=200)
    assert {item["id"] for item in page["items"]} == slugs | {"pairs"}
    contest = contests.get(ctx, ADA, "class-warm-up")
    assert contest["state"] == "running" and len(contest["problems"]) >= 5
    for item in contest["problems"]:
        notebooks.make(ctx, ADA, item["id"], language="python3", contest="class-warm-up")
        shown = problems.get(ctx, ADA, item["id"])
        problem = problems.load_version(ctx, item["id"], shown["version"])
        assert problem.cases and shown["samples"]


def test_loading_again_changes_nothing(ctx: Judge) -> None:
    samples.load(ctx)
    with ctx.session() as session:
        contests.require(session, "class-warm-up").start = now() - timedelta(days=20)
    before = contests.page(ctx, ADA)["items"][0]["start"]
    samples.load(ctx)
    (ctx.settings.state_dir / "samples.json").unlink()
    samples.load(ctx)
    assert contests.page(ctx, ADA)["items"][0]["start"] == before


def test_the_stamp_alone_does_not_make_it_loaded(ctx: Judge) -> None:
    samples.load(ctx)
    stamp = ctx.settings.state_dir / "samples.json"
    known = json.loads(stamp.read_text())
    with ctx.session() as session:
        version = problems.require(session, known["problems"][0]).version
    (ctx.settings.problems_dir / version).rename(ctx.settings.state_dir / "moved")
    samples.load(ctx)
    assert (ctx.settings.problems_dir / version).is_dir()
