"""Fixtures shared by every test (a real Valkey, a real PostgreSQL), and the order of the whole run."""

from __future__ import annotations

import importlib.util
import signal
from pathlib import Path

import pytest

pytest_plugins = [name for name in ("postgres", "valkey_server") if importlib.util.find_spec(name)]

ORDER = ("unit", "server", "judging", "sandbox", "wheel", "bench", "e2e")
"""Quick parts first. The browser's tests come last: Playwright keeps an event loop running in this thread to the end of
the session, beside which no other test could run one."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background job: children would not heed it either
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    folder = path.relative_to(Path(__file__).parent).parts[0]
    return ORDER.index(folder) if folder in ORDER else 0
