"""The file lock between the Jupyter servers of one user. The kernel drops it when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO


class Leadership:
    """Of the servers on one state folder exactly one leads: it runs Valkey, the grader and the reconciler."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def try_take(self) -> bool:
        """Lead from now on, if nobody does. True as well when we lead already."""
        if self._file is not None:
            return True
        handle = self._path.open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return False
        self._file = handle
        return True

    def leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
