"""What DOMjudge adds to the format: ``domjudge-problem.ini``, ``.timelimit``, and verdicts named in a source's comment.

https://www.domjudge.org/docs/manual/main/problem-format.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.packages.files import PackageFiles, number, split

INI = "domjudge-problem.ini"
BUILT_IN = frozenset({"", "compare", "run", "default"})
"""DOMjudge's own programs, which do what our validators do."""

RUN_VERDICTS = frozenset({"AC", "WA", "PE", "TLE", "MLE", "OLE", "RTE"})
RESULTS: dict[str, frozenset[str]] = {
    "CORRECT": frozenset({"AC"}),
    "WRONG-ANSWER": frozenset({"WA", "PE"}),
    "PRESENTATION-ERROR": frozenset({"PE", "WA"}),
    "NO-OUTPUT": frozenset({"WA", "PE"}),
    "TIMELIMIT": frozenset({"TLE"}),
    "RUN-ERROR": frozenset({"RTE", "MLE"}),
    "MEMORY-LIMIT": frozenset({"MLE", "RTE"}),
    "OUTPUT-LIMIT": frozenset({"OLE"}),
    "COMPILER-ERROR": frozenset({"CE"}),
    "CHECK-MANUALLY": RUN_VERDICTS | {"CE"},
}
"""DOMjudge's results in our verdicts. It has no memory verdict of its own (what dies of it is a run error), and calls
an empty output NO-OUTPUT."""

OTHER_NAMES = {
    "ACCEPTED": "CORRECT", "TIME-LIMIT-EXCEEDED": "TIMELIMIT", "RUN-TIME-ERROR": "RUN-ERROR",
    "COMPILE-ERROR": "COMPILER-ERROR", "OUTPUT-LIMIT-EXCEEDED": "OUTPUT-LIMIT", "MEMORY-LIMIT-EXCEEDED": "MEMORY-LIMIT",
}  # fmt: skip

_TAG = re.compile(r"@EXPECTED_(RESULTS|SCORE)@:[ \t]*([^\r\n]*)", re.IGNORECASE)
_SCORE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_ENTRY = re.compile(r"""^[ \t]*([\w-]+)[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*'|[^;\n]*)[ \t]*(?:;[^\n]*)?$""", re.MULTILINE)
"""A key and its value; what follows a semicolon is a comment, unless quotes say otherwise."""


@dataclass(frozen=True, slots=True)
class Ini:
    """The file's keys that mean something to us; `timelimit_s` also from ``.timelimit``, None where nothing says it."""

    name: str = ""
    color: str = ""
    timelimit_s: float | None = None
    flags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What comments of a source say of its fate: the verdicts, and the score, each None where they say nothing."""

    verdicts: frozenset[str] | None = None
    score: float | None = None


def read_ini(files: PackageFiles, *, has_validator: bool) -> Ini:
    """Raises `PackageError` for a limit that is none, and for a validator that is not in the package."""
    found: dict[str, str] = {}
    if files.has(INI):
        entries = (entry for entry in _ENTRY.finditer(files.text(INI, 1 << 16)))
        found = {entry[1].lower(): _unquoted(entry[2].strip()) for entry in entries}
    for key in ("special_compare", "special_run"):
        if found.get(key, "") not in BUILT_IN and not has_validator:
            raise PackageError(
                f"{INI}: {key} = {found[key][:60]} is a program of that server; put its source into output_validators"
            )
    limit = found.get("timelimit") or (files.text(".timelimit", 1024).strip() if files.has(".timelimit") else None)
    where = INI if "timelimit" in found else ".timelimit"
    seconds = None if limit is None else number(limit, where)
    if seconds is not None and not 0 < seconds < 1e5:
        raise PackageError(f"{where}: the time limit must be above 0, not {limit}")
    arguments = found.get("special_compare_args")
    return Ini(
        name=found.get("name", ""),
        color=found.get("color", "")[:40],
        timelimit_s=seconds,
        flags=None if arguments is None else split(arguments),
    )


def expected_in(source: str, where: str) -> Expected:
    """The expectation that a source's comment tells. A number as ``@EXPECTED_SCORE@`` is a score, words there are
    results. Raises `PackageError` for a result that there is not, and for two tags of one kind."""
    verdicts: frozenset[str] | None = None
    score: float | None = None
    for tag in _TAG.finditer(source):
        text = tag[2].split("*/")[0].strip().rstrip("\"'`").strip()
        if tag[1].upper() == "SCORE" and _SCORE.fullmatch(text):
            if score is not None:
                raise PackageError(f"{where}: holds two @EXPECTED_SCORE@")
            score = float(text)
        elif verdicts is not None:
            raise PackageError(f"{where}: holds two @EXPECTED_RESULTS@")
        else:
            verdicts = frozenset().union(*(_result(word, where) for word in text.split(",")))
    return Expected(verdicts, score)


def _result(word: str, where: str) -> frozenset[str]:
    name = word.strip().upper().replace("_", "-")
    found = RESULTS.get(OTHER_NAMES.get(name, name))
    if found is None:
        raise PackageError(
            f"{where}: @EXPECTED_RESULTS@: {name[:40]!r} is not a result; there are {', '.join(RESULTS)}"
        )
    return found


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
