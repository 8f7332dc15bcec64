"""Taking in, looking at, and what nobody else sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from store_support import ADA, BOB, SOURCE, TEACHER, Judge, add_problem, outcome

from jupyter_oj_extension import events
from jupyter_oj_extension.domain.errors import (
    Conflict,
    InvalidRequest,
    NotFound,
    OJError,
    RateLimited,
    TooLarge,
    Unavailable,
    Unprocessable,
)
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.services import judging, submissions
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store.submissions import JudgementRow, RunRow, SubmissionRow


def submit(ctx: Judge, who=ADA, source: str = SOURCE, **more):
    return submissions.submit(ctx, who, problem="pairs", language="python3", source=source, **more)


def count(ctx: Judge, table) -> int:
    with ctx.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_submission_is_queued_sent_and_told(ctx: Judge) -> None:
    view = submit(ctx)
    assert view | {"id": "", "submitted_at": ""} == {
        "id": "",
        "kind": "submit",
        "problem": "pairs",
        "title": "Pairs",
        "contest": None,
        "language": "python3",
        "user": "ada",
        "submitted_at": "",
        "state": "queued",
        "phase": "queued",
        "position": 1,
        "verdict": None,
        "verdict_name": None,
        "score": None,
        "max_score": None,
        "groups": [],
        "cpu_s": None,
        "memory_kib": None,
        "tests_total": None,
        "tests_done": 0,
        "failing": None,
        "compiler_output": None,
        "message": None,
        "judge_message": None,
        "judged_at": None,
        "runs": [],
    }
    assert view["submitted_at"].endswith("Z")
    (judgement_id,) = ctx.queued()
    assert judging.lease(ctx, judgement_id, "g1").submission_id == view["id"]
    told = events.read(ctx.redis, {events.user_stream("ada"): "0-0"}, 0)
    assert [(event.event, event.data["state"], event.data["phase"]) for event in told] == [
        ("submission", "queued", "queued"),
        ("submission", "leased", "compiling"),
    ]
    assert "runs" not in told[0].data


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"problem": "nothing"}, NotFound),
        ({"problem": "pa\0irs"}, NotFound),
        ({"problem": "\ud800"}, NotFound),
        ({"language": "cobol"}, Unprocessable),
        ({"source": " \n\t"}, Unprocessable),
        ({"source": "print('\0')"}, Unprocessable),
        ({"source": "x = '\ud800'"}, Unprocessable),
        ({"source": "#" * (128 * 1024 + 1)}, TooLarge),
        ({"source": "é" * (64 * 1024 + 1)}, TooLarge),
        ({"contest": "nothing"}, NotFound),
        ({"idempotency_key": ""}, InvalidRequest),
        ({"idempotency_key": "a" * 129}, InvalidRequest),
        ({"idempotency_key": "a\nb"}, InvalidRequest),
    ],
)
def test_refused(ctx: Judge, change: dict[str, str], error: type[OJError]) -> None:
    with pytest.raises(error):
        submissions.submit(ctx, ADA, **{"problem": "pairs", "language": "python3", "source": SOURCE} | change)
    assert count(ctx, SubmissionRow) == 0


def test_a_language_that_this_judge_does_not_serve_is_refused(
    ctx: Judge, open_context: Callable[[Settings], Judge]
) -> None:
    only_cpp = open_context(replace(ctx.settings, languages="cpp"))
    with pytest.raises(Unprocessable, match="it takes cpp"):
        submit(only_cpp)


def test_source_may_be_just_as_large_as_the_limit(ctx: Judge) -> None:
    assert submit(ctx, source="#" * 128 * 1024)["state"] == "queued"


def test_unlisted_problem_does_not_exist_for_learners(ctx: Judge) -> None:
    add_problem(ctx, "secret-one", listed=False)
    with pytest.raises(NotFound):
        submissions.submit(ctx, ADA, problem="secret-one", language="python3", source=SOURCE)
    assert submissions.submit(ctx, TEACHER, problem="secret-one", language="python3", source=SOURCE)


def test_own_input(ctx: Judge) -> None:
    with pytest.raises(TooLarge):
        submissions.run(ctx, ADA, problem="pairs", language="python3", source=SOURCE, input="1" * (1024 * 1024 + 1))
    view = submissions.run(ctx, ADA, problem="pairs", language="python3", source=SOURCE, input="1 2\n")
    assert view["kind"] == "run"
    task = judging.lease(ctx, ctx.queued()[0], "g1")
    assert (task.kind, task.own_input, task.source) == ("run", "1 2\n", SOURCE)
    answer = outcome(Verdict.AC, sample=0)
    assert judging.record(ctx, task, answer)
    (run,) = submissions.get(ctx, ADA, view["id"])["runs"]
    assert (run["name"], run["sample"], run["output"]) == ("own input", False, "zq output")


def test_same_key_same_body_is_the_same_submission(ctx: Judge) -> None:
    first = submit(ctx, idempotency_key="k")
    assert submit(ctx, idempotency_key="k")["id"] == first["id"]
    with pytest.raises(Conflict):
        submit(ctx, source=SOURCE + "#", idempotency_key="k")
    with pytest.raises(Conflict):
        submissions.run(ctx, ADA, problem="pairs", language="python3", source=SOURCE, idempotency_key="k")
    assert submit(ctx, BOB, idempotency_key="k")["id"] != first["id"]
    assert count(ctx, JudgementRow) == 2


def test_keys_race(ctx: Judge) -> None:
    with ThreadPoolExecutor(8) as pool:
        views = list(pool.map(lambda n: submit(ctx, idempotency_key=f"k{n % 2}"), range(16)))
    assert len({view["id"] for view in views}) == 2
    assert count(ctx, SubmissionRow) == count(ctx, JudgementRow) == 2
    assert len(ctx.queued()) == 2


def test_rate_limit_says_when_to_come_back(ctx: Judge, open_context: Callable[[Settings], Judge]) -> None:
    slow = open_context(replace(ctx.settings, submissions_per_minute=2))
    first = submit(slow, idempotency_key="k")
    submit(slow)
    with pytest.raises(RateLimited) as caught:
        submit(slow)
    assert 0 < caught.value.retry_after_s <= 30
    assert submit(slow, idempotency_key="k")["id"] == first["id"], "a repeated request costs nothing"
    assert submit(slow, BOB)["state"] == "queued"


def test_rate_limit_holds_without_redis(without_redis: Judge, open_context: Callable[[Settings], Judge]) -> None:
    slow = open_context(replace(without_redis.settings, submissions_per_minute=2))
    submit(slow)
    submit(slow)
    with pytest.raises(RateLimited) as caught:
        submit(slow)
    assert 0 < caught.value.retry_after_s <= 60


def test_overload(ctx: Judge, open_context: Callable[[Settings], Judge]) -> None:
    full = open_context(replace(ctx.settings, max_queue=1))
    submit(full)
    with pytest.raises(Unavailable) as caught:
        submit(full, BOB)
    assert caught.value.retry_after_s


def test_submissions_are_taken_while_redis_and_broker_are_away(without_redis: Judge) -> None:
    view = submit(without_redis)
    assert view["state"] == "queued"
    assert submissions.get(without_redis, ADA, view["id"])["phase"] == "queued"
    with without_redis.reading() as session:
        assert session.scalars(select(JudgementRow.sent_at)).all() == [None]


def test_only_owner_and_staff(ctx: Judge) -> None:
    id = submit(ctx)["id"]
    assert submissions.get(ctx, ADA, id)["id"] == submissions.get(ctx, TEACHER, id)["id"] == id
    assert submissions.source(ctx, ADA, id) == {"language": "python3", "source": SOURCE}
    for wrong in (id, "0" * 32, "", "a\0b", "\ud800"):
        with pytest.raises(NotFound):
            submissions.get(ctx, BOB, wrong)
        with pytest.raises(NotFound):
            submissions.source(ctx, BOB, wrong)


def test_nothing_of_a_hidden_test_is_shown_or_stored(ctx: Judge) -> None:
    id = submit(ctx)["id"]
    task = judging.lease(ctx, ctx.queued()[0], "g1")
    answer = outcome(Verdict.AC, Verdict.AC, Verdict.WA, sample=1)
    for run in answer.runs:
        judging.progress(ctx, task, tests_total=3, runs=[run])
    partial = submissions.get(ctx, ADA, id)
    judging.record(ctx, task, answer)
    for view in (partial, submissions.get(ctx, ADA, id), submissions.get(ctx, TEACHER, id)):
        sample, *hidden = view["runs"]
        assert (sample["name"], sample["input"], sample["output"]) == ("sample/1", "zq input", "zq output")
        assert [run["name"] for run in hidden] == ["test 2", "test 3"]
        assert [run["verdict"] for run in hidden] == ["AC", "WA"]
        assert {run["group"] for run in hidden} == {"secret/large"}
        assert "zq" not in json.dumps(hidden)
    stream = events.read(ctx.redis, {events.user_stream("ada"): "0-0"}, 0)
    assert "zq-" not in json.dumps([event.data for event in stream])
    with ctx.reading() as session:
        for row in session.scalars(select(RunRow).where(RunRow.sample.is_(False))):
            assert "zq" not in str({key: value for key, value in vars(row).items() if key != "_sa_instance_state"})


def test_page_is_mine_newest_first_and_filtered(ctx: Judge) -> None:
    add_problem(ctx, "other")
    ids = [submit(ctx)["id"] for _ in range(3)]
    submit(ctx, BOB)
    submissions.run(ctx, ADA, problem="other", language="cpp", source="int main(){}")
    judging.record(ctx, judging.lease(ctx, ctx.queued()[0], "g1"), outcome(Verdict.WA))
    page = submissions.page(ctx, ADA, kind="submit", page=1, limit=2)
    assert (page["total"], [item["id"] for item in page["items"]]) == (3, [ids[2], ids[1]])
    assert "runs" not in page["items"][0]
    assert [item["id"] for item in submissions.page(ctx, ADA, kind="submit", page=2, limit=2)["items"]] == [ids[0]]
    wrong = submissions.page(ctx, ADA, verdict="WA")["items"]
    assert [(item["id"], item["tests_done"], item["failing"]) for item in wrong] == [(ids[0], 1, 1)]
    assert submissions.page(ctx, ADA, problem="other")["items"][0]["kind"] == "run"
    assert submissions.page(ctx, ADA, language="cpp")["total"] == 1
    assert submissions.page(ctx, ADA, contest="none")["total"] == 0
    assert submissions.page(ctx, ADA, problem="a\0b") == {"items": [], "page": 1, "limit": 50, "total": 0}


def test_snapshot_has_what_runs_and_what_just_ended(ctx: Judge) -> None:
    done, old, running = (submit(ctx)["id"] for _ in range(3))
    first, second, third = (judging.lease(ctx, id, "g1") for id in ctx.queued())
    judging.record(ctx, first, outcome(Verdict.AC))
    judging.record(ctx, second, outcome(Verdict.AC))
    ctx.age(3600, "judged_at", judgement=second.judgement_id)
    judging.progress(ctx, third, phase="judging", tests_total=5)
    judging.progress(ctx, third, runs=[outcome(Verdict.AC).runs[0]])
    shot = submissions.snapshot(ctx, ADA)
    assert [view["id"] for view in shot] == [running, done]
    assert old not in {view["id"] for view in shot}
    assert (shot[0]["phase"], shot[0]["tests_total"], shot[0]["tests_done"]) == ("judging", 5, 1)
    assert [run["name"] for run in shot[0]["runs"]] == ["sample/1"]
    assert len(shot[1]["runs"]) == 1


def test_position_counts_those_ahead(ctx: Judge) -> None:
    ids = [submit(ctx)["id"] for _ in range(6)]
    assert [submissions.get(ctx, ADA, id)["position"] for id in ids] == [1, 2, 3, 4, 5, 6]
    judging.lease(ctx, ctx.queued()[0], "g1")
    assert submissions.get(ctx, ADA, ids[0])["position"] is None
    assert submissions.get(ctx, ADA, ids[5])["position"] == 5


def test_a_page_costs_as_many_queries_with_many_waiting_as_with_few(ctx: Judge) -> None:
    asked: list[str] = []

    @event.listens_for(ctx.engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    costs = []
    for more in (2, 10):
        for _ in range(more):
            submit(ctx)
        asked.clear()
        assert [view["position"] for view in submissions.page(ctx, ADA)["items"]] == [
            *range(len(costs) * 2 + more, 0, -1)
        ]
        costs.append(len(asked))
    assert costs[0] == costs[1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=st.text(st.characters(), max_size=60), key=st.none() | st.text(max_size=12))
def test_any_text_is_stored_or_refused_with_our_errors(ctx: Judge, source: str, key: str | None) -> None:
    try:
        view = submit(ctx, TEACHER, source=source, idempotency_key=key)
    except OJError as error:
        assert error.status in (400, 409, 422, 429)
    else:
        assert submissions.source(ctx, TEACHER, view["id"])["source"] == source
