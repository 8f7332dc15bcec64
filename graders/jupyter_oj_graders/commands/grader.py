"""``jupyter oj grader``: judge submissions on this host."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path

import click

from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_extension.settings import Settings

FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


class OneLine(logging.Formatter):
    """A record is one line, a traceback included, so that a log can be read by line."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\n", " | ")


@click.command()
@click.option(
    "--slots",
    type=click.IntRange(0),
    help="Judging slots; 0 (the default): one a core, one core left free of three or more.",
)
@click.option("--languages", default="", help="Only these languages, separated by commas.")
@click.option("--burst", is_flag=True, help="Judge what waits, in one slot, then end.")
@click.option(
    "--log-file", type=click.Path(dir_okay=False, path_type=Path), help="Log there and not to standard error."
)
@click.option("--log-level", default="info", type=click.Choice(["debug", "info", "warning", "error"]))
def grader(slots: int | None, languages: str, burst: bool, log_file: Path | None, log_level: str) -> None:
    """Judge submissions on this host until stopped (Ctrl-C or SIGTERM: what is in hand is finished first).

    Any number of graders may serve one service: give them its database, its Redis and its problems folder
    (OJ_DATABASE_URL, OJ_REDIS_URL, OJ_STATE_DIR). Ends with code 3 when this host may not judge; `jupyter oj doctor`
    says why.
    """
    handler = logging.FileHandler(log_file) if log_file else logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine(FORMAT))
    logging.basicConfig(level=log_level.upper(), handlers=[handler])
    for noisy in ("celery", "kombu", "amqp"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLogger().level))
    from jupyter_oj_graders import worker  # Celery and SQLAlchemy: not for `jupyter oj --help`

    try:
        settings = Settings.load()
        if slots is not None:
            settings = replace(settings, slots=slots)
        chosen = [name.strip() for name in languages.split(",") if name.strip()]
        code = worker.burst(settings, languages=chosen) if burst else worker.serve(settings, languages=chosen)
    except OJError as error:
        raise click.ClickException(error.detail) from None
    sys.exit(code)


if __name__ == "__main__":
    grader()
