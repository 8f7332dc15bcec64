"""Which commands a container's runner keeps an interpreter warm for, and what that costs.

A command is what a program is started with: argument list, environment, and whether its stdin can be sought. An
interpreter is started for exactly that and forked for each run (``runner/README.md``), so nothing has to be told to it
later. One is started when a command comes again in the same container; there are few places, and a command gets one
that is taken only when it comes more often than the one that has it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field

from .api import BoxFile

PLACES = 3
"""As many as the runner has (``STANDS`` without the cold one)."""
WORTH_IT = 2
"""A command is kept warm from this use on: starting its interpreter costs as much as three or four cold runs."""


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
        the program would be."""
        if any(name.startswith(("PYTHON", "LD_")) for name in env) or (stdout is not None and not _is_pipe(stdout)):
            return None
        piped = False
        if isinstance(stdin, int):
            piped = _is_pipe(stdin)
            if not piped and not _at_its_beginning(stdin):
                return None
        return cls(argv, tuple(env.items()), piped, heavy)


@dataclass(slots=True)
class Warmth:
    """The warm interpreters of one container."""

    held_kib: list[int] = field(default_factory=lambda: [0] * (PLACES + 1))
    """Memory that the interpreter in each place holds for itself; place 0 is the cold one."""
    unable: set[str] = field(default_factory=set)
    """Interpreters that could not be kept warm: not tried again."""
    _places: list[Command | None] = field(default_factory=lambda: [None] * (PLACES + 1))
    _uses: dict[Command, int] = field(default_factory=dict)

    def place(self, command: Command) -> tuple[int, bool]:
        """(place, whether its interpreter is there already) for the next use of a command; 0: run it cold."""
        self._uses[command] = uses = self._uses.get(command, 0) + 1
        if command in self._places:
            return self._places.index(command), True
        if command.argv[0] in self.unable or uses < WORTH_IT:
            return 0, False
        least = min(range(1, PLACES + 1), key=self._worth)
        return (least, False) if self._worth(least) < uses else (0, False)

    def _worth(self, place: int) -> int:
        command = self._places[place]
        return self._uses[command] if command else 0

    def put(self, place: int, command: Command | None, held_kib: int) -> None:
        """A command's interpreter is in `place` now; None: nothing is."""
        self._places[place], self.held_kib[place] = command, held_kib

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
