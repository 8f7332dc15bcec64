"""The judge's HTTP interface (docs/api.md) as a Jupyter server extension."""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """What `jupyter server extension enable jupyter_oj_server` looks for."""
    from jupyter_oj_server.extension import OJApp

    return [{"module": "jupyter_oj_server", "app": OJApp}]
