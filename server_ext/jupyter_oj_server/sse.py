"""Server-sent events as bytes, and the event id that says how far a client is in each of the streams it follows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

HEARTBEAT = b": still here\n\n"
_STREAM_ID = re.compile(r"\d{1,18}-\d{1,18}")


def frame(event: str, data: bytes, id: str | None = None) -> bytes:
    """One event. `data` is JSON without line breaks."""
    head = f"id: {id}\n" if id else ""
    return f"{head}event: {event}\n".encode() + b"data: " + data + b"\n\n"


def encode(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def event_id(cursors: Mapping[str, str]) -> str:
    """The cursors of all streams as one id (``oj%3Aev%3Auser%3Aada=1700-0&…``)."""
    return urlencode(cursors)


def cursors_of(id: str, streams: list[str]) -> dict[str, str] | None:
    """The cursors in a Last-Event-ID, or None when it is not ours or not of exactly these streams."""
    try:
        cursors = dict(parse_qsl(id, strict_parsing=True, max_num_fields=100))
    except ValueError:
        return None
    if set(cursors) != set(streams) or not all(_STREAM_ID.fullmatch(cursor) for cursor in cursors.values()):
        return None
    return cursors
