"""Every error is a problem-details answer that says what to do."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from postgres import Postgres
from server_support import Server, running_server

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.errors import RateLimited
from jupyter_oj_server import problem_details


def _problem(answer: httpx.Response, status: int, code: str) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"].endswith(f"/{code}")
    assert body["title"] and "\n" not in body["detail"]
    return str(body["detail"])


@pytest.mark.parametrize(
    "path", ["nothing", "problems/none", "contests/none", "submissions/none", "problems/echo/files/x.png"]
)
def test_what_is_not_there(server: Server, path: str) -> None:
    _problem(server.http.get(path), 404, "not-found")


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "HEAD"])
def test_a_method_that_is_not_offered(server: Server, method: str) -> None:
    answer = server.http.request(method, "submissions")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST, OPTIONS"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("problems?page=0", "page"),
        ("problems?limit=201", "limit"),
        ("problems?limit=many", "limit"),
        ("problems?sort=random", "sort"),
        ("problems?status=won", "status"),
        ("problems?" + "&".join(["tag=a"] * 51), "tag"),
        ("problems?page=1&page=2", "page"),
        ("problems?colour=red", "colour"),
        ("submissions?verdict=OK", "verdict"),
        ("submissions?kind=%00", "kind"),
        ("contests/cup/leaderboard?limit=-1", "limit"),
        ("me?who=1", "who"),
    ],
)
def test_a_query_that_is_not_understood_names_the_parameter(server: Server, path: str, name: str) -> None:
    assert name in _problem(server.http.get(path), 400, "invalid-request")


def test_jupyters_own_parameters_are_passed_over(server: Server) -> None:
    assert server.http.get("me?1700000000000").status_code == 200
    assert server.http.get("me?no_track_activity=1").status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"nothing"])
def test_a_body_that_is_not_json(server: Server, body: bytes) -> None:
    _problem(server.http.post("submissions", content=body), 400, "invalid-request")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"language": None}, "language"),
        ({"problem": 3}, "problem"),
        ({"source": "a\0b"}, "source"),
        ({"extra": 1}, "extra"),
        ({"problem": ""}, "problem"),
    ],
)
def test_a_value_that_is_not_acceptable_names_the_field(server: Server, change: dict[str, object], field: str) -> None:
    body = {"problem": "echo", "language": "python3", "source": "1"} | change
    detail = _problem(server.http.post("submissions", json=body), 422, "unprocessable")
    assert detail.startswith(f"{field}: ") and "Value error" not in detail


def test_an_unknown_language(server: Server) -> None:
    body = {"problem": "echo", "language": "klingon", "source": "1"}
    _problem(server.http.post("submissions", json=body), 422, "unprocessable")


def test_a_body_that_is_too_large(server: Server) -> None:
    large = b'{"source": "' + b"x" * 2_000_000 + b'"}'
    _problem(server.http.post("submissions", content=large), 413, "too-large")
    chunked = server.http.post("submissions", content=iter([large[:1_000_000], large[1_000_000:]]))
    _problem(chunked, 413, "too-large")


@pytest.mark.parametrize("key", ["", "x" * 129, "tab\there"])
def test_an_idempotency_key_that_is_not_one(server: Server, key: str) -> None:
    body = {"problem": "echo", "language": "python3", "source": "1"}
    answer = server.http.post("submissions", json=body, headers={"Idempotency-Key": key})
    assert "Idempotency-Key" in _problem(answer, 400, "invalid-request")


def test_a_database_that_is_away(short_tmp: Path, postgres: Postgres) -> None:
    database = postgres.create()
    with running_server(short_tmp / "away", OJ_DATABASE_URL=postgres.url(database)) as server:
        body = {"problem": "echo", "language": "python3", "source": "1"}
        _problem(server.http.post("submissions", json=body), 404, "not-found")
        postgres.drop(database)
        for answer in (server.http.get("problems"), server.http.post("submissions", json=body)):
            assert "database" in _problem(answer, 503, "unavailable")
            assert int(answer.headers["retry-after"]) > 0
            assert database not in answer.text
    valkey.stop(server.settings)


def test_an_unknown_failure_tells_its_number_and_nothing_else() -> None:
    problem = problem_details.of_exception(RuntimeError("secret path"), "abcd1234")
    assert problem.status == 500
    assert "abcd1234" in problem.detail and "secret" not in problem.detail


def test_the_wait_is_told_in_whole_seconds() -> None:
    assert problem_details.of_exception(RateLimited("slow down", retry_after_s=0.2), "").retry_after_s == 1
    assert problem_details.of_exception(RateLimited("slow down", retry_after_s=3.4), "").retry_after_s == 4
    assert problem_details.of_status(503).retry_after_s is not None
