"""A quiet machine for a run whose time is in doubt: other slots let it go first, and other work is waited for a little.

Slots are processes (or threads) of one host that share a lock file. An ordinary run holds it shared; one that is
repeated holds it alone, so that no program of another slot fills the caches or the memory bus meanwhile. Whoever waits
to be alone holds a second lock, the door, through which ordinary runs pass, so that they cannot keep it waiting for
ever. Nobody waits longer than `WAIT_S` and `CALM_S`: judging goes on, with the doubt.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_S = 5.0
"""How long to wait for the others."""
CALM_S = 1.0
"""How long to wait for the machine, with every slot standing still."""
QUIET = 0.1
"""Share of time in which something was ready and had no core, below which the machine is quiet."""
LOOK_S = 0.05
_PRESSURE = Path("/proc/pressure/cpu")


class Quiet:
    """The lock of one slot. `path` None: there are no other slots to mind."""

    def __init__(self, path: Path | None = None, *, wait_s: float = WAIT_S, calm_s: float = CALM_S) -> None:
        self._path, self._wait_s, self._calm_s = path, wait_s, calm_s
        self._files: tuple[int, int] | None = None

    @contextmanager
    def among_others(self) -> Iterator[None]:
        """Around an ordinary run."""
        if (files := self._open()) is None:
            yield
            return
        door, room = files
        with _held(door, fcntl.LOCK_SH, self._wait_s):
            entered = _lock(room, fcntl.LOCK_SH, self._wait_s)
        try:
            yield
        finally:
            if entered:
                fcntl.flock(room, fcntl.LOCK_UN)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Around a run that is repeated. Not inside `among_others`."""
        if (files := self._open()) is None:
            wait_for_calm(self._calm_s)
            yield
            return
        door, room = files
        with _held(door, fcntl.LOCK_EX, self._wait_s), _held(room, fcntl.LOCK_EX, self._wait_s):
            wait_for_calm(self._calm_s)
            yield

    def close(self) -> None:
        files, self._files = self._files, None
        for file in files or ():
            os.close(file)

    def _open(self) -> tuple[int, int] | None:
        if self._files is None and self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            door = os.open(self._path.with_suffix(".door"), flags, 0o600)
            try:
                self._files = (door, os.open(self._path, flags, 0o600))
            except OSError:
                os.close(door)
                raise
        return self._files


@contextmanager
def _held(file: int, how: int, wait_s: float) -> Iterator[None]:
    locked = _lock(file, how, wait_s)
    try:
        yield
    finally:
        if locked:
            fcntl.flock(file, fcntl.LOCK_UN)


def _lock(file: int, how: int, wait_s: float) -> bool:
    """Whether the lock was got in time."""
    deadline = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.001)
        else:
            return True


def wait_for_calm(wait_s: float) -> bool:
    """Wait until nothing on this machine waits for a core; at most `wait_s`. Where the kernel keeps no pressure figures
    (before Linux 4.20, or switched off) there is nothing to wait for. Says whether it is calm."""
    deadline = time.monotonic() + wait_s
    before = _starved_s()
    if before is None:
        return False
    while True:
        time.sleep(LOOK_S)
        after = _starved_s()
        if after is None or after - before < QUIET * LOOK_S:
            return after is not None
        if time.monotonic() > deadline:
            return False
        before = after


def _starved_s() -> float | None:
    """Time since the machine started in which something was ready and had no core."""
    try:
        return int(_PRESSURE.read_text().split("total=")[1].split()[0]) / 1e6
    except (OSError, IndexError, ValueError):
        return None
