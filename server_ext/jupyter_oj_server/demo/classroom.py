"""A class of contestants who solve, fail and try again, so that a leaderboard has something to show."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any

from jupyter_oj_server.demo.client import Client
from jupyter_oj_server.demo.jury import Solution

NAMES = (
    "Ada Moss", "Bruno Tal", "Cleo Hart", "Dario Wen", "Elif Sun", "Femi Ola", "Greta Lind", "Hugo Paz", "Ines Roca",
    "Jun Mori", "Kaia Berg", "Liam Roe", "Mina Shah", "Noor Aziz", "Otis Fell", "Pia Novak", "Quinn Dale", "Rosa Vega",
    "Sven Holt", "Tala Reyes", "Uma Das", "Viktor Sand", "Wanda Kern", "Xavi Sole", "Yara Nasr", "Zeno Falk",
    "Anton Beck", "Bela Toth", "Carmen Luz", "Dina Katz",
)  # fmt: skip
SCHOOLS = ("North School", "Harbour School", "Hill School", None)
LESSON_S = 300.0
"""How long the class plays at speed 1."""


async def play(
    host: Client,
    contest: str,
    known: list[Solution],
    join: Callable[[str], Client],
    say: Callable[[str], None],
    *,
    contestants: int,
    speed: float,
    seed: int = 2026,
) -> None:
    """Enrol `contestants` by the host's right and let them play `contest` for `LESSON_S / speed` seconds."""
    chance = random.Random(seed)  # noqa: S311 - a play, nothing secret
    problems = [problem["id"] for problem in (await host.get(f"contests/{contest}"))["problems"]]
    players = []
    for number in range(contestants):
        name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else f" {number // len(NAMES) + 1}")
        body = {"name": name, "user": f"class-{number + 1:03}", "affiliation": SCHOOLS[number % len(SCHOOLS)]}
        made = await host.post(f"contests/{contest}/enrolments", body)
        players.append(_contestant(join(made["token"]), contest, problems, known, say, name, speed, chance.random()))
    say(f"{contestants} contestants are enrolled")
    await asyncio.gather(*players)


async def _contestant(
    client: Client,
    contest: str,
    problems: list[str],
    known: list[Solution],
    say: Callable[[str], None],
    name: str,
    speed: float,
    seed: float,
) -> None:
    """Work through the problems more or less in order; the able are quicker and fail less."""
    chance = random.Random(seed)  # noqa: S311
    ability = chance.uniform(0.3, 1.0)
    order = sorted(range(len(problems)), key=lambda index: index + chance.gauss(0, 1.5))
    pace_s = LESSON_S / speed / max(1, len(problems))
    for index in order[: max(1, round(ability * len(problems) + chance.uniform(0, 1)))]:
        right = [one for one in known if one.problem == problems[index] and one.expected == {"AC"}]
        wrong = [one for one in known if one.problem == problems[index] and "AC" not in one.expected]
        attempts = [chance.choice(wrong) for _ in range(3) if wrong and chance.random() > ability]
        if right and chance.random() < 0.4 + 0.6 * ability:
            attempts.append(chance.choice(right))
        for attempt in attempts:
            await asyncio.sleep(chance.uniform(0.3, 1.0) * pace_s / len(attempts))
            view = await client.post("submissions", _body(attempt, contest))
            say(f"{name} submits {attempt.problem} ({view['language']})")


def _body(solution: Solution, contest: str) -> dict[str, Any]:
    return {
        "problem": solution.problem,
        "language": solution.language,
        "source": solution.source,
        "contest": contest,
    }


def board_lines(board: dict[str, Any]) -> list[str]:
    """The leaderboard's first page as text."""
    width = max((len(row["name"]) for row in board["rows"]), default=4)
    labels = [problem["label"] for problem in board["problems"]]
    printed = [f"{'#':>3}  {'name'.ljust(width)}  solved  penalty  " + "".join(label.rjust(6) for label in labels)]
    for row in board["rows"]:
        cells = "".join(_cell(row["cells"].get(label)).rjust(6) for label in labels)
        figures = f"{row['solved']:>6}  {row['penalty_min']:>7}"
        printed.append(f"{row['rank']:>3}  {row['name'].ljust(width)}  {figures}  {cells}")
    return printed


def _cell(cell: dict[str, Any] | None) -> str:
    if cell is None or cell["state"] == "none":
        return "."
    if cell["state"] == "solved":
        return f"+{cell['attempts'] - 1 or ''}"
    return "?" if cell["state"] == "pending" else f"-{cell['attempts']}"
