"""Problems, their tests and limits (words of the Kattis 2025-09 problem package format)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one test. `cpu_s` is that of the reference machine before the language's factor."""

    cpu_s: float = 1.0
    memory_mib: int = 256
    output_kib: int = 8192
    processes: int = 64
    source_kib: int = 128
    compile_wall_s: float = 60.0
    compile_memory_mib: int = 1024

    @property
    def wall_s(self) -> float:
        """Wall-clock limit: generous, since only a sleeping program meets it before the CPU limit."""
        return self.cpu_s * 2 + 1.0


@dataclass(frozen=True, slots=True)
class OutputValidator:
    """How an answer is checked. `kind`: ``tokens`` (Kattis default with its flags), ``exact``, ``lines``,
    ``unordered-lines``, ``unordered-tokens``, ``json``, ``custom``. `flags` are the package's, split on spaces.

    `program` is a file or folder with the sources of a custom one; in an interactive problem it is the interactor.
    `presentation`: whether an answer that is wrong in its white space only is PE rather than WA."""

    kind: str = "tokens"
    flags: tuple[str, ...] = ()
    program: Path | None = None
    presentation: bool = False


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test. `name` is unique in the problem (``secret/small/01``); `group` its folder (``secret/small``).

    Files are read when needed: `input` goes into the sandbox, `answer` never does.
    """

    __test__ = False  # not a pytest class

    name: str
    group: str
    input: Path
    answer: Path
    validator_flags: tuple[str, ...] | None = None

    @property
    def is_sample(self) -> bool:
        return self.group.split("/")[0] == "sample"


@dataclass(frozen=True, slots=True)
class TestGroup:
    """A group of tests and how its score is made (``pass-fail``, ``sum``, ``min``)."""

    __test__ = False

    name: str
    score: float | None = None
    aggregation: str = "pass-fail"
    on_reject: str = "break"


@dataclass(frozen=True, slots=True)
class JurySubmission:
    """A submission shipped in the package with the verdicts it may get. `path` is a file or a folder."""

    path: Path
    language: str
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Problem:
    """One version of a problem, as read from its package. `version` is the SHA-256 of its judging data (hex)."""

    slug: str
    title: str
    version: str
    statement: str
    limits: Limits
    validator: OutputValidator
    cases: tuple[TestCase, ...]
    groups: tuple[TestGroup, ...] = ()
    type: str = "pass-fail"
    difficulty: str = "medium"
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    editorial: str | None = None
    starters: dict[str, str] = field(default_factory=dict)
    source: str = ""
    licence: str = ""
    root: Path | None = None

    @property
    def types(self) -> frozenset[str]:
        """The words of `type`: ``pass-fail`` or ``scoring``, with ``interactive``, ``multi-pass``, ``submit-answer`` or
        ``function``."""
        return frozenset(self.type.split())

    @property
    def samples(self) -> tuple[TestCase, ...]:
        return tuple(case for case in self.cases if case.is_sample)
