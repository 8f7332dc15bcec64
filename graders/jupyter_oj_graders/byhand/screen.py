"""What a person sees: progress on standard error while it goes on, then the judgement on standard output.

A verdict has a letter and a colour of its own, so that it is never told by colour alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_extension.domain.verdict import VERDICT_NAMES, Verdict

STYLES = {
    "AC": "bold green",
    "WA": "bold red",
    "PE": "bold magenta",
    "TLE": "bold yellow",
    "MLE": "bold cyan",
    "OLE": "bold blue",
    "RTE": "bold bright_red",
    "CE": "bold white on red",
    "JE": "bold white on magenta",
}
MARKS = {str(verdict): str(verdict)[0] for verdict in Verdict}
"""The letter of a verdict in a strip of tests."""
WIDTH = 160
"""Columns where standard output is no terminal."""
TEXT_LINES = 12
"""Lines of an input or output that are printed of a failing test."""


def console() -> Console:
    """Standard output; no colours where it is no terminal (or NO_COLOR is set)."""
    out = Console(file=sys.stdout, highlight=False, soft_wrap=False, emoji=False, markup=False)
    return out if out.is_terminal else Console(file=sys.stdout, highlight=False, width=WIDTH, emoji=False, markup=False)


def progress() -> Progress:
    """A bar on standard error while the block lasts; nothing where that is no terminal."""
    errors = Console(file=sys.stderr, highlight=False, emoji=False, markup=False)
    return Progress(
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )


@contextmanager
def judging(tests: int, *, quiet: bool) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Follows one judgement: call what it gives with each step."""
    with progress() as bar:
        bar.disable = bar.disable or quiet
        task = bar.add_task("starting", total=tests)

        def on_step(step: dict[str, Any]) -> None:
            if "run" in step:
                run = step["run"]
                bar.update(task, advance=1, description=f"{run['case']} {run['verdict']}")
            else:
                bar.update(task, description=step["phase"])

        yield on_step


def print_judgement(problem: Problem, judged: dict[str, Any]) -> None:
    """A table of the runs, the texts of the first failing one, and the judgement in one line."""
    out = console()
    if judged["runs"]:
        out.print(_runs(judged))
    if judged["compiler_output"]:
        out.print(Text(judged["compiler_output"]))
    failing = next((run for run in judged["runs"] if run["index"] == judged["failing"]), None)
    if failing is not None:
        texts = ["input", "expected", "output", "error"]
        if failing["conversation"]:
            texts = ["error"]
            out.print(Text(f"--- {failing['case']}: conversation, the program >, the interactor <", style="dim"))
            out.print(Text(_conversation(failing["conversation"])))
        for name in texts:
            if failing.get(name):
                out.print(Text(f"--- {failing['case']}: {name}", style="dim"))
                out.print(Text(_shortened(failing[name])))
    out.print(summary(problem, judged))


def _runs(judged: dict[str, Any]) -> Table:
    scored = any(run["score"] is not None for run in judged["runs"])
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title, justify in (("test", "left"), ("", "left"), ("score", "right"), ("cpu", "right"), ("wall", "right")):
        if title != "score" or scored:
            table.add_column(title, justify="right" if justify == "right" else "left", no_wrap=True)
    table.add_column("memory", justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    for run in judged["runs"]:
        cells = [Text(run["case"]), verdict(run["verdict"])]
        if scored:
            cells.append(Text(number(run["score"])))
        cells += [Text(f"{run['cpu_s']:.3f} s"), Text(f"{run['wall_s']:.3f} s"), Text(mebibytes(run["memory_kib"]))]
        table.add_row(*cells, Text(run["message"] or ""))
    return table


def summary(problem: Problem, judged: dict[str, Any]) -> Text:
    """``WA Wrong answer · 40 of 100 points · test 3 of 12 · 0.012 s of 1 s · 9.1 MiB``"""
    line = Text().append_text(verdict(judged["verdict"]))
    line.append(f" {VERDICT_NAMES[Verdict(judged['verdict'])]}", style="bold")
    facts = []
    if judged["score"] is not None:
        of = f" of {number(judged['max_score'])}" if judged["max_score"] is not None else ""
        facts.append(f"{number(judged['score'])}{of} points")
    if judged["failing"] is not None:
        facts.append(f"test {judged['failing']} of {judged['tests_total']}")
    else:
        facts.append(f"{len(judged['runs'])} of {judged['tests_total']} tests")
    if judged["time_s"] is not None:
        facts.append(f"{judged['time_s']:.3f} s of {problem.limits.cpu_s:g} s")
        facts.append(mebibytes(judged["memory_kib"]))
    if judged["message"]:
        facts.append(judged["message"])
    return line.append("".join(f" · {fact}" for fact in facts))


def verdict(code: str) -> Text:
    return Text(code, style=STYLES.get(code, ""))


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def mebibytes(kib: int | None) -> str:
    return "" if kib is None else f"{kib / 1024:.1f} MiB"


def _conversation(parts: list[dict[str, str]]) -> str:
    """As sample interactions of packages are written, a mark before each line: its beginning and its end."""
    marks = {"program": "> ", "interactor": "< "}
    lines = [marks.get(part["who"], "") + line for part in parts for line in part["text"].rstrip("\n").split("\n")]
    if len(lines) > 2 * TEXT_LINES:
        lines[TEXT_LINES:-TEXT_LINES] = [f"… ({len(lines) - 2 * TEXT_LINES} more lines)"]
    return "\n".join(line if len(line) <= WIDTH else f"{line[:WIDTH]} …" for line in lines)


def _shortened(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    kept = [line if len(line) <= WIDTH else f"{line[:WIDTH]} …" for line in lines[:TEXT_LINES]]
    return "\n".join(kept if len(lines) <= TEXT_LINES else [*kept, f"… ({len(lines) - TEXT_LINES} more lines)"])


@contextmanager
def verifying() -> Iterator[tuple[Callable[[Any, str], None], Callable[[int], None]]]:
    """Follows a verification: call the first with what each step is about, the second with more orders to come."""
    with progress() as bar:
        task = bar.add_task("starting", total=0)
        planned = 0

        def tell(about: Any, step: str) -> None:
            if step == "done":
                bar.update(task, advance=1)
            else:
                bar.update(task, description=f"{about.problem.slug} {step}")

        def plan(more: int) -> None:
            nonlocal planned
            planned += more
            bar.update(task, total=planned)

        yield tell, plan
