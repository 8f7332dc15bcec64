"""What of the samples is shown with the statement (Kattis 2025-09, "Priority of test case files")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jupyter_oj_extension.domain.judgement import Speaker, Spoken
from jupyter_oj_extension.domain.problem import Problem, TestCase

SHOWN_BYTES = 64 * 1024
"""A text is cut there for the page; the whole file is judged."""


NEXT_PASS = Spoken(Speaker.NOTE, "the program is started again, for the next pass")


@dataclass(frozen=True, slots=True)
class Shown:
    """A sample: two texts, or a conversation, and the texts are then empty."""

    name: str
    input: str = ""
    output: str = ""
    conversation: tuple[Spoken, ...] | None = None


def shown_samples(problem: Problem) -> tuple[Shown, ...]:
    """The samples; of an interactive or multi-pass problem the interactions of the package, and never the files of its
    tests, which tell the judge's side."""
    if problem.types & {"interactive", "multi-pass"}:
        return tuple(_interactions(problem))
    return tuple(
        Shown(
            case.name.partition("/")[2],
            _text(_first(case, ".in.statement", ".in")),
            _text(_first(case, ".ans.statement", ".out", ".ans")),
        )
        for case in problem.samples
    )


def _interactions(problem: Problem) -> Iterator[Shown]:
    """Those beside a test, and, as older formats allow, those that stand alone."""
    folder = None if problem.root is None else problem.root / "data" / "sample"
    for path in sorted(folder.rglob("*.interaction")) if folder is not None and folder.is_dir() else ():
        if path.is_file() and (turns := turns_of(_text(path))):
            yield Shown(str(path.relative_to(folder or path)).removesuffix(".interaction"), conversation=turns)


def turns_of(text: str) -> tuple[Spoken, ...]:
    """An ``.interaction`` file: what the judge says begins with ``<``, what the program says with ``>``, and ``---``
    parts passes. Other lines are passed over."""
    turns: list[Spoken] = []
    for line in text.splitlines():
        who = {"<": Speaker.INTERACTOR, ">": Speaker.PROGRAM}.get(line[:1])
        if line.strip() == "---":
            turns.append(NEXT_PASS)
        elif who is not None:
            said = line[1:].removeprefix(" ") + "\n"
            if turns and turns[-1].who == who:
                said = turns.pop().text + said
            turns.append(Spoken(who, said))
    return tuple(turns)


def _first(case: TestCase, *endings: str) -> Path:
    stem = case.input.name.removesuffix(".in")
    found = (case.input.parent / f"{stem}{ending}" for ending in endings)
    return next((path for path in found if path.is_file()), case.input)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(SHOWN_BYTES).decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
