"""Errors as RFC 9457 problem details: the one place that turns an exception into an HTTP answer."""

from __future__ import annotations

import http
import math
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from tornado.web import HTTPError

from jupyter_oj_extension.domain.errors import OJError

TYPE_BASE = "tag:jupyter-oj,2026:errors"
CONTENT_TYPE = "application/problem+json"

_CODES = {
    400: "invalid-request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
}
_RETRY_AFTER_S = {429: 1.0, 503: 2.0}
_STORE_AWAY = (OperationalError, InterfaceError, NoConnection)
"""What SQLAlchemy raises when a database cannot be reached, went away, or is busy beyond its patience."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem-details answer; `retry_after_s` is a whole number of seconds, for the header of the same name."""

    status: int
    code: str
    title: str
    detail: str
    retry_after_s: int | None = None

    def body(self, instance: str) -> dict[str, Any]:
        return {
            "type": f"{TYPE_BASE}/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }


def of_exception(error: BaseException, incident: str) -> Problem:
    """The answer to an exception. What is not ours and not Tornado's only tells the incident's id: a 503 when the store
    does not answer, else a 500."""
    if isinstance(error, OJError):
        detail = error.detail if error.status != 500 else f"{error.detail} (incident {incident})"
        return Problem(error.status, error.code, error.title, detail, _retry_after(error))
    if isinstance(error, HTTPError):
        return of_status(error.status_code, error.log_message)
    if isinstance(error, _STORE_AWAY):
        detail = f"The database does not answer. Try again in a moment; if it lasts, tell staff: incident: {incident}."
        return Problem(503, "unavailable", "Not available now", detail, int(_RETRY_AFTER_S[503]))
    return Problem(500, "internal", "The judge failed", f"Our fault. Tell staff the incident's number: {incident}.")


def of_status(status: int, detail: str | None = None) -> Problem:
    """The answer to a bare status, such as Tornado's own 404 and 405."""
    try:
        title = http.HTTPStatus(status).phrase
    except ValueError:
        title = "Error"
    retry = _RETRY_AFTER_S.get(status)
    code = _CODES.get(status, title.lower().replace(" ", "-"))
    return Problem(status, code, title, detail or f"{title}.", None if retry is None else int(retry))


def _retry_after(error: OJError) -> int | None:
    if error.retry_after_s is None:
        default = _RETRY_AFTER_S.get(error.status)
        return None if default is None else int(default)
    return max(1, math.ceil(error.retry_after_s))
