"""What a notebook can show: `Leaderboard`. Light to import: no database, no queue, no judge."""

from jupyter_oj_extension.widgets.leaderboard import Leaderboard

__all__ = ["Leaderboard"]
