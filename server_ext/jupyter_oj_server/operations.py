"""What a route declares of itself: its permission, and the models its requests and answers have.

One declaration serves three readers: `OJHandler.prepare` authorises by it (a method without one answers 405), the
permission test lists it, and `openapi.build` turns it into the OpenAPI document.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel
from tornado.web import RequestHandler

Method = TypeVar("Method", bound=Callable[..., Awaitable[None]])


class Permission(StrEnum):
    """Who may call a method. `OWNER` lets any learner in; the service then tells own from others' things."""

    ANYONE = "anyone"
    LEARNER = "learner"
    OWNER = "owner or staff"
    STAFF = "staff"
    HOST = "host"


NEEDED_ROLES: dict[Permission, frozenset[str]] = {
    Permission.LEARNER: frozenset({"learner", "instructor", "host", "admin"}),
    Permission.OWNER: frozenset({"learner", "instructor", "host", "admin"}),
    Permission.STAFF: frozenset({"instructor", "host", "admin"}),
    Permission.HOST: frozenset({"host", "admin"}),
}
"""The roles of which one is needed. What is not listed here (`ANYONE`) needs no identity."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status a method answers with. `model` is None for a body that is not JSON."""

    description: str
    model: type[BaseModel] | None = None
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    permission: Permission
    summary: str
    answers: dict[int, Answer]
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    headers: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A path below the base (``contests/{id}``) and the handler that serves it; `name` is unique."""

    path: str
    handler: type[RequestHandler]
    name: str

    @property
    def pattern(self) -> str:
        """The path as a regular expression, with a group for each parameter."""
        return re.sub(r"{\w+}", r"([^/]+)", self.path.replace(".", r"\."))


def operation(
    permission: Permission,
    summary: str,
    answers: dict[int, Answer],
    *,
    query: type[BaseModel] | None = None,
    body: type[BaseModel] | None = None,
    headers: dict[str, dict[str, Any]] | None = None,
    errors: tuple[int, ...] = (),
) -> Callable[[Method], Method]:
    """Declare a handler's method. `errors` are the statuses besides those every route of its kind may answer."""
    declared = Operation(permission, summary, answers, query, body, headers or {}, errors)

    def mark(method: Method) -> Method:
        vars(method)["operation"] = declared
        # jupyter_server asks every endpoint how it authenticates; ours all do it in `OJHandler.prepare`
        vars(method)["__allow_unauthenticated"] = True
        return method

    return mark


def operation_of(handler: type[Any], method: str) -> Operation | None:
    """The declaration of ``GET`` and so on at a handler class; None where the method is not offered."""
    return getattr(getattr(handler, method.lower(), None), "operation", None)
