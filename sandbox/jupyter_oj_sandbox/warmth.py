"""Which commands a container's runner keeps an interpreter warm for, and what that costs.

A command is what a program is started with: argument list, environment, and whether its stdin can be sought. An
interpreter is started for exactly that and forked for each run (``runner/README.md``), so nothing has to be told to it
later. One is started before a command's first run in a container, which takes as long as a cold run: so the first
program is charged for what those after it are charged for. There are few places; the command used longest ago goes.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field

from .api import BoxFile

PLACES = 4
"""As many as the runner has (``STANDS`` without the cold one)."""

_HEAVY = re.compile(rb"^[ \t]*(?:import|from)\b[^#\n]*\bnumpy\b", re.MULTILINE)
"""An import of what ``runner/prepare.py`` imports ahead."""


def is_heavy(files: Iterable[BoxFile]) -> bool:
    return any(file.name.endswith(".py") and _HEAVY.search(file.content) for file in files)


@dataclass(frozen=True, slots=True)
class Command:
    argv: tuple[str, ...]
    env: tuple[tuple[str, str], ...]
    piped: bool
    heavy: bool
    """Whether its programs import modules that take long to be imported."""

    @classmethod
    def of(
        cls, argv: tuple[str, ...], env: dict[str, str], stdin: bytes | int, stdout: int | None, *, heavy: bool
    ) -> Command | None:
        """None for what must be run cold: the interpreter would ask its surroundings, and be answered otherwise than
        the program would be; or it runs no program, and does not get to where one is kept warm (``--version``)."""
        if all(argument.startswith("-") for argument in argv[1:]):
            return None
        if any(name.startswith(("PYTHON", "LD_")) for name in env) or (stdout is not None and not _is_pipe(stdout)):
            return None
        piped = False
        if isinstance(stdin, int):
            piped = _is_pipe(stdin)
            if not piped and not _at_its_beginning(stdin):
                return None
        runs_a_file = not {"-c", "-m"}.intersection(argv[1:])  # else it may only read those that lie there
        return cls(argv, tuple(env.items()), piped, heavy and runs_a_file)


@dataclass(slots=True)
class Warmth:
    """The warm interpreters of one container."""

    held_kib: list[int] = field(default_factory=lambda: [0] * (PLACES + 1))
    """Memory that the interpreter in each place holds for itself; place 0 is the cold one."""
    unable: set[str] = field(default_factory=set)
    """Interpreters that could not be kept warm: not tried again."""
    _places: list[Command | None] = field(default_factory=lambda: [None] * (PLACES + 1))
    _used: list[int] = field(default_factory=lambda: [0] * (PLACES + 1))
    """When each place was last used, on a clock of uses."""

    def place(self, command: Command) -> tuple[int, bool]:
        """(place, whether its interpreter is there already) for the next use of a command; 0: run it cold."""
        if command in self._places:
            place = self._places.index(command)
            self._used[place] = max(self._used) + 1
            return place, True
        if command.argv[0] in self.unable:
            return 0, False
        return min(range(1, PLACES + 1), key=self._used.__getitem__), False

    def put(self, place: int, command: Command | None, held_kib: int) -> None:
        """A command's interpreter is in `place` now; None: nothing is."""
        self._places[place], self.held_kib[place] = command, held_kib
        self._used[place] = max(self._used) + 1 if command else 0

    @property
    def held_mib(self) -> int:
        """Memory of the container that its warm interpreters hold: its limit is that much higher. A program that runs
        in one is charged for all that a cold one is (``runner/pages.c``)."""
        return -(-sum(self.held_kib) // 1024)


def _is_pipe(descriptor: int) -> bool:
    return stat.S_ISFIFO(os.fstat(descriptor).st_mode)


def _at_its_beginning(descriptor: int) -> bool:
    try:
        return os.lseek(descriptor, 0, os.SEEK_CUR) == 0
    except OSError:
        return False
