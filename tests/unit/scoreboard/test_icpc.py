"""The ICPC rules one by one, and as properties."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from jupyter_oj_extension.domain.scoreboard import (
    EMPTY_KEY,
    MAX_LAST,
    MAX_PENALTY,
    MAX_PROBLEMS,
    Attempt,
    Cell,
    Rules,
    Standing,
    cell,
    first_to_solve,
    pack,
    ranks,
    standing,
    unpack,
)

RULES = Rules(freeze_s=14_400, duration_s=18_000)
VERDICTS = ["AC", "WA", "PE", "TLE", "MLE", "OLE", "RTE", "CE", "JE", None]
attempts = st.lists(
    st.builds(Attempt, st.floats(-100, 20_000, allow_nan=False), st.sampled_from(VERDICTS)), max_size=12
)
standings = st.builds(Standing, st.integers(0, MAX_PROBLEMS), st.integers(0, MAX_PENALTY), st.integers(0, MAX_LAST))


def folded(*pairs: tuple[float, str | None], rules: Rules = RULES, frozen: bool = False) -> Cell:
    return cell([Attempt(time_s, verdict) for time_s, verdict in pairs], rules, frozen=frozen)


def test_minutes_are_whole_and_each_rejected_attempt_costs_twenty() -> None:
    assert folded((59.999, "AC")) == Cell(1, 0, 59.999, 0)
    assert folded((10, "WA"), (20, "TLE"), (60, "AC")) == Cell(3, 0, 60, 41)


def test_compile_errors_and_judge_errors_cost_nothing_and_show_nothing() -> None:
    assert folded((10, "CE"), (20, "JE"), (120, "AC")) == Cell(1, 0, 120, 2)
    assert folded((10, "CE"), (20, "JE")).state == "none"


def test_what_follows_the_accepted_one_does_not_count() -> None:
    assert folded((60, "AC"), (61, "WA"), (62, None), (63, "AC")) == Cell(1, 0, 60, 1)


def test_a_pending_attempt_shows_until_the_problem_is_solved() -> None:
    assert folded((60, None), (70, "WA")) == Cell(1, 1)
    assert folded((60, None), (70, "WA")).state == "pending"
    assert folded((60, None), (120, "AC")) == Cell(1, 0, 120, 2)


def test_outside_the_contest_nothing_counts() -> None:
    assert folded((-1, "AC"), (18_000, "AC")) == Cell()
    assert folded((17_999.9, "AC")).state == "solved"


def test_the_freeze_hides_verdicts_from_its_first_instant_on() -> None:
    assert folded((14_399.9, "WA"), (14_400, "AC"), frozen=True) == Cell(1, 1)
    assert folded((14_399.9, "AC"), (14_400, "WA"), frozen=True).state == "solved"


def test_last_accepted_times_tie_in_the_contests_unit() -> None:
    one, other = [folded((61, "AC"))], [folded((119, "AC"))]
    assert pack(standing(one, Rules())) < pack(standing(other, Rules()))
    assert pack(standing(one, Rules(tie="minute"))) == pack(standing(other, Rules(tie="minute")))


def test_equal_keys_share_a_rank_and_the_next_is_skipped() -> None:
    assert ranks([3, 5, 5, 5, 9]) == [1, 2, 2, 2, 5]
    assert ranks([]) == []


def test_all_who_solved_at_the_earliest_time_were_first() -> None:
    assert first_to_solve([("a", 9.0), ("b", 3.0), ("c", 3.0)]) == {"b", "c"}
    assert first_to_solve([]) == frozenset()


@given(attempts, st.booleans(), st.integers())
def test_the_order_of_arrival_does_not_matter(given: list[Attempt], frozen: bool, seed: int) -> None:
    distinct = list({attempt.time_s: attempt for attempt in given}.values())
    shuffled = random.Random(seed).sample(distinct, len(distinct))
    assert cell(shuffled, RULES, frozen=frozen) == cell(distinct, RULES, frozen=frozen)


@given(attempts)
def test_a_rejected_attempt_never_helps(given: list[Attempt]) -> None:
    before = standing([cell(given, RULES)], RULES)
    for time_s in (0.0, 7000.0, 17_000.0):
        assert pack(standing([cell([*given, Attempt(time_s, "WA")], RULES)], RULES)) >= pack(before)


@given(attempts)
def test_the_public_column_never_shows_more_than_the_staff_column(given: list[Attempt]) -> None:
    public, staff = cell(given, RULES, frozen=True), cell(given, RULES)
    if public.solved_at_s is not None:
        assert (public.solved_at_s, public.penalty_min) == (staff.solved_at_s, staff.penalty_min)
    assert pack(standing([public], RULES)) >= pack(standing([staff], RULES))


@given(standings)
def test_a_key_is_exact_as_a_double_and_holds_the_whole_standing(given: Standing) -> None:
    key = pack(given)
    assert 0 <= key < 2**53 and int(float(key)) == key
    assert unpack(key) == given


@given(standings, standings)
def test_keys_order_as_the_rules_do(one: Standing, other: Standing) -> None:
    def by_rule(value: Standing) -> tuple[int, int, int]:
        return -value.solved, value.penalty_min, value.last

    assert (pack(one) < pack(other)) == (by_rule(one) < by_rule(other))
    assert (pack(one) == pack(other)) == (one == other)


def test_who_solved_nothing_has_the_last_key() -> None:
    assert unpack(EMPTY_KEY) == Standing()
    assert pack(Standing(1, MAX_PENALTY, MAX_LAST)) < EMPTY_KEY
