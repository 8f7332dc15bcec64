"""The demo's table: problem, submission, expected, given, time, memory."""

from __future__ import annotations

import click

from jupyter_oj_server.demo.jury import Judged

HEAD = ("problem", "submission", "language", "expected", "given", "time", "memory", "")


def lines(results: list[Judged]) -> list[str]:
    """The whole table, sorted by problem; unexpected verdicts are marked, and their message is below them."""
    ordered = sorted(results, key=lambda one: (one.solution.problem, one.solution.name))
    rows = [HEAD, *map(_row, ordered)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    printed = [_line(HEAD, widths)]
    for one, row in zip(ordered, rows[1:], strict=True):
        line = _line(row, widths)
        printed.append(line if one.ok else click.style(line, fg="red", bold=True))
        if not one.ok and one.message:
            printed.append(f"    {one.message}")
    return printed


def _row(one: Judged) -> tuple[str, ...]:
    return (
        one.solution.problem,
        one.solution.name,
        one.solution.language,
        " or ".join(sorted(one.solution.expected)),
        one.verdict or "-",
        "-" if one.cpu_s is None else f"{one.cpu_s:.3f} s",
        "-" if one.memory_kib is None else f"{one.memory_kib / 1024:.1f} MiB",
        "" if one.ok else "<- not as expected",
    )


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
