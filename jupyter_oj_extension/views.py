"""Submissions as JSON, to the letter of docs/api.md. The one place where what a learner may see is decided:

- of a hidden test: its number, group, verdict, points and figures, an uncaught error's type and line; never its file
  name, its texts or the checker's words;
- of a judge error: that it happened, and that the submission is safe; the cause is for staff;
- what a validator said to the jury of any test, samples included, is for staff: `run` leaves it out unless told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from jupyter_oj_extension.domain.judgement import GroupOutcome, JudgementState, RunOutcome
from jupyter_oj_extension.domain.verdict import VERDICT_NAMES, Verdict
from jupyter_oj_extension.store.submissions import JudgementRow, RunRow, SubmissionRow

JUDGE_ERROR_MESSAGE = "The judge failed, not your program. Your submission is safe, and the staff see why"

TEXT_CHARACTERS = 16 * 1024
"""Longest text of a run we keep; graders cut earlier, this bounds what a faulty one can store."""

TEXTS = ("message", "input", "expected", "output", "error")
RUN_FIELDS = (
    "cpu_s", "wall_s", "memory_kib", "exit_code", "signal", "score", "error_type", "error_line",
    *TEXTS, "conversation",
)  # fmt: skip

JUDGE_MESSAGE_CHARACTERS = 4 * 1024
"""Longest word of a validator to staff that we keep."""
SPOKEN_PARTS = 512
"""Most parts of a conversation that we keep."""


def instant(value: datetime | None) -> str | None:
    """ISO 8601 in UTC with ``Z`` and milliseconds."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clean(text: str | None, limit: int = TEXT_CHARACTERS) -> str | None:
    """Text that every store and JSON reader takes: no NUL, no lone surrogates, at most `limit` characters."""
    if text is None:
        return None
    if len(text) > limit:
        text = text[:limit] + "\n… (cut)"
    return text.encode("utf-8", "replace").decode().replace("\x00", "\u2400")


def run_values(run: RunOutcome, *, own_input: bool) -> dict[str, Any]:
    """What is kept of a run (the columns of `RunRow` but its judgement): a hidden test's texts are dropped here."""
    shown = run.sample or run.shown or own_input
    texts = {key: clean(getattr(run, key)) if shown else None for key in TEXTS}
    texts["message"] = texts["message"] or clean(run.hint)
    said = [{"who": part.who.value, "text": clean(part.text)} for part in run.conversation[:SPOKEN_PARTS]]
    return {
        "index": run.index,
        "name": "own input" if own_input else run.case if run.sample else None,
        "group": "own" if own_input else run.group,
        "sample": run.sample and not own_input,
        "verdict": run.verdict.value,
        "cpu_s": run.cpu_s,
        "wall_s": run.wall_s,
        "memory_kib": run.memory_kib,
        "exit_code": run.exit_code,
        "signal": run.signal,
        "score": run.score,
        "error_type": clean(run.error_type, 80),
        "error_line": run.error_line,
        **texts,
        "conversation": said if said and run.sample else None,
        "judge_message": clean(run.judge_message, JUDGE_MESSAGE_CHARACTERS),
    }


def run_row_values(row: RunRow) -> dict[str, Any]:
    keys = ("index", "name", "group", "sample", "verdict", *RUN_FIELDS, "judge_message")
    return {key: getattr(row, key) for key in keys}


def group_values(outcome: GroupOutcome) -> dict[str, Any]:
    """A group's result as it is kept and shown."""
    return {
        "group": outcome.group,
        "verdict": outcome.verdict.value if outcome.verdict else None,
        "score": outcome.score,
        "max": outcome.max_score,
    }


def run(values: Mapping[str, Any], *, staff: bool = False) -> dict[str, Any]:
    """A run's JSON from `run_values`."""
    return {
        "index": values["index"],
        "name": values["name"] or f"test {values['index']}",
        "group": values["group"],
        "sample": values["sample"],
        "verdict": values["verdict"],
        **{key: values.get(key) for key in RUN_FIELDS},
        "judge_message": values.get("judge_message") if staff else None,
    }


def submission(
    row: SubmissionRow,
    judgement: JudgementRow,
    title: str,
    *,
    staff: bool = False,
    position: int | None = None,
    phase: str | None = None,
    tests_total: int | None = None,
    tests_done: int = 0,
    runs: Sequence[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """A submission's JSON. `phase`, `tests_total` and `tests_done` are the progress of one that is being judged;
    without `runs` the key is left out (lists, events)."""
    done = judgement.state == JudgementState.DONE
    verdict = Verdict(judgement.verdict) if done and judgement.verdict else None
    failed = verdict is Verdict.JE
    message = JUDGE_ERROR_MESSAGE if failed else judgement.message
    view: dict[str, Any] = {
        "id": row.id,
        "kind": row.kind,
        "problem": row.problem_id,
        "title": title,
        "contest": row.contest_id,
        "language": row.language,
        "user": row.user_id,
        "submitted_at": instant(row.submitted_at),
        "state": judgement.state,
        "phase": _phase(judgement.state, phase),
        "position": position if judgement.state == JudgementState.QUEUED else None,
        "verdict": verdict.value if verdict else None,
        "verdict_name": VERDICT_NAMES[verdict] if verdict else None,
        "score": judgement.score,
        "max_score": judgement.max_score,
        "groups": judgement.groups or [],
        "cpu_s": judgement.cpu_s,
        "memory_kib": judgement.memory_kib,
        "tests_total": judgement.tests_total if done else tests_total,
        "tests_done": judgement.tests_done if done else tests_done,
        "failing": judgement.failing,
        "compiler_output": judgement.compiler_output if not failed or staff else None,
        "message": message if done else None,
        "judge_message": judgement.message if failed and staff else None,
        "judged_at": instant(judgement.judged_at),
    }
    if runs is not None:
        view["runs"] = list(runs)
    return view


def _phase(state: str, phase: str | None) -> str:
    if state == JudgementState.LEASED:
        return phase or "judging"
    return state  # "queued" and "done" are both
