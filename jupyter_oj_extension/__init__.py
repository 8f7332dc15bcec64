"""The core of jupyter_oj_extension: the domain of an online judge and what its programs share.

It imports neither Tornado nor the server, grader and sandbox packages beside it. What a learner's kernel needs
(:class:`Leaderboard`) is loaded on first use, so that importing the core stays cheap in a grader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_oj_extension.widgets import Leaderboard as Leaderboard

__all__ = ["Leaderboard"]


def __getattr__(name: str) -> Any:
    if name == "Leaderboard":
        from jupyter_oj_extension.widgets import Leaderboard

        return Leaderboard
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-oj-extension"}]
