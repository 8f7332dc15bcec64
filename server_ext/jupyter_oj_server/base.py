"""`OJHandler`: the one way in. Deny by default, read strictly, answer JSON or problem details."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from jupyter_server.auth import User
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler
from pydantic import BaseModel
from tornado.web import HTTPError, stream_request_body

from jupyter_oj_extension.domain.errors import (
    Forbidden,
    NotFound,
    OJError,
    RateLimited,
    TooLarge,
    Unauthenticated,
)
from jupyter_oj_extension.domain.identity import Identity
from jupyter_oj_extension.services.context import Context
from jupyter_oj_server import problem_details
from jupyter_oj_server.api import Api
from jupyter_oj_server.authentication import identify
from jupyter_oj_server.operations import NEEDED_ROLES, Operation, operation_of
from jupyter_oj_server.reading import read_body, read_query

P = ParamSpec("P")
T = TypeVar("T")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REQUEST_HEADERS = "accept, authorization, content-type, idempotency-key, last-event-id"
Model = TypeVar("Model", bound=BaseModel)


class OJHandler(APIHandler):
    """Base of every route. A subclass marks its methods with `operations.operation`, and decorates them no further.

    `prepare` refuses a method without a declaration (405), an address in too great a hurry (429), a stranger (401), a
    person without the role (403), and only then reads the query.
    """

    declared: Operation
    identity: Identity

    def initialize(self, api: Api) -> None:
        self.api = api
        self._incident = ""
        self._query: BaseModel | None = None
        self._started = time.monotonic()

    # -- who may, and may they now

    async def prepare(self) -> None:  # type: ignore[override]
        declared = operation_of(type(self), self.request.method or "")
        if self.request.method == "OPTIONS":
            return
        if declared is None:
            raise HTTPError(405)
        self.declared = declared
        if not self.check_host():
            self.current_user = self._jupyter_current_user = None
            raise Forbidden("this server does not answer to that host name")
        if (wait_s := self.api.addresses.take(self.request.remote_ip or "")) is not None:
            raise RateLimited("too many requests from this address; wait a moment", retry_after_s=wait_s)
        await self._authorise(declared)
        if any(character < " " for argument in self.path_args for character in argument):
            raise NotFound("there is nothing at this address")
        self._query = read_query(declared.query, self.request.query_arguments)

    async def _authorise(self, declared: Operation) -> None:
        needed = NEEDED_ROLES.get(declared.permission)
        if needed is None:
            self.current_user = self._jupyter_current_user = None
            self.set_cors_headers()
            return
        identity = await identify(self)
        if identity is None:
            self.current_user = self._jupyter_current_user = None
            raise Unauthenticated("sign in to Jupyter, or send your enrolment token as 'Authorization: Bearer …'")
        self.set_cors_headers()
        if self.request.method not in {"GET", "HEAD"}:
            self.check_xsrf_cookie()
        if not self.check_origin():
            raise Forbidden("requests from another origin need a token")
        if not identity.roles & needed:
            raise Forbidden(f"this needs the role of {declared.permission.value}")
        self.identity = identity

    def accept(self, user: User, *, by_token: bool) -> None:
        """Record who calls. With `by_token`, cross-site checks are over: a site cannot send another's header."""
        self.current_user = self._jupyter_current_user = user
        if by_token:
            self._token_authenticated = True

    # -- reading

    def query(self, model: type[Model]) -> Model:
        """The query's parameters; `prepare` has read them."""
        return self._query if isinstance(self._query, model) else model()

    # -- doing and answering

    async def call(self, function: Callable[Concatenate[Context, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service in the bounded executor. Raises `Unavailable` while the store is not open yet."""
        return await self.api.call(function, *args, **kwargs)

    def answer(self, value: dict[str, Any], status: int = 200) -> None:
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(value, allow_nan=False, separators=(",", ":")))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        if error is None:
            problem = problem_details.of_status(status_code)
        else:
            problem = problem_details.of_exception(error, self._incident)
        if hasattr(self, "_jupyter_current_user"):
            self.set_cors_headers()
        self.set_status(problem.status)
        if problem.retry_after_s is not None:
            self.set_header("Retry-After", str(problem.retry_after_s))
        if problem.status == 401:
            self.set_header("WWW-Authenticate", 'Bearer realm="jupyter-oj"')
        if problem.status == 405:
            self.set_header("Allow", ", ".join(self.allowed()))
        body = json.dumps(problem.body(self.request.path))
        self.finish(body, set_content_type=problem_details.CONTENT_TYPE)

    @classmethod
    def allowed(cls) -> list[str]:
        return [method for method in METHODS if operation_of(cls, method)] + ["OPTIONS"]

    @allow_unauthenticated
    def options(self, *args: str, **kwargs: str) -> None:
        """The preflight of a request from another origin; tells nothing but the methods."""
        self._jupyter_current_user = None
        super().options()
        self.set_header("Access-Control-Allow-Headers", REQUEST_HEADERS)
        self.set_header("Allow", ", ".join(self.allowed()))
        self.set_status(204)
        self.finish()

    def get_login_url(self) -> str:
        """An interface for programs never redirects to a login page."""
        raise Unauthenticated("sign in first")

    # -- keeping account

    def log_exception(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, (OJError, HTTPError)) and getattr(error, "status", 400) < 500:
            return
        self._incident = secrets.token_hex(4)
        if kind is not None and error is not None:
            self.log.error("incident %s at %s", self._incident, self.request.path, exc_info=(kind, error, trace))

    def update_api_activity(self) -> None:
        try:
            super().update_api_activity()
        except HTTPError:
            self.log.debug("no activity recorded: the query of %s is not text", self.request.path)

    def on_finish(self) -> None:
        route = type(self).__name__.removesuffix("Handler").lower()
        self.api.metrics.observe_request(
            route, self.request.method or "", self.get_status(), time.monotonic() - self._started
        )


@stream_request_body
class WritingHandler(OJHandler):
    """Base of the routes that take a body. What is above the limit is let pass by and not kept, so that the client, who
    is still sending, hears the refusal rather than a broken connection."""

    max_body_kib = 64

    def initialize(self, api: Api) -> None:
        super().initialize(api)
        self._body = bytearray()
        self._size = 0
        self._prepared = False

    async def prepare(self) -> None:  # type: ignore[override]
        await super().prepare()
        self._prepared = True

    def data_received(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size <= self.max_body_kib * 1024:
            self._body += chunk

    def body(self, model: type[Model]) -> Model:
        """Raises `TooLarge`, `InvalidRequest` or `Unprocessable`."""
        if self._size > self.max_body_kib * 1024:
            raise TooLarge(f"the request's body is above {self.max_body_kib} KiB")
        return read_body(model, bytes(self._body))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        if not self._prepared:  # answered before it was read: Tornado will close the connection, the client must know
            self.set_header("Connection", "close")
        super().write_error(status_code, **kwargs)


class UnknownHandler(OJHandler):
    """Whatever is below our base address and is no route."""

    async def prepare(self) -> None:  # type: ignore[override]
        raise NotFound("there is nothing at this address; GET openapi.json lists what there is")
