"""One direction of a conversation through the grader's hands, and what was heard on the way."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from jupyter_oj_extension.domain.judgement import Speaker, Spoken

SHOWN_BYTES = 16 << 10
"""How much of a conversation is kept."""
SHOWN_PARTS = 400
"""How many times the word may pass from one side to the other before the rest is not kept."""
_PIECE = 64 << 10


class Relay:
    """Moves bytes from the pipe's end `reading` to `writing`, both of which become its own, and tells `heard` of each
    piece before it is passed on. `heard` answers False when it has heard enough: the piece and the rest are kept back.

    `run` is for a thread of its own. It holds both ends open until `let_go`, whatever happened to them, so that neither
    side notices an end before the grader knows of it.
    """

    def __init__(self, reading: int, writing: int, heard: Callable[[bytes], bool]) -> None:
        self._reading, self._writing, self._heard = reading, writing, heard
        self._done, self._let_go = threading.Event(), threading.Event()

    @property
    def done(self) -> bool:
        """Whether nothing goes this way any more: one side says no more, or the other does not listen."""
        return self._done.is_set()

    def let_go(self) -> None:
        """From now on both sides may see the end."""
        self._let_go.set()

    def run(self, core: int | None) -> None:
        """On `core`, that of the two programs, a message is spared the way to another core and back."""
        if core is not None:
            os.sched_setaffinity(0, {core})  # of this thread
        with suppress(BrokenPipeError):
            while (piece := os.read(self._reading, _PIECE)) and self._heard(piece):
                os.write(self._writing, piece)
        self._done.set()
        self._let_go.wait()
        os.close(self._reading)
        os.close(self._writing)


class Transcript:
    """What both sides said, in the order in which it went through the grader: an answer never stands before what it
    answers, since each piece is written down before it is passed on. Two that speak at the same time stand in the order
    in which they were heard. Bounded; safe to be told by two threads.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[Speaker, bytearray]] = []
        self._left = SHOWN_BYTES
        self._lock = threading.Lock()

    def heard(self, who: Speaker, piece: bytes) -> None:
        with self._lock:
            if self._left < 0:
                return
            kept = piece[: self._left]
            if self._parts and self._parts[-1][0] is who:
                self._parts[-1][1].extend(kept)
            elif len(self._parts) < SHOWN_PARTS:
                self._parts.append((who, bytearray(kept)))
            else:
                kept = b""
            self._left = self._left - len(kept) if len(kept) == len(piece) else -1
            if self._left < 0:
                self._parts.append((Speaker.NOTE, bytearray("… (cut: only the beginning is kept)".encode())))

    def next_pass(self) -> None:
        """Whoever speaks from now on does so in another pass."""
        if self._parts:
            self.heard(Speaker.NOTE, b"The next pass")

    def spoken(self) -> tuple[Spoken, ...]:
        with self._lock:
            return tuple(Spoken(who, bytes(said).decode("utf-8", "replace")) for who, said in self._parts)
