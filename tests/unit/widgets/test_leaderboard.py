"""The leaderboard widget's Python side."""

from __future__ import annotations

import subprocess
import sys

import pytest
import traitlets

from jupyter_oj_extension import Leaderboard


def test_what_reaches_the_browser() -> None:
    board = Leaderboard("class-warm-up", limit=5)
    state = board.get_state(["contest", "limit", "url"])
    assert state == {"contest": "class-warm-up", "limit": 5, "url": ""}


def test_front_ends_without_widgets_get_a_line_of_text() -> None:
    board = Leaderboard("class-warm-up")
    bundle = board._repr_mimebundle_()
    assert bundle is not None
    data, _ = bundle
    assert data["text/plain"] == "Leaderboard of the contest 'class-warm-up' (live in JupyterLab)"
    assert "application/vnd.jupyter.widget-view+json" in data
    assert repr(board) == "Leaderboard('class-warm-up')"


def test_limit_is_a_number_of_rows() -> None:
    with pytest.raises(traitlets.TraitError):
        Leaderboard("class-warm-up", limit=-1)


def test_importing_it_brings_neither_database_nor_queue() -> None:
    code = (
        "import sys; from jupyter_oj_extension import Leaderboard; Leaderboard('c');"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'sqlalchemy', 'celery', 'redis', 'alembic'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
