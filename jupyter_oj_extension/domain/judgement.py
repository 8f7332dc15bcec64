"""What a grader is asked (`JudgementTask`) and what it answers (`JudgementOutcome`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jupyter_oj_extension.domain.verdict import Verdict


class JudgementState(StrEnum):
    QUEUED = "queued"
    LEASED = "leased"
    DONE = "done"


class Lane(StrEnum):
    """Lanes of a language's queue, served in this order."""

    CONTEST = "contest"
    PRACTICE = "practice"
    REJUDGE = "rejudge"


class SubmissionKind(StrEnum):
    SUBMIT = "submit"  # counts
    RUN = "run"  # samples or own input, counts for nothing (R-B3)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a submission of several (a jury's folder): a path inside the submission, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class JudgementTask:
    """A leased judgement: everything a grader needs to judge, and the lease `token` its answer must carry.

    `own_input` is set for a run on the learner's own input: then there is one case and nothing to compare with.
    """

    judgement_id: str
    submission_id: str
    token: str
    kind: SubmissionKind
    problem: str
    problem_version: str
    language: str
    source: str
    own_input: str | None
    user: str
    contest: str | None
    attempt: int
    files: tuple[SourceFile, ...] = ()
    """Set for a submission of several files; `source` is then empty."""
    entry_point: str = ""
    """The file, or its name without the ending, that a submission of several begins in; "" where the rules tell it."""

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """The submission's files, its cell as the only one where it is one."""
        return self.files or (SourceFile("source", self.source.encode("utf-8", "replace")),)


class Speaker(StrEnum):
    """Who says a part of a conversation. `NOTE`: nobody; the judge tells of the conversation itself."""

    PROGRAM = "program"
    INTERACTOR = "interactor"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one side of a conversation said before the other spoke again."""

    who: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """One test case of a judgement. `index` counts from 1 in judging order. Times in seconds, memory in KiB.

    `output`, `error` and `message` are cut to a few KiB and set only where the learner may see them
    (samples and own input; never a hidden test).
    """

    index: int
    case: str
    group: str
    sample: bool
    verdict: Verdict
    cpu_s: float
    wall_s: float
    memory_kib: int
    exit_code: int | None = None
    signal: str | None = None
    score: float | None = None
    """Points of this test, where the problem is scored."""
    message: str | None = None
    input: str | None = None
    expected: str | None = None
    output: str | None = None
    error: str | None = None
    error_type: str | None = None
    """Of an uncaught error: its type's name (letters, digits, ``_ . : $``, 80 at most) and the line of the learner's
    source it came from. Set for hidden tests too, so that neither may ever hold text of the program's choosing."""
    error_line: int | None = None
    shown: bool = False
    """A hidden test that the problem opens to who fails it: its texts may be seen."""
    hint: str | None = None
    """What the problem tells who fails this test."""
    conversation: tuple[Spoken, ...] = ()
    """Of a sample of an interactive problem: what both sides said, in order. Never of a hidden test of a learner."""
    judge_message: str | None = None
    """The words of the problem's own validator for staff (``judgemessage.txt``); set for hidden tests too."""


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What a test group of a scored problem came to. `verdict` is None when no test of it was run (a group it requires
    was not passed); `max_score` None: there is no highest score, or none that can be known."""

    group: str
    verdict: Verdict | None
    score: float
    max_score: float | None


@dataclass(frozen=True, slots=True)
class JudgementOutcome:
    """The whole answer. `failing` is the index of the first failing run; times and memory are the maximum over runs."""

    verdict: Verdict
    runs: tuple[RunOutcome, ...]
    tests_total: int
    score: float | None = None
    """Points, where the problem is scored and the judgement counts; of `max_score`, None where there is no highest."""
    max_score: float | None = None
    groups: tuple[GroupOutcome, ...] = ()
    """Of a scored problem the groups that hold points, each before those in it."""
    failing: int | None = None
    cpu_s: float | None = None
    memory_kib: int | None = None
    compiler_output: str | None = None
    message: str | None = None
    """For JE: what failed, for staff. For others: a line for the learner, or None."""
    compile_s: float | None = None
    """Wall-clock time of compiling and of all runs together, for the metrics."""
    run_s: float | None = None
