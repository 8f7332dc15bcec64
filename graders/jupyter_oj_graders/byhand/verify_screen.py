"""The tables of ``jupyter oj problem verify``: one a package, a row a submission, a letter a test."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.byhand import findings, screen
from jupyter_oj_graders.byhand.verifying import Entry, Verified

GOOD, BAD, DOUBT = ("✓", "bold green"), ("✗", "bold red"), ("!", "bold yellow")
NOT_RUN = "·"


def print_package(out: Console, verified: Verified, languages: Mapping[str, Language]) -> None:
    """The package's head line, its checks, the table, and what is doubtful."""
    out.print(_head(verified))
    for check in verified.checks:
        if check.ok is not None:
            out.print(_marked(GOOD if check.ok else BAD, f"{check.name}: {check.detail}"))
    if verified.subject.entries:
        out.print(_table(verified, languages))
    for text in findings.warnings(verified, languages):
        out.print(_marked(DOUBT, text))
    out.print()


def print_legend(out: Console) -> None:
    """What the letters of the strips mean."""
    legend = Text().append("tests: ", style="dim")
    for code, name in (("AC", "accepted"), ("WA", "wrong"), ("PE", "presentation"), ("TLE", "time"), ("MLE", "memory"),
                       ("OLE", "output"), ("RTE", "run-time error")):  # fmt: skip
        legend.append(screen.MARKS[code], style=screen.STYLES[code]).append(f" {name}  ", style="dim")
    out.print(legend.append(f"{NOT_RUN} not run", style="dim"))


def _head(verified: Verified) -> Text:
    problem = verified.subject.problem
    limit = f"limit {verified.cpu_s:g} s{'' if verified.subject.stated else ' (inferred)'}"
    facts = f"  {problem.type}, {limit}, {problem.limits.memory_mib} MiB, {len(problem.tests)} tests"
    mark, style = GOOD if findings.package_ok(verified) else BAD
    head = Text().append(f"{mark} ", style=style).append(f"{problem.slug} ", style="bold")
    return head.append(problem.title).append(facts, style="dim")


def _table(verified: Verified, languages: Mapping[str, Language]) -> Table:
    scored = any(isinstance(one, dict) and one["score"] is not None for one in verified.results.values())
    table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False, padding=(0, 1, 0, 1))
    table.add_column("")
    table.add_column("submission", overflow="fold", ratio=None, max_width=50)
    table.add_column("language", no_wrap=True)
    table.add_column("tests", overflow="fold")
    table.add_column("slowest", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    if scored:
        table.add_column("score", justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    for entry in verified.subject.entries:
        table.add_row(*_row(verified, entry, scored))
    return table


def _row(verified: Verified, entry: Entry, scored: bool) -> list[Text]:
    result = verified.results.get(entry.name)
    complaint = findings.complaint(entry, result)
    mark, style = GOOD if complaint is None else BAD
    cells = [Text(mark, style=style), Text(entry.name), Text(entry.language)]
    if isinstance(result, dict):
        time_s = "" if result["time_s"] is None else f"{result['time_s']:.3f} s"
        cells += [strip(verified.subject.problem, result["runs"]), Text(time_s), screen.verdict(result["verdict"])]
    else:
        cells += [Text(""), Text(""), screen.verdict("JE" if isinstance(result, JudgeError) else "")]
    if scored:
        cells.append(Text(screen.number(result["score"]) if isinstance(result, dict) else ""))
    return [*cells, Text(complaint or "", style="bold red")]


def strip(problem: Problem, runs: list[dict[str, Any]]) -> Text:
    """One letter a test in judging order, a gap between groups, a dot for a test that was not run."""
    by_case = {run["case"]: run["verdict"] for run in runs}
    text = Text()
    for number, (_, cases) in enumerate(groupby(problem.tests, key=lambda test: test.group)):
        if number:
            text.append(" ")
        for case in cases:
            code = by_case.get(case.name)
            text.append(screen.MARKS[code] if code else NOT_RUN, style=screen.STYLES[code] if code else "dim")
    return text


def _marked(mark: tuple[str, str], text: str) -> Text:
    return Text().append(f"  {mark[0]} ", style=mark[1]).append(text)
