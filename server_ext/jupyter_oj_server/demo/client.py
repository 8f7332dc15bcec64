"""A small client of the interface: JSON requests that wait when told to, and the stream with its resume."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse

from jupyter_oj_extension.domain.errors import OJError

RETRIES = 60


class ClientError(OJError):
    """The service refused a request; the detail is the service's own."""

    code, title = "demo-client", "The service refused a request"


class Client:
    """One person's view of the service at `base` (ending in ``/oj/api/v1/``)."""

    def __init__(self, base: str, token: str) -> None:
        self._base = base
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = AsyncHTTPClient()

    async def get(self, path: str, **query: str | int) -> dict[str, Any]:
        return await self._ask("GET", path + ("?" + urlencode(query) if query else ""))

    async def post(self, path: str, body: dict[str, Any] | None = None, *, key: str | None = None) -> dict[str, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        return await self._ask("POST", path, json.dumps(body or {}), headers)

    async def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Raises `ClientError` with the problem's detail; waits and repeats when the answer says so (429, 503)."""
        for _ in range(RETRIES):
            request = HTTPRequest(
                self._base + path, method, {**self._headers, **(headers or {})}, body, request_timeout=60
            )
            answer = await self._http.fetch(request, raise_error=False)
            if answer.code in (429, 503):
                await asyncio.sleep(float(answer.headers.get("Retry-After", 1)))
                continue
            if answer.code >= 400:
                raise ClientError(f"{method} {path}: {_detail(answer)}")
            return dict(json.loads(answer.body))
        raise ClientError(f"{method} {path}: the service was busy {RETRIES} times")

    async def stream(self, on_event: Callable[[str, dict[str, Any]], None], contests: tuple[str, ...] = ()) -> None:
        """Call `on_event` with each event, taking a broken connection up where it broke; cancel it to end."""
        path = "stream" + ("?" + urlencode([("contest", contest) for contest in contests]) if contests else "")
        parser = SSEParser(on_event)
        while True:
            headers = {**self._headers, **({"Last-Event-ID": parser.last_id} if parser.last_id else {})}
            request = HTTPRequest(
                self._base + path, "GET", headers, request_timeout=0, streaming_callback=parser.feed, connect_timeout=10
            )
            answer = asyncio.ensure_future(self._http.fetch(request))
            answer.add_done_callback(lambda done: done.cancelled() or done.exception())
            try:
                await asyncio.shield(answer)  # Tornado prints the trace of a fetch that is cancelled
            except (HTTPClientError, OSError):
                pass  # it is taken up again below
            parser.broken()
            await asyncio.sleep(0.5)


class SSEParser:
    """Turns bytes into events, as the HTML standard says; `last_id` is the newest id seen."""

    def __init__(self, on_event: Callable[[str, dict[str, Any]], None]) -> None:
        self.last_id = ""
        self._on_event = on_event
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        *blocks, self._rest = (self._rest + chunk).split(b"\n\n")
        for block in blocks:
            event, data = "message", []
            for line in block.decode().split("\n"):
                name, _, value = line.partition(":")
                value = value.removeprefix(" ")
                if name == "id":
                    self.last_id = value
                elif name == "event":
                    event = value
                elif name == "data":
                    data.append(value)
            if data:
                self._on_event(event, json.loads("\n".join(data)))

    def broken(self) -> None:
        self._rest = b""


def _detail(answer: HTTPResponse) -> str:
    try:
        return str(json.loads(answer.body)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{answer.code} {answer.reason}"
