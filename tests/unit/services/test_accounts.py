"""People and tokens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from store_support import SOURCE, Judge

from jupyter_oj_extension.domain.errors import Conflict, Forbidden, NotFound, Unprocessable
from jupyter_oj_extension.domain.identity import ALL_ROLES, Identity
from jupyter_oj_extension.services import accounts, submissions
from jupyter_oj_extension.store.accounts import TokenRow, UserRow
from jupyter_oj_extension.store.base import now
from jupyter_oj_extension.store.contests import ContestantRow, ContestProblemRow, ContestRow


@pytest.fixture
def contest(ctx: Judge) -> str:
    """A running contest ``week-1`` with the problem ``pairs``, and another, ``week-2``."""
    with ctx.session() as session:
        for id in ("week-1", "week-2"):
            start = now() - timedelta(hours=1)
            session.add(ContestRow(id=id, name=id, start=start, end=start + timedelta(hours=5)))
            session.flush()
            session.add(ContestProblemRow(contest_id=id, problem_id="pairs", label="A", color="#000000", position=1))
    return "week-1"


def test_a_token_is_its_holder_and_is_not_kept(ctx: Judge) -> None:
    enrolment = accounts.enrol(ctx, None, "Ada Lovelace", affiliation="London")
    assert (enrolment.user, enrolment.name) == ("ada-lovelace", "Ada Lovelace")
    assert accounts.by_token(ctx, enrolment.token) == Identity("ada-lovelace", "Ada Lovelace", frozenset({"learner"}))
    for wrong in ("", "x", enrolment.token[:-1], "\ud800", "\0"):
        assert accounts.by_token(ctx, wrong) is None
    with ctx.reading() as session:
        (row,) = session.scalars(select(TokenRow))
        assert enrolment.token not in row.hash and len(row.hash) == 64


def test_names_make_free_ids(ctx: Judge) -> None:
    made = [accounts.enrol(ctx, None, name).user for name in ("Ada", "ada", "Ädä", "李", "李", "a_%")]
    assert made == ["ada", "ada-2", "ada-3", "contestant", "contestant-2", "a"]


def test_contestants_of_one_name_enrolled_at_once_are_different_people(ctx: Judge) -> None:
    with ThreadPoolExecutor(4) as pool:
        for name in ("Ada", "Bob", "Eve"):
            made = pool.map(lambda name: accounts.enrol(ctx, None, name).user, [name] * 4)
            assert sorted(made) == sorted([name.lower(), *(f"{name.lower()}-{n}" for n in (2, 3, 4))])


def test_enrolling_again_gives_another_token(ctx: Judge) -> None:
    first, second = (accounts.enrol(ctx, None, "Ada", user="ada") for _ in range(2))
    assert first.token != second.token
    assert accounts.by_token(ctx, first.token) == accounts.by_token(ctx, second.token)


def test_a_host_makes_no_key_to_staff(ctx: Judge) -> None:
    accounts.ensure_user(ctx, "root", "The administrator", staff=True)
    with pytest.raises(Conflict):
        accounts.enrol(ctx, None, "Mallory", user="root")
    with ctx.reading() as session:
        assert session.get_one(UserRow, "root").name == "The administrator"
        assert session.scalars(select(TokenRow)).all() == []


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "a\0"}, {"name": "x" * 101}, {"user": "a b"}, {"user": "-"}])
def test_bad_names(ctx: Judge, wrong: dict[str, str]) -> None:
    with pytest.raises(Unprocessable):
        accounts.enrol(ctx, None, **{"name": "Ada"} | wrong)


def test_enrolled_for_a_contest(ctx: Judge, contest: str) -> None:
    enrolment = accounts.enrol(ctx, contest, "Ada")
    identity = accounts.by_token(ctx, enrolment.token)
    assert identity is not None and identity.contest == contest
    with ctx.reading() as session:
        assert session.get(ContestantRow, (contest, "ada")) is not None
    assert submissions.submit(ctx, identity, problem="pairs", language="python3", source=SOURCE, contest=contest)
    assert len(ctx.queued(lane=submissions.intake.Lane.CONTEST)) == 1
    with pytest.raises(Forbidden):
        submissions.submit(ctx, identity, problem="pairs", language="python3", source=SOURCE, contest="week-2")
    for unknown in ("week-9", "a\0b"):
        with pytest.raises(NotFound):
            accounts.enrol(ctx, unknown, "Bob")


def test_ensure_user_keeps_what_is_not_given(ctx: Judge) -> None:
    accounts.ensure_user(ctx, "ada", "Ada", "London", staff=True)
    accounts.ensure_user(ctx, "ada")
    accounts.ensure_user(ctx, "ada", affiliation="Turin")
    with ctx.reading() as session:
        row = session.get_one(UserRow, "ada")
        assert (row.name, row.affiliation, row.staff) == ("Ada", "Turin", True)
    assert accounts.by_token(ctx, "x") is None
    assert ALL_ROLES == {"learner", "instructor", "host", "admin"}
