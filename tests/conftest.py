"""Fixtures shared by every test: a real Valkey, a real PostgreSQL, the sandbox."""

from __future__ import annotations

import importlib.util

pytest_plugins = [name for name in ("postgres", "valkey_server") if importlib.util.find_spec(name)]
