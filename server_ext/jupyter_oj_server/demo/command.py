"""``jupyter oj demo``: judge all sample solutions on a private stack, or let a class play on a running Lab."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from pathlib import Path

import click
from jupyter_server.serverapp import list_running_servers
from tornado.httpclient import AsyncHTTPClient

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_extension.services import samples
from jupyter_oj_server.demo import classroom, jury, table
from jupyter_oj_server.demo.client import Client, ClientError
from jupyter_oj_server.demo.private import Stack, private_stack

TELL_EVERY = 25
READY_TIMEOUT_S = 900.0
"""The first start builds the languages' images."""


@click.command()
@click.option("--contest", "class_plays", is_flag=True, help="Let a class play the sample contest on a running Lab.")
@click.option("--id", "contest", default=None, help="The contest the class plays (default: the one that is running).")
@click.option("--url", default=None, help="Base address of the Lab (default: your running one).")
@click.option("--token", default=None, help="Its token.")
@click.option("--contestants", default=30, show_default=True, type=click.IntRange(1, 500))
@click.option("--speed", default=1.0, show_default=True, type=click.FloatRange(0.1, 100), help="2 is twice as fast.")
@click.option("--json", "json_file", default=None, type=click.Path(path_type=Path), help="Write the results here too.")
def demo(
    class_plays: bool,
    contest: str | None,
    url: str | None,
    token: str | None,
    contestants: int,
    speed: float,
    json_file: Path | None,
) -> None:
    """Judge every jury solution of every sample problem; exit 0 only when each verdict is the expected one."""
    AsyncHTTPClient.configure(None, max_clients=200)
    try:
        if class_plays:
            base, token = _find_server(url, token)
            asyncio.run(_play(base, token, contest, contestants, speed))
        else:
            sys.exit(_judge_samples(json_file))
    except OJError as error:
        raise click.ClickException(error.detail) from None


def _problem_folders() -> list[Path]:
    return sorted(path.parent for path in samples.folder().glob("*/*/problem.yaml"))


def _judge_samples(json_file: Path | None) -> int:
    known = plugins.languages()
    found = jury.solutions(_problem_folders())
    wanted = [one for one in found if one.language in known]
    if not wanted:
        raise ClientError("there are no sample problems here")
    if left_out := len(found) - len(wanted):
        click.echo(f"{left_out} solutions are left out: this host's settings leave out their languages.")
    problems = {one.problem for one in wanted}
    click.echo(f"{len(wanted)} jury solutions of {len(problems)} problems; starting a private stack ...")
    with private_stack() as stack:
        results, took_s = asyncio.run(_judge(stack, wanted, problems))
    for line in table.lines(results):
        click.echo(line)
    unexpected = [one for one in results if not one.ok]
    if json_file is not None:
        report = {"took_s": round(took_s, 3), "results": [one.as_json() for one in results]}
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(json.dumps(report, indent=2) + "\n")
    counts = ", ".join(
        f"{count} {verdict}" for verdict, count in sorted(Counter(str(r.verdict) for r in results).items())
    )
    click.echo(f"{len(results)} judged in {took_s:.1f} s ({counts}).")
    if unexpected:
        click.secho(f"{len(unexpected)} verdicts are not as expected.", fg="red", bold=True)
        return 1
    click.secho("Every verdict is as expected.", fg="green", bold=True)
    return 0


async def _judge(stack: Stack, wanted: list[jury.Solution], problems: set[str]) -> tuple[list[jury.Judged], float]:
    client = Client(stack.base, stack.token)
    begun = time.monotonic()

    def tell(text: str) -> None:
        click.echo(f"  {time.monotonic() - begun:6.1f} s  {text}")

    try:
        await jury.wait_until_ready(client, problems, tell, lambda: stack.process.poll() is None, READY_TIMEOUT_S)
    except ClientError as error:
        raise ClientError(f"{error.detail}\n{stack.last_words()}") from None
    tell("the judge is ready")
    started = time.monotonic()
    with click.progressbar(length=len(wanted), label="judging", file=sys.stderr) as bar:
        done = 0

        def judged(_one: object) -> None:
            nonlocal done
            done += 1
            bar.update(1)
            if not sys.stderr.isatty() and done % TELL_EVERY == 0:
                tell(f"{done} of {len(wanted)} judged")

        results = await jury.judge_all(client, wanted, judged)
    return results, time.monotonic() - started


async def _play(base: str, token: str, contest: str | None, contestants: int, speed: float) -> None:
    host = Client(base, token)
    if contest is None:
        running = [one for one in (await host.get("contests"))["items"] if one["state"] in ("running", "frozen")]
        if not running:
            raise ClientError("no contest is running; name one with --id")
        contest = str(running[0]["id"])
    known = jury.solutions(_problem_folders())
    await classroom.play(
        host, contest, known, lambda token: Client(base, token), click.echo, contestants=contestants, speed=speed
    )
    while (await host.get("health"))["judge"]["queued"]:
        await asyncio.sleep(1)
    board = await host.get(f"contests/{contest}/leaderboard", limit=200)
    for line in classroom.board_lines(board):
        click.echo(line)


def _find_server(url: str | None, token: str | None) -> tuple[str, str]:
    """The interface's base address and a token: as given, else of the user's own running server."""
    if url is not None:
        return url.rstrip("/") + "/oj/api/v1/", token or ""
    for server in list_running_servers():
        return server["url"].rstrip("/") + "/oj/api/v1/", token or server["token"]
    raise ClientError(
        "no running Jupyter server of yours was found; start one with 'make lab', or give --url and --token"
    )
