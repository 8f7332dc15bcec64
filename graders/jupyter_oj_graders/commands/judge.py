"""``jupyter oj judge``: one submission, in this host's sandbox."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from jupyter_oj_extension.domain.errors import JudgeError, OJError

ACCEPTED, REJECTED, USAGE, JUDGE_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit statuses of `judge` and `problem verify`."""


@click.command()
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="SOURCE...")
@click.option("--language", help="Language id; by default the file names tell it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, and nothing else there.")
@click.option("--tests", metavar="GLOB", help="Only the tests of this name: 03*, secret/small/*.")
@click.option("--time-limit", "cpu_s", type=click.FloatRange(0.01, 3600), metavar="S", help="Instead of the package's.")
@click.option("--no-stop", is_flag=True, help="Judge all tests, also after one that fails.")
def judge(
    package: Path,
    sources: tuple[Path, ...],
    language: str | None,
    as_json: bool,
    tests: str | None,
    cpu_s: float | None,
    no_stop: bool,
) -> None:
    """Judge one submission on a problem package (a folder or a ZIP archive), in the sandbox, with no server.

    SOURCE is a file, several files, or a folder with all files of the submission. For a problem whose answers are
    submitted (submit-answer) it is the answer: one file, or files named like the tests (01.out).

    The texts of hidden tests are shown: this is a command for problem setters.

    \b
    Exit status: 0  accepted
                 1  every other verdict of the submission
                 2  the command line, the package or the submission cannot be read
                 3  the judge failed (sandbox not set up, a faulty output validator)
    """
    with statuses():
        sys.exit(_judge(package, sources, language, as_json, tests, cpu_s, no_stop))


@contextmanager
def statuses() -> Iterator[None]:
    """Errors as one line on standard error and an exit status."""
    try:
        yield
    except JudgeError as error:
        click.secho(f"jupyter oj: {error.detail}", err=True, fg="red")
        sys.exit(JUDGE_FAILED)
    except OJError as error:
        click.secho(f"jupyter oj: {error.detail}", err=True, fg="red")
        sys.exit(USAGE)
    except KeyboardInterrupt:
        click.echo("interrupted; nothing is left behind", err=True)
        sys.exit(INTERRUPTED)


def _judge(
    package: Path,
    sources: tuple[Path, ...],
    named: str | None,
    as_json: bool,
    tests: str | None,
    cpu_s: float | None,
    no_stop: bool,
) -> int:
    from jupyter_oj_extension import packages, plugins
    from jupyter_oj_extension.domain.verdict import Verdict
    from jupyter_oj_extension.settings import Settings
    from jupyter_oj_graders import slots
    from jupyter_oj_graders.byhand import bench, documents, opening, screen
    from jupyter_oj_graders.byhand.fleet import Fleet, Order, Work
    from jupyter_oj_graders.judge import Manner

    settings = Settings.load()
    languages = plugins.languages(settings)
    with opening.package_folders([package]) as (folder,):
        problem = packages.read(folder)
        files = opening.unpacked(problem, opening.submission(sources))
        if all(source.resolve().is_relative_to(folder.resolve() / "submissions") for source in sources):
            files = opening.of_jury(problem, files)
        language = opening.language_of(problem, files, languages, named)
        problem = replace(problem, cases=opening.chosen(problem, tests))
        if cpu_s is not None:
            problem = replace(problem, limits=replace(problem.limits, cpu_s=cpu_s))
        past = frozenset(Verdict) if no_stop else frozenset[Verdict]()
        manner = Manner(open_tests=True, past=past, conversations=True)
        needed = [languages[language]] if language in languages else []
        bench.prepare(settings, needed, lambda line: click.echo(line, err=True))

        @contextmanager
        def slot(number: int, core: int | None) -> Iterator[Work]:
            with bench.opened(settings, languages, number, core) as opened:

                def work(_: Order) -> Generator[Any, None, Any]:
                    judging = opened.judge(problem, language, files, manner)
                    return (yield from documents.followed(problem, language, judging))

                yield work

        with screen.judging(len(problem.cases), quiet=as_json) as on_progress:
            with Fleet(slots.cores(1), slot, lambda: bench.sweep(settings)) as fleet:
                (result,) = fleet.run([{}], lambda _, step: on_progress(step) if step else None)
    if isinstance(result, JudgeError):
        raise result
    if as_json:
        click.echo(json.dumps(result))
    else:
        screen.print_judgement(problem, result)
    return ACCEPTED if result["verdict"] == Verdict.AC else REJECTED
