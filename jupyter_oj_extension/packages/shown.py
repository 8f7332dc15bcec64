"""What of the samples is shown with the statement (Kattis 2025-09, "Priority of test case files")."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jupyter_oj_extension.domain.problem import Problem, TestCase

SHOWN_BYTES = 64 * 1024
"""A text is cut there for the page; the whole file is judged."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sample as two texts."""

    name: str
    input: str
    output: str


def shown_samples(problem: Problem) -> tuple[Shown, ...]:
    """The samples; none of an interactive or multi-pass problem, whose files tell the judge's side."""
    if problem.types & {"interactive", "multi-pass"}:
        return ()
    return tuple(
        Shown(
            case.name.partition("/")[2],
            _text(_first(case, ".in.statement", ".in")),
            _text(_first(case, ".ans.statement", ".out", ".ans")),
        )
        for case in problem.samples
    )


def with_interactions(problem: Problem) -> str:
    """The statement, with the sample interactions of the package behind it: what the judge says begins with ``<``."""
    if not problem.types & {"interactive", "multi-pass"} or problem.root is None:
        return problem.statement
    texts = [problem.statement]
    folder = problem.root / "data" / "sample"
    paths = sorted(folder.glob("*.interaction")) if folder.is_dir() else []
    for number, path in enumerate(paths, start=1):
        if path.is_file():
            texts.append(
                f"### Sample interaction {number}\n\n```text\n{_text(path).rstrip().replace('```', '')}\n```\n"
            )
    return "\n".join(texts)


def _first(case: TestCase, *endings: str) -> Path:
    stem = case.input.name.removesuffix(".in")
    found = (case.input.parent / f"{stem}{ending}" for ending in endings)
    return next((path for path in found if path.is_file()), case.input)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(SHOWN_BYTES).decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
