"""The one error family. Each error says whose fault it is; `status` is the single table to HTTP codes (RFC 9457)."""

from __future__ import annotations

from typing import ClassVar


class OJError(Exception):
    """Something a person can act on. ``str(error)`` is one line that says what happened and what to do.

    ``status`` is the HTTP code, ``code`` the last part of the problem-details `type`, ``title`` its short name.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "The judge failed"

    def __init__(self, detail: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after_s = retry_after_s


class InvalidRequest(OJError):
    """The request is malformed (not JSON, a bad query parameter)."""

    status, code, title = 400, "invalid-request", "The request cannot be read"


class Unauthenticated(OJError):
    status, code, title = 401, "unauthenticated", "Sign in first"


class Forbidden(OJError):
    status, code, title = 403, "forbidden", "Not allowed"


class NotFound(OJError):
    status, code, title = 404, "not-found", "Not found"


class Conflict(OJError):
    """The state of the thing does not allow it (contest over, idempotency key used for another submission)."""

    status, code, title = 409, "conflict", "Not possible now"


class TooLarge(OJError):
    status, code, title = 413, "too-large", "Too large"


class Unprocessable(OJError):
    """Well formed, but a value is not acceptable (unknown language, empty source)."""

    status, code, title = 422, "unprocessable", "A value is not acceptable"


class RateLimited(OJError):
    status, code, title = 429, "rate-limited", "Too many requests"


class Unavailable(OJError):
    """We cannot serve this now (overload, judge not ready); the client should come back after `retry_after_s`."""

    status, code, title = 503, "unavailable", "Not available now"


class PackageError(OJError):
    """A problem package cannot be read; the detail names the file and what is wrong in it."""

    status, code, title = 422, "bad-package", "The problem package is not valid"


class JudgeError(OJError):
    """A fault of ours while judging: leads to JE and a retry, never to a learner's verdict."""

    status, code, title = 500, "judge-error", "The judge failed"
