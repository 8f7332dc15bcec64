"""People: known by the name they sign in with, or enrolled by a host and known by a token."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jupyter_oj_extension.domain.errors import Conflict, NotFound, Unprocessable
from jupyter_oj_extension.domain.identity import Identity, roles_of
from jupyter_oj_extension.services import scoreboard
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.store.accounts import TokenRow, UserRow
from jupyter_oj_extension.store.upsert import insert_missing

USER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}")
_LOCKED = select(UserRow).where(UserRow.id == bindparam("user")).with_for_update()


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A new contestant. `token` is shown this once: the store keeps only its hash."""

    user: str
    name: str
    token: str


def ensure_user(
    ctx: Context, id: str, name: str | None = None, affiliation: str | None = None, staff: bool = False
) -> None:
    """Make the user known, or bring what is given up to date (`staff` is never taken away)."""
    with ctx.reading() as session:
        row = session.get(UserRow, id)
        if row is not None and _same(row, name, affiliation, staff):
            return
    with ctx.session() as session:
        insert_missing(session, UserRow, {"id": id, "name": name or id, "affiliation": affiliation, "staff": staff})
        row = session.get_one(UserRow, id)
        row.name = name or row.name
        row.affiliation = affiliation or row.affiliation
        row.staff = row.staff or staff


def _same(row: UserRow, name: str | None, affiliation: str | None, staff: bool) -> bool:
    given = (name or row.name, affiliation or row.affiliation, staff or row.staff)
    return given == (row.name, row.affiliation, row.staff)


def know(session: Session, identity: Identity) -> UserRow:
    """The row of who is asking, made now if they never did anything before; locked until the transaction ends, so that
    one user's counted actions (in-flight cap, idempotency) happen one after another."""
    insert_missing(session, UserRow, {"id": identity.user, "name": identity.name, "staff": False})
    return lock(session, identity.user)


def lock(session: Session, user: str) -> UserRow:
    """The user's row, locked until the transaction ends (on SQLite the transaction itself is the lock)."""
    return session.execute(_LOCKED, {"user": user}).scalar_one()


def enrol(
    ctx: Context, contest_id: str | None, name: str, user: str | None = None, affiliation: str | None = None
) -> Enrolment:
    """A contestant with a token of their own, registered for the contest when one is named.

    `user` is made from the name when it is not given; an existing contestant gets one more token. Errors:
    `Unprocessable` for a bad name or user id, `NotFound` for an unknown contest, `Conflict` when `user` is staff
    (a host must not make a key to more than a contestant).
    """
    name = name.strip()
    if not 0 < len(name) <= 100 or not name.isprintable():
        raise Unprocessable("give a name of 1 to 100 printable characters")
    if affiliation is not None and (len(affiliation) > 100 or not affiliation.isprintable()):
        raise Unprocessable("an affiliation has at most 100 printable characters")
    if user is not None and not USER_ID.fullmatch(user):
        raise Unprocessable("a user id is 1 to 64 letters, digits or ._@+- and begins with a letter or digit")
    if contest_id is not None and not contest_id.isprintable():
        raise NotFound("there is no such contest")
    token = secrets.token_urlsafe(32)
    with ctx.session() as session:
        values = {"name": name, "affiliation": affiliation, "staff": False}
        user_id = user or _free_id(session, name)
        while not insert_missing(session, UserRow, {"id": user_id, **values}) and user is None:
            user_id = _free_id(session, name)  # another enrolment took it meanwhile
        row = lock(session, user_id)
        if row.staff:
            raise Conflict(f"{user_id} is staff: staff sign in, they are not enrolled")
        row.name, row.affiliation = name, affiliation or row.affiliation
        session.flush()
        if contest_id is not None:
            scoreboard.enter(session, contest_id, user_id)
        session.add(TokenRow(hash=token_hash(token), user_id=user_id, contest_id=contest_id))
    if contest_id is not None:
        scoreboard.publish(ctx, contest_id, user_id)
    return Enrolment(user=user_id, name=name, token=token)


def by_token(ctx: Context, token: str) -> Identity | None:
    """Who holds this enrolment token, or None."""
    with ctx.reading() as session:
        found = session.execute(
            select(UserRow, TokenRow.contest_id)
            .join(TokenRow, TokenRow.user_id == UserRow.id)
            .where(TokenRow.hash == token_hash(token))
        ).first()
    if found is None:
        return None
    user, contest = found
    return Identity(user=user.id, name=user.name, roles=roles_of(staff=user.staff), contest=contest)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _free_id(session: Session, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "contestant"
    taken = set(session.scalars(select(UserRow.id).where(UserRow.id.startswith(base, autoescape=True))))
    if base not in taken:
        return base
    return next(candidate for n in range(2, len(taken) + 3) if (candidate := f"{base}-{n}") not in taken)
