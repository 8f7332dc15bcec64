"""Problems, their tests and limits (words of the Kattis 2025-09 problem package format)."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from jupyter_oj_extension.domain.signature import Function


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
    validation_s: float = 60.0
    """CPU time of the output validator for one test (one pass)."""
    validation_memory_mib: int = 512
    validation_output_kib: int = 8192
    """The most that a validator may write, to the learner's program or as feedback."""
    validation_passes: int = 2
    """The most passes of a multi-pass problem."""

    @property
    def wall_s(self) -> float:
        """Wall-clock limit: generous, since only a sleeping program meets it before the CPU limit."""
        return self.cpu_s * 2 + 1.0


@dataclass(frozen=True, slots=True)
class Timing:
    """How a package's time limit follows from its jury's submissions (Kattis 2025-09, "Problem timing"): at least the
    slowest accepted one times `ac_to_time_limit`, and `time_limit_to_tle` times it at most the fastest that is to be
    too slow; rounded up to a multiple of `resolution_s`. `stated`: the package says its limit, and nothing follows."""

    stated: bool = True
    ac_to_time_limit: float = 2.0
    time_limit_to_tle: float = 1.5
    resolution_s: float = 1.0


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
    args: tuple[str, ...] = ()
    """Command-line arguments of the learner's program."""
    files: tuple[tuple[str, Path], ...] = ()
    """Name in the program's working directory, and file, of those that the test lays there."""
    full_feedback: bool = False
    """Whether who fails the test may see it as if it were a sample."""
    hint: str = ""
    """Told to who fails the test."""

    @property
    def is_sample(self) -> bool:
        return self.group.split("/")[0] == "sample"


@dataclass(frozen=True, slots=True)
class TestGroup:
    """A group of tests, and how verdict and score follow from those of its items: the tests in it and the groups in it.
    It says all that formats can say; `packages` fills it in, and the grader's `grading` is the only reader.

    `name` is the folder below ``data``; ``""`` stands for all of it. `score` is the most points there are (None: no
    limit, or none that is known before). `aggregation`: ``pass-fail`` (`score`, when every item is accepted), ``sum``,
    ``min``, ``max``, ``avg``. `on_reject`: after an item that is not accepted the rest of the group is not run
    (``break``), or is (``continue``).
    """

    __test__ = False

    name: str
    score: float | None = None
    aggregation: str = "pass-fail"
    on_reject: str = "break"
    verdict_mode: str = "first_error"
    """``first_error``, ``worst_error`` (JE RTE MLE TLE OLE WA), ``always_accept`` (legacy format, "Graders")."""
    accept_if_any: bool = False
    """One accepted item is enough for AC."""
    ignore_sample: bool = False
    """Of ``""`` only: its verdict and score are those of ``secret``."""
    counts: bool = True
    """Whether its points count in the group it is in."""
    case_score: float | None = 1.0
    """Points of an accepted test for which the output validator gives none. None: it must give some."""
    reject_score: float = 0.0
    """Points of a test that is not accepted."""
    low: float = -inf
    high: float = inf
    """The score of the group is brought between these."""
    strict: bool = False
    """Scores as 2025-09 wants them: a validator's score that is below 0, above the test's points, or given in a
    ``pass-fail`` group is the judge's error."""
    require_pass: tuple[str, ...] = ()
    """Groups before it; unless every test in them is accepted, its tests are not run and its score is 0."""
    grader: tuple[str, ...] | None = None
    """The problem's own grader says verdict and score, called with these arguments; `aggregation` is then ``custom``
    (legacy format, "Graders")."""


@dataclass(frozen=True, slots=True)
class StaticTest:
    """A test of the submission's files by the problem's static validator; nothing of it is run (Kattis 2025-09, "Static
    validator"). `score`: the most points of it, None where it has none. The first of its group."""

    name: str
    group: str
    args: tuple[str, ...] = ()
    score: float | None = None
    hint: str = ""

    @property
    def is_sample(self) -> bool:
        return self.group == "sample"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a jury submission must do on the tests of `scope`: a pattern for groups and tests below ``data``, ``""`` for
    all (Kattis 2025-09, "Example submissions").

    Every verdict of a test must be in `permitted`, one at least in `required`, `message` in a validator's words about
    one; the score of a matched group between the two of `score`. `time_limit`: ``lower`` or ``upper`` when its times
    bound the time limit from below or above, else "".
    """

    scope: str = ""
    permitted: frozenset[str] | None = None
    required: frozenset[str] | None = None
    score: tuple[float, float] | None = None
    message: str = ""
    time_limit: str = ""


@dataclass(frozen=True, slots=True)
class JurySubmission:
    """A submission shipped in the package. `path` is a file or a folder; `language` is "" where nothing tells it.

    `expected`: the verdicts its whole judgement may get, when it stops as a learner's does. `score`: the bounds of its
    score, where the package says them; `partial`: it must get less than all points. `requirements` go into tests and
    groups, for a judgement that runs them all; `packages.unmet` compares an outcome with all of this.
    """

    path: Path
    language: str
    expected: frozenset[str]
    score: tuple[float, float] | None = None
    partial: bool = False
    requirements: tuple[Requirement, ...] = ()
    entry_point: str = ""


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
    timing: Timing = Timing()
    constants: dict[str, str] = field(default_factory=dict)
    """Names that ``{{name}}`` stands for in included files and validators."""
    color: str = ""
    """The balloon's colour, where the package says one (``#rrggbb`` or a CSS name)."""
    file_writing: bool = False
    """Whether solutions may write files into their working directory."""
    statement_pdf: str = ""
    """The statement's PDF, as a path below `root`; "" where there is none."""
    objective: str = "max"
    """Of a scored problem: ``max`` or ``min``, the scores that are better. In one of ``min`` only an accepted
    submission has a score."""
    grader: Path | None = None
    """File or folder of the program that `TestGroup.grader` calls."""
    static_validator: Path | None = None
    static_tests: tuple[StaticTest, ...] = ()
    function: Function | None = None
    """What the learner writes in place of a program, where `types` has ``function``."""

    @property
    def types(self) -> frozenset[str]:
        """The words of `type`: ``pass-fail`` or ``scoring``, with ``interactive``, ``multi-pass``, ``submit-answer`` or
        ``function``."""
        return frozenset(self.type.split())

    @property
    def scored(self) -> bool:
        return "scoring" in self.types

    @property
    def scoring_groups(self) -> tuple[TestGroup, ...]:
        """Of a scored problem the groups whose points a learner sees: all that count, in judging order. The first is
        the whole: ``""``, or ``secret`` where samples hold no points and no grader of the problem's own has a say."""
        if not self.scored:
            return ()
        by_name = {group.name: group for group in self.groups}
        ignored = "" not in by_name or by_name[""].ignore_sample
        sample = by_name.get("sample")
        whole = "secret" if ignored or (not (sample and sample.counts) and by_name[""].grader is None) else ""
        below = f"{whole}/" if whole else ""
        return tuple(g for g in self.groups if g.counts and (g.name == whole or g.name.startswith(below)))

    @property
    def max_score(self) -> float | None:
        """The most points there are; None without a limit, where fewer are better, or where there are none."""
        groups = self.scoring_groups
        return groups[0].score if groups and self.objective == "max" else None

    @property
    def best_score(self) -> float | None:
        """The score that cannot be bettered; None where nothing says it."""
        groups = self.scoring_groups
        if not groups or self.objective == "max":
            return self.max_score
        return groups[0].low if groups[0].low > -inf else None

    @property
    def tests(self) -> tuple[TestCase | StaticTest, ...]:
        """All that a submission is judged on, in judging order: a group's static test before its other tests."""
        if not self.static_tests:
            return self.cases
        left = list(self.static_tests)
        found: list[TestCase | StaticTest] = []
        for case in self.cases:
            for static in [one for one in left if f"{case.group}/".startswith(f"{one.group}/")]:
                left.remove(static)
                found.append(static)
            found.append(case)
        # Groups of a static test alone, each in its place by name.
        for static in left:
            behind = (at for at, one in enumerate(found) if (one.group, "") > (static.group, "") and not one.is_sample)
            found.insert(next(behind, len(found)), static)
        return tuple(found)

    @property
    def samples(self) -> tuple[TestCase, ...]:
        return tuple(case for case in self.cases if case.is_sample)
