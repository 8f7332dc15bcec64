"""``jupyter oj problem``: import, list, show. The graders add `verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from jupyter_oj_extension.commands.extending import ExtensibleGroup
from jupyter_oj_extension.commands.opening import OPERATOR, opened, table
from jupyter_oj_extension.domain.errors import PackageError


@click.group(cls=ExtensibleGroup)
def problem() -> None:
    """Import, list and verify problems."""


@problem.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--unlisted", is_flag=True, help="Show it only in contests that have begun.")
def import_(paths: tuple[Path, ...], unlisted: bool) -> None:
    """Import problem packages: folders or ZIP archives in Kattis format 2025-09, 2023-07-draft or legacy.

    Importing runs nothing of a package. An import again after a change makes a new version; what was judged keeps its
    own.
    """
    from jupyter_oj_extension.services import problems

    failed = False
    with opened() as ctx:
        for path in paths:
            try:
                found = problems.import_package(ctx, path, listed=not unlisted)
            except PackageError as error:
                click.echo(f"{path}: {error}", err=True)
                failed = True
            else:
                click.echo(f"{found.slug}  {found.version[:12]}  {len(found.cases)} tests  {found.title}")
    sys.exit(1 if failed else 0)


@problem.command("list")
@click.argument("words", nargs=-1)
@click.option("--difficulty", multiple=True, type=click.Choice(["easy", "medium", "hard"]))
@click.option("--tag", multiple=True)
def list_(words: tuple[str, ...], difficulty: tuple[str, ...], tag: tuple[str, ...]) -> None:
    """List problems, or those that have all WORDS."""
    from jupyter_oj_extension.services import problems

    rows: list[tuple[str, ...]] = [("id", "difficulty", "solved", "title", "tags")]
    with opened() as ctx:
        page, total = 1, 1
        while len(rows) - 1 < total:
            wanted: dict[str, Any] = {
                "difficulty": difficulty,
                "tag": tag,
                "sort": "difficulty",
                "page": page,
                "limit": 200,
            }
            found = problems.search(ctx, OPERATOR, q=" ".join(words), **wanted)
            total, page = found["total"], page + 1
            if not found["items"]:
                break
            rows += [
                (
                    item["id"],
                    item["difficulty"],
                    f"{item['solved_by']}/{item['attempted_by']}",
                    item["title"],
                    ", ".join(item["tags"]),
                )
                for item in found["items"]
            ]
    click.echo(table(rows) if len(rows) > 1 else "no problems; see: jupyter oj problem import --help")


@problem.command()
@click.argument("slug")
def show(slug: str) -> None:
    """Show one problem: facts, statement and samples."""
    from jupyter_oj_extension.services import problems

    with opened() as ctx:
        found = problems.get(ctx, OPERATOR, slug)
    limits = found["limits"]
    click.echo(f"{found['title']} ({found['id']}, {found['difficulty']}), version {found['version'][:12]}")
    click.echo(
        f"{limits['cpu_s']:g} s, {limits['memory_mib']} MiB, {found['tests']} tests, {', '.join(found['languages'])}"
    )
    click.echo(f"\n{found['statement']}")
    for sample in found["samples"]:
        click.echo(f"--- sample {sample['name']}: input\n{sample['input']}--- output\n{sample['output']}")
