"""Answers as docs/api.md has them, the source of the OpenAPI document; requests are in `requests.py`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

VerdictCode = Literal["AC", "WA", "PE", "TLE", "MLE", "OLE", "RTE", "CE", "JE"]
ProblemStatus = Literal["unsolved", "tried", "solved"]
ContestState = Literal["before", "running", "frozen", "ended"]
Time = Annotated[str, Field(json_schema_extra={"format": "date-time"}, examples=["2026-03-01T12:00:00Z"])]


class Reply(BaseModel):
    """An answer. Answers may grow fields, so clients pass over what they do not know."""

    model_config = ConfigDict(extra="forbid")


class ProblemDetails(BaseModel):
    type: str
    title: str
    status: int
    detail: str
    instance: str


class JudgeHealth(Reply):
    ready: bool
    reason: str | None
    preparing: str | None
    graders: int
    slots: int
    queued: int


class Health(Reply):
    status: Literal["ok", "degraded", "down"]
    judge: JudgeHealth
    database: bool
    redis: bool
    version: str
    server_time: Time


class Me(Reply):
    user: str
    name: str
    roles: list[Literal["learner", "instructor", "host", "admin"]]


class LanguageItem(Reply):
    id: str
    name: str
    mimetype: str
    extension: str
    starter: str
    ready: bool
    version: str | None


class Languages(Reply):
    items: list[LanguageItem]


class Paged(Reply):
    page: int
    limit: int
    total: int


class ContestRef(Reply):
    id: str
    label: str


class ProblemRow(Reply):
    id: str
    title: str
    difficulty: Literal["easy", "medium", "hard"]
    tags: list[str]
    status: ProblemStatus
    score: float | None
    max_score: float | None
    acceptance: float | None
    solved_by: int
    attempted_by: int
    contest: ContestRef | None


class ProblemPage(Paged):
    items: list[ProblemRow]
    tags: list[str]


class Sample(Reply):
    name: str
    input: str
    output: str
    conversation: list[Spoken] | None


class ProblemLimits(Reply):
    cpu_s: float
    memory_mib: int
    output_kib: int
    source_kib: int


class ProblemGroup(Reply):
    group: str
    max: float | None


class FunctionParameter(Reply):
    name: str
    type: str


class FunctionSignature(Reply):
    """The function that solves the problem. Types are those of docs/function-problems.md; with `changes` the function
    returns nothing, and `returns` is the type of the argument of that name, which is looked at after the call."""

    name: str
    parameters: list[FunctionParameter]
    returns: str
    changes: str | None


class Problem(ProblemRow):
    version: str
    type: str
    statement: str
    statement_pdf: str | None
    samples: list[Sample]
    limits: ProblemLimits
    languages: list[str]
    starters: dict[str, str]
    hints: list[str]
    tests: int
    objective: Literal["max", "min"] | None
    max_score: float | None
    groups: list[ProblemGroup]
    function: FunctionSignature | None
    editorial: str | None


class Notebook(BaseModel):
    """A notebook in nbformat 4.5; its own schema says the rest."""

    nbformat: Literal[4]
    nbformat_minor: int
    metadata: dict[str, Any]
    cells: list[dict[str, Any]]


class Spoken(Reply):
    """A part of a conversation; a note is the judge's own word about it."""

    who: Literal["program", "interactor", "note"]
    text: str


class RunOfTest(Reply):
    index: int
    name: str
    group: str
    sample: bool
    verdict: VerdictCode
    cpu_s: float
    wall_s: float
    memory_kib: int
    exit_code: int | None
    signal: str | None
    score: float | None
    error_type: str | None
    error_line: int | None
    message: str | None
    input: str | None
    expected: str | None
    output: str | None
    error: str | None
    conversation: list[Spoken] | None
    judge_message: str | None


class GroupResult(Reply):
    group: str
    verdict: VerdictCode | None
    score: float
    max: float | None


class SubmissionItem(Reply):
    id: str
    kind: Literal["submit", "run"]
    problem: str
    title: str
    contest: str | None
    language: str
    user: str
    submitted_at: Time
    state: Literal["queued", "leased", "done"]
    phase: Literal["queued", "compiling", "judging", "done"]
    position: int | None
    verdict: VerdictCode | None
    verdict_name: str | None
    score: float | None
    max_score: float | None
    groups: list[GroupResult]
    cpu_s: float | None
    memory_kib: int | None
    tests_total: int | None
    tests_done: int
    failing: int | None
    compiler_output: str | None
    message: str | None
    judge_message: str | None
    judged_at: Time | None


class Submission(SubmissionItem):
    runs: list[RunOfTest]


class SubmissionPage(Paged):
    items: list[SubmissionItem]


class SubmissionSource(Reply):
    language: str
    source: str


class Contest(Reply):
    """A contest without its problems."""

    id: str
    name: str
    state: ContestState
    start: Time
    end: Time
    freeze: Time | None
    server_time: Time
    scoring: str
    penalty_min: int
    registered: bool
    host: bool


class ContestProblem(Reply):
    label: str
    id: str
    title: str
    color: str
    status: ProblemStatus
    solved_by: int
    attempted_by: int


class ContestWithProblems(Contest):
    problems: list[ContestProblem]


class Contests(Reply):
    items: list[Contest]


class BoardProblem(Reply):
    label: str
    id: str
    title: str
    color: str
    solved: int
    tried: int


class BoardCell(Reply):
    state: Literal["solved", "tried", "pending", "none"]
    attempts: int
    pending: int
    time_min: int | None
    first: bool


class BoardRow(Reply):
    rank: int
    user: str
    name: str
    affiliation: str | None
    solved: int
    penalty_min: int
    last_s: int
    cells: dict[str, BoardCell]


class Leaderboard(Paged):
    contest: str
    name: str
    scoring: str
    state: ContestState
    seq: int
    source: Literal["live", "database"]
    frozen: bool
    server_time: Time
    start: Time
    end: Time
    problems: list[BoardProblem]
    rows: list[BoardRow]
    me: BoardRow | None


class EnrolmentReply(Reply):
    user: str
    name: str
    token: str


# -- the stream's data (docs/api.md, "The stream"); not in the OpenAPI document, checked by the tests


class SnapshotData(Reply):
    submissions: list[Submission]
    leaderboards: dict[str, Leaderboard]
    server_time: Time


class RunData(Reply):
    submission: str
    tests_total: int | None
    run: RunOfTest


class LeaderboardData(Reply):
    contest: str
    seq: int
    rows: list[BoardRow]
    total: int
    problems: list[BoardProblem]
