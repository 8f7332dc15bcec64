"""Every route and its permission, written down once more; and that they hold on the wire."""

from __future__ import annotations

import re

import httpx
import pytest
from server_support import TOKEN, Server

from jupyter_oj_server.base import OJHandler
from jupyter_oj_server.operations import operation_of
from jupyter_oj_server.routes import ROUTES

EXPECTED = {
    ("GET", "health"): "anyone",
    ("GET", "openapi.json"): "anyone",
    ("GET", "metrics"): "staff",
    ("GET", "me"): "learner",
    ("GET", "languages"): "learner",
    ("GET", "problems"): "learner",
    ("GET", "problems/{id}"): "learner",
    ("GET", "problems/{id}/notebook"): "learner",
    ("GET", "problems/{id}/files/{name}"): "learner",
    ("GET", "submissions"): "learner",
    ("POST", "submissions"): "learner",
    ("GET", "submissions/{id}"): "owner or staff",
    ("GET", "submissions/{id}/source"): "owner or staff",
    ("POST", "runs"): "learner",
    ("GET", "stream"): "learner",
    ("GET", "contests"): "learner",
    ("GET", "contests/{id}"): "learner",
    ("POST", "contests/{id}/registration"): "learner",
    ("GET", "contests/{id}/leaderboard"): "learner",
    ("POST", "contests/{id}/enrolments"): "host",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def test_each_route_declares_the_permission_that_is_written_here() -> None:
    declared = {
        (method, route.path): found.permission.value
        for route in ROUTES
        for method in METHODS
        if (found := operation_of(route.handler, method)) is not None
    }
    assert declared == EXPECTED


def test_no_handler_has_a_method_that_declares_nothing() -> None:
    for route in ROUTES:
        for method in METHODS:
            inherited = getattr(OJHandler, method.lower())
            own = getattr(route.handler, method.lower())
            assert own is inherited or operation_of(route.handler, method) is not None, (route.path, method)


@pytest.mark.parametrize(("method", "path"), list(EXPECTED))
def test_a_stranger_gets_nowhere_but_to_what_is_for_anyone(server: Server, method: str, path: str) -> None:
    address = re.sub(r"{\w+}", "x", path)
    for client in (server.client(None), server.client("not-a-token")):
        with client:
            status = client.request(method, address).status_code
        assert status == (200 if EXPECTED[method, path] == "anyone" else 401)


@pytest.mark.parametrize(("method", "path"), [key for key, value in EXPECTED.items() if value in ("staff", "host")])
def test_a_contestant_does_not_get_what_is_for_staff(server: Server, method: str, path: str) -> None:
    with server.enrol("cup", "Curious", "curious") as contestant:
        answer = contestant.request(method, path.replace("{id}", "cup"), json={"name": "Mate"})
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/forbidden")


def test_others_submissions_are_not_told_apart_from_none(server: Server) -> None:
    with server.enrol("cup", "Owner", "owner-1") as owner, server.enrol("cup", "Thief", "thief-1") as thief:
        submission = server.submit(owner)
        for path in (f"submissions/{submission['id']}", f"submissions/{submission['id']}/source"):
            assert owner.get(path).status_code == 200
            assert server.http.get(path).status_code == 200  # staff
            assert thief.get(path).status_code in (403, 404)


def test_the_local_user_is_the_administrator(server: Server) -> None:
    me = server.http.get("me").json()
    assert me["roles"] == ["admin", "host", "instructor", "learner"]


def test_a_contestant_is_a_learner(server: Server) -> None:
    with server.enrol("cup", "Just Me", "just-me") as contestant:
        assert contestant.get("me").json() == {"user": "just-me", "name": "Just Me", "roles": ["learner"]}


def _signed_in(server: Server) -> httpx.Client:
    """A browser's session: a cookie, no token."""
    with httpx.Client() as first:
        first.get(f"{server.root}/api/status?token={TOKEN}").raise_for_status()
        first.get(f"{server.root}/login", follow_redirects=True)
        return httpx.Client(timeout=30, cookies=first.cookies)


def test_a_cookie_alone_cannot_write(server: Server) -> None:
    body = {"problem": "echo", "language": "python3", "source": "print(1)"}
    with _signed_in(server) as browser:
        assert browser.get(server.base + "me").status_code == 200
        forged = browser.post(server.base + "submissions", json=body)
        assert forged.status_code == 403
        assert forged.headers["content-type"] == "application/problem+json"
        xsrf = browser.cookies["_xsrf"]
        sent = browser.post(server.base + "submissions", json=body, headers={"X-XSRFToken": xsrf})
        assert sent.status_code == 202, sent.text


def test_a_token_is_not_passed_over_for_a_cookie(server: Server) -> None:
    with _signed_in(server) as browser:
        answer = browser.get(server.base + "me", headers={"Authorization": "Bearer nobody-has-this"})
    assert answer.status_code == 401


def test_another_host_name_is_not_answered(server: Server) -> None:
    answer = server.http.get("me", headers={"Host": "evil.example"})
    assert answer.status_code == 403
