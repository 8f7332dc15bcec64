"""Taking in a submission or a run: every check, then one transaction, then the queue.

A repeated request (same user, same idempotency key, same body) is answered with the submission it made the first time,
before any limit is looked at. The unique constraint of the table decides between two that come at once.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain import values
from jupyter_oj_extension.domain.errors import Conflict, Forbidden, InvalidRequest, NotFound, TooLarge, Unprocessable
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.domain.judgement import Lane, SubmissionKind
from jupyter_oj_extension.packages import answer_archive, functions
from jupyter_oj_extension.services import accounts, contests, dispatch, languages, limits, problems, scoreboard
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.problems import ProblemVersionRow
from jupyter_oj_extension.store.submissions import JudgementRow, SubmissionRow, new_id

OWN_INPUT_KIB = 1024
IDEMPOTENCY_KEY_CHARACTERS = 128


@dataclass(frozen=True, slots=True)
class Ask:
    """What a learner asks: the body of ``POST submissions`` or ``POST runs``."""

    kind: SubmissionKind
    problem: str
    language: str
    source: str
    contest: str | None = None
    input: str | None = None
    archive: bytes | None = None
    """A ZIP file with answers in place of `source`."""

    @property
    def hash(self) -> str:
        values = asdict(self)
        archive = values.pop("archive")
        if archive is not None:
            values["archive"] = hashlib.sha256(archive).hexdigest()
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()

    @property
    def lane(self) -> Lane:
        return Lane.CONTEST if self.contest is not None else Lane.PRACTICE


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be judged: a version of the problem, and a text; and when it was sent in."""

    version: str
    source: str
    at: datetime


def accept(
    ctx: Context, identity: Identity, ask: Ask, idempotency_key: str | None, *, arrived: datetime | None = None
) -> str:
    """Store it and send it off; answers the submission's id. `arrived` is when it came (None: now): the instant that
    counts for the contest, however long it then waits for a thread or for the store.

    Errors: `NotFound` problem or contest, `Unprocessable` language, empty source, text that is no text, an archive that
    holds no answers, `TooLarge`,
    `Conflict` contest not open or key used for another body, `Forbidden` not a contestant, `RateLimited`,
    `Unavailable` overload.
    """
    if idempotency_key is not None:
        _check_key(idempotency_key)
        with ctx.reading() as session:
            known = _known(session, identity, ask, idempotency_key)
        if known is not None:
            return known
    with ctx.reading() as session:
        checked = _check(ctx, session, identity, ask, arrived or now())
        limits.check_load(ctx, session)
    limits.check_rate(ctx, identity.user)
    submission_id, claims = _store(ctx, identity, ask, idempotency_key, checked)
    dispatch.deliver(ctx, claims)
    return submission_id


def _check_key(key: str) -> None:
    if not 0 < len(key) <= IDEMPOTENCY_KEY_CHARACTERS or not key.isascii() or not key.isprintable():
        raise InvalidRequest("Idempotency-Key must be 1 to 128 printable ASCII characters")


def _known(session: Session, identity: Identity, ask: Ask, key: str) -> str | None:
    found = session.execute(
        select(SubmissionRow.id, SubmissionRow.body_hash).where(
            SubmissionRow.user_id == identity.user, SubmissionRow.idempotency_key == key
        )
    ).first()
    if found is None:
        return None
    if found.body_hash != ask.hash:
        raise Conflict("this Idempotency-Key was used for another submission: make a new key")
    return str(found.id)


def _check(ctx: Context, session: Session, identity: Identity, ask: Ask, at: datetime) -> Checked:
    """All that can be wrong with the request, in the order a person wants to hear it."""
    if not is_text(ask.problem) or not is_text(ask.contest or ""):
        raise NotFound("there is no such problem")
    problem = problems.require(session, ask.problem, identity)
    document = session.get_one(ProblemVersionRow, (problem.id, problem.version)).document
    allowed = languages.offered(plugins.languages(ctx.settings), document)
    if ask.language not in allowed:
        raise Unprocessable(f"this problem does not take that language; it takes {', '.join(allowed)}")
    source, source_kib = ask.source, int(document["limits"]["source_kib"])
    if ask.archive is not None:
        if "submit-answer" not in str(document.get("type")).split():
            raise Unprocessable("an archive holds answers, and this problem wants a program: send its source")
        tests = [case.name for case in problems.load_version(ctx, problem.id, problem.version).cases]
        source = answer_archive.as_text(ask.archive, tests, source_kib)
    _check_size("source", source, source_kib)
    if not source.strip():
        raise Unprocessable("the source is empty: write a solution in the cell first")
    if ask.input is not None:
        _check_size("input", ask.input, OWN_INPUT_KIB)
        _check_arguments(document.get("function"), ask.input)
    elif ask.kind is SubmissionKind.RUN and not _has_samples(document):
        raise Unprocessable("this problem has no samples to run on: submit")
    if ask.contest is not None:
        if identity.contest not in (None, ask.contest):
            raise Forbidden("your token was given for another contest: ask the host for one for this contest")
        contests.check_submission_allowed(session, ask.contest, identity.user, problem.id, at)
    return Checked(problem.version, source, at)


def _has_samples(document: dict[str, Any]) -> bool:
    """Whether there may be samples to run on. Those of an interactive problem are no texts to be shown, but are run."""
    unshown = {"interactive", "multi-pass"} & set(str(document.get("type")).split())
    return bool(unshown) or document.get("samples") != []


def _check_arguments(function: Any, text: str) -> None:
    """Own input of a function problem is its arguments as JSON: said here, since no program would see it."""
    described = functions.read_function(function)
    if described is None:
        return
    try:
        values.arguments(described.signature.parameters, values.load_json(text))
    except values.ValueMismatch as error:
        raise Unprocessable(f"the input is not the function's arguments as JSON: {error}") from None


def _check_size(what: str, text: str, limit_kib: int) -> None:
    if not is_text(text):
        raise Unprocessable(f"the {what} holds a NUL or half a character: only text can be judged")
    if len(text.encode()) > limit_kib * 1024:
        raise TooLarge(f"the {what} may have at most {limit_kib} KiB")


def is_text(text: str) -> bool:
    """Whether every store takes it: no NUL and no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _store(
    ctx: Context, identity: Identity, ask: Ask, key: str | None, checked: Checked
) -> tuple[str, list[dispatch.Claim]]:
    try:
        with ctx.session() as session:
            accounts.know(session, identity)
            if key is not None and (known := _known(session, identity, ask, key)) is not None:
                return known, []
            if ask.contest is not None:  # again, now that nobody can slip between check and insert
                contests.check_submission_allowed(session, ask.contest, identity.user, ask.problem, checked.at)
            return _insert(ctx, session, identity, ask, key, checked)
    except IntegrityError:
        if key is None:
            raise
        with ctx.reading() as session:
            known = _known(session, identity, ask, key)
        if known is None:
            raise
        return known, []


def _insert(
    ctx: Context, session: Session, identity: Identity, ask: Ask, key: str | None, checked: Checked
) -> tuple[str, list[dispatch.Claim]]:
    at = checked.at
    submission = SubmissionRow(
        id=new_id(),
        user_id=identity.user,
        problem_id=ask.problem,
        problem_version=checked.version,
        contest_id=ask.contest,
        language=ask.language,
        kind=ask.kind.value,
        source=checked.source,
        own_input=ask.input,
        idempotency_key=key,
        body_hash=ask.hash,
        submitted_at=at,
    )
    session.add(submission)
    session.flush()
    session.add(
        JudgementRow(
            submission_id=submission.id,
            user_id=identity.user,
            language=ask.language,
            lane=ask.lane.value,
            queued_at=at,
        )
    )
    session.flush()
    if ask.contest is not None:
        scoreboard.update_cell(session, contest_id=ask.contest, user_id=identity.user, problem_id=ask.problem)
    return submission.id, dispatch.claim(session, identity.user, ctx.settings.max_in_flight)
