"""Whole contests: ours, and published ones with their published final boards where those are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cases import cases

from jupyter_oj_extension.domain.scoreboard import Attempt, Cell, Rules, cell, pack, ranks, standing

CONTESTS: dict[str, Path] = {"own": Path(__file__).parent / "own_contest.json"}
CONTESTS |= {folder.name: folder for folder in cases("scoreboards") if (folder / "contest.json").is_file()}


def load(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    if path.is_file():
        data = json.loads(path.read_text())
        return data["contest"], data["golden"]["rows"]
    return json.loads((path / "contest.json").read_text()), json.loads((path / "golden.json").read_text())["rows"]


def cells(contest: dict[str, Any], rules: Rules, team: str, *, frozen: bool = False) -> dict[str, Cell]:
    return {
        problem: cell(
            [
                Attempt(one["time_s"], one["verdict"])
                for one in contest["submissions"]
                if (one["team"], one["problem"]) == (team, problem)
            ],
            rules,
            frozen=frozen,
        )
        for problem in contest["problems"]
    }


def rules_of(contest: dict[str, Any]) -> Rules:
    given = {one["verdict"] for one in contest["submissions"]} - {"AC"}
    return Rules(
        penalty_min=contest["penalty_min"],
        uncounted=given - set(contest["penalty_verdicts"]),
        freeze_s=contest["freeze_s"],
        duration_s=contest["duration_s"],
    )


@pytest.mark.parametrize("path", CONTESTS.values(), ids=CONTESTS.keys())
def test_the_final_board_is_the_published_one(path: Path) -> None:
    contest, golden = load(path)
    rules = rules_of(contest)
    boards = {team: cells(contest, rules, team) for team in contest["teams"]}
    keys = {team: pack(standing(board.values(), rules)) for team, board in boards.items()}
    order = sorted(contest["teams"], key=lambda team: keys[team])
    ranked = dict(zip(order, ranks([keys[team] for team in order]), strict=True))
    assert len(golden) == len(contest["teams"])
    for row in golden:
        team = row["team"]
        total = standing(boards[team].values(), rules)
        assert (total.solved, total.penalty_min) == (row["solved"], row["penalty"]), team
        tied = sum(key == keys[team] for key in keys.values())
        assert ranked[team] <= row["rank"] < ranked[team] + tied, team
        for problem, want in row["problems"].items():
            got = boards[team][problem]
            assert (got.solved_at_s is not None) == want["solved"], (team, problem)
            if want["solved"]:
                assert int((got.solved_at_s or 0) // 60) == want["time_min"], (team, problem)
            if "attempts" in want:
                assert got.attempts == want["attempts"], (team, problem)


@pytest.mark.parametrize("path", CONTESTS.values(), ids=CONTESTS.keys())
def test_the_frozen_board_is_that_of_the_freeze_with_what_came_later_pending(path: Path) -> None:
    contest, _ = load(path)
    rules = rules_of(contest)
    early = {**contest, "submissions": [s for s in contest["submissions"] if s["time_s"] < contest["freeze_s"]]}
    for team in contest["teams"]:
        then, frozen = cells(early, rules, team), cells(contest, rules, team, frozen=True)
        for problem in contest["problems"]:
            late = sum(
                (one["team"], one["problem"]) == (team, problem)
                and contest["freeze_s"] <= one["time_s"] < contest["duration_s"]
                for one in contest["submissions"]
            )
            before, shown = then[problem], frozen[problem]
            assert (shown.attempts, shown.solved_at_s) == (before.attempts, before.solved_at_s)
            assert shown.pending == (0 if before.solved_at_s is not None else late)
