"""A reader of server-sent events in a thread, so that a test can act while it listens."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from jupyter_oj_server.demo.client import SSEParser

Event = tuple[str, dict[str, Any]]


@dataclass
class Listener:
    """Events as they come in; `last_id` is the newest event's id."""

    events: list[Event] = field(default_factory=list)
    last_id: str = ""
    comments: int = 0
    ended: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, wanted: Callable[[str, dict[str, Any]], bool], timeout_s: float = 20) -> dict[str, Any]:
        """The data of the first event that is `wanted`."""
        end = time.monotonic() + timeout_s
        with self._changed:
            while True:
                for event, data in self.events:
                    if wanted(event, data):
                        return data
                assert time.monotonic() < end, f"not among {[event for event, _ in self.events]}"
                self._changed.wait(0.1)

    def named(self, event: str, timeout_s: float = 20) -> dict[str, Any]:
        return self.wait_for(lambda name, _data: name == event, timeout_s)

    def verdict_of(self, id: str, timeout_s: float = 20) -> dict[str, Any]:
        def is_it(event: str, data: dict[str, Any]) -> bool:
            return event == "submission" and data["id"] == id and data["state"] == "done"

        return self.wait_for(is_it, timeout_s)

    def add(self, parser: SSEParser, chunk: bytes) -> None:
        with self._changed:
            self.comments += chunk.count(b": still here")
            parser.feed(chunk)
            self.last_id = parser.last_id
            self._changed.notify_all()


@contextlib.contextmanager
def listening(client: httpx.Client, path: str = "stream", last_id: str | None = None) -> Iterator[Listener]:
    """Listen for the length of the block; the answer's headers have come when it begins."""
    listener = Listener()
    parser = SSEParser(lambda event, data: listener.events.append((event, data)))
    url = httpx.URL(str(client.base_url) + path)
    connection = http.client.HTTPConnection(str(url.host), url.port or 80, timeout=15)
    headers = {"Authorization": client.headers["Authorization"]} | ({"Last-Event-ID": last_id} if last_id else {})
    connection.request("GET", url.raw_path.decode(), headers=headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    assert (answer.getheader("Content-Type") or "").startswith("text/event-stream")
    sock = connection.sock

    def read() -> None:
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            while chunk := answer.read1(65536):
                listener.add(parser, chunk)
        listener.ended = True

    sock.settimeout(None)
    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
        thread.join(10)
        answer.close()
        connection.close()
