"""A contest's live leaderboard as a widget.

The page's browser asks the judge's API and listens to its stream by itself: after the cell has run, the kernel is not
needed. The front end is the one the lab extension uses, bundled into ``static`` when the lab extension is built.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

STATIC = Path(__file__).parent / "static"


class Leaderboard(anywidget.AnyWidget):
    """The leaderboard of `contest`, live.

    >>> Leaderboard("class-warm-up", limit=10)

    `limit` is how many rows to show (0: all of the first page; one's own row is always shown). `url` is the base
    address of another judge's API; by default it is the judge of the Jupyter server that shows the notebook.
    All three can be changed later: ``board.limit = 5``.
    """

    _esm = STATIC / "leaderboard.js"
    _css = STATIC / "leaderboard.css"

    contest = traitlets.Unicode(help="the contest's id").tag(sync=True)
    limit = traitlets.Int(0, min=0, help="rows to show; 0 for all of the first page").tag(sync=True)
    url = traitlets.Unicode("", help="base address of the API; empty for the page's own judge").tag(sync=True)

    def __init__(self, contest: str, *, limit: int | None = None, url: str | None = None) -> None:
        super().__init__(contest=contest, limit=limit or 0, url=url or "")

    def __repr__(self) -> str:
        return f"Leaderboard({self.contest!r})"

    def _repr_mimebundle_(self, **kwargs: dict[Any, Any]) -> tuple[dict[Any, Any], dict[Any, Any]] | None:
        """The widget, and for what cannot show widgets a line of text that says what it is."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["text/plain"] = f"Leaderboard of the contest {self.contest!r} (live in JupyterLab)"
        return bundle
