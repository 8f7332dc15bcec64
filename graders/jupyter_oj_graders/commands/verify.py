"""``jupyter oj problem verify``: does every jury submission get what it must?"""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path

import click

from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_graders.commands.judge import ACCEPTED, JUDGE_FAILED, REJECTED, USAGE, statuses


@click.command()
@click.argument("packages", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PACKAGE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, and nothing else there.")
@click.option("--only", metavar="GLOB", help="Only the submissions of this name: accepted/*, slow.py.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Judging slots; by default one a core.")
@click.option("--no-stop", is_flag=True, help="Judge all tests of every submission, also after one that is too slow.")
def verify(packages: tuple[Path, ...], as_json: bool, only: str | None, jobs: int | None, no_stop: bool) -> None:
    """Judge every jury submission of problem packages (folders or ZIP archives) against what it must get, and check
    the packages themselves: input validators accept every input, the output validator accepts every answer file.

    Without a stated time limit, one is inferred from the accepted submissions by the rule of the package's format.

    \b
    Exit status: 0  every submission got what it must, and every check passed
                 1  one did not
                 2  the command line or a package cannot be read
                 3  the judge failed (sandbox not set up, a faulty output validator)
    """
    with statuses():
        sys.exit(_verify(packages, as_json, only, jobs, no_stop))


def _verify(paths: tuple[Path, ...], as_json: bool, only: str | None, jobs: int | None, no_stop: bool) -> int:
    from jupyter_oj_extension import plugins
    from jupyter_oj_extension.domain.verdict import Verdict
    from jupyter_oj_extension.settings import Settings
    from jupyter_oj_graders import slots
    from jupyter_oj_graders.byhand import bench, findings, opening, screen, verify_screen, verifying
    from jupyter_oj_graders.byhand.fleet import Fleet

    begun = time.monotonic()
    settings = Settings.load()
    languages = plugins.languages(settings)
    unread: dict[str, str] = {}
    subjects = []
    with opening.package_folders(paths) as folders:
        for path, folder in zip(paths, folders, strict=True):
            try:
                subjects.append(verifying.subject(folder.absolute(), languages, only))
            except OJError as error:
                unread[str(path)] = error.detail
                click.secho(f"{path}: {error.detail}", err=True, fg="red")
        if not subjects:
            return USAGE
        needed = {entry.language for one in subjects for entry in one.entries} & set(languages)
        bench.prepare(settings, [languages[id] for id in sorted(needed)], lambda line: click.echo(line, err=True))
        past = frozenset(Verdict) if no_stop else None
        open_slot = partial(verifying.slot, settings, languages, subjects, past)
        with (
            Fleet(slots.cores(jobs or settings.slots), open_slot, partial(bench.sweep, settings)) as fleet,
            screen.verifying() as (tell, planned),
        ):
            verified = verifying.verify(fleet, languages, subjects, tell, planned)
    good = all(findings.package_ok(one) for one in verified)
    took_s = time.monotonic() - begun
    if as_json:
        reports = [findings.document(one, languages) for one in verified]
        answer = {"ok": good and not unread, "took_s": round(took_s, 3), "packages": reports, "unread": unread}
        click.echo(json.dumps(answer))
    else:
        out = screen.console()
        for one in verified:
            verify_screen.print_package(out, one, languages)
        verify_screen.print_legend(out)
        counted = sum(len(one.results) for one in verified)
        out.print(f"{counted} submissions of {len(verified)} packages in {took_s:.1f} s")
    if unread:
        return USAGE
    if any(findings.judge_failed(one) for one in verified):
        return JUDGE_FAILED
    return ACCEPTED if good else REJECTED
