"""`Opened`: what an evaluation and its parts have in common as context managers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import ExitStack
from types import TracebackType
from typing import Self


class Opened(ABC):
    """A context manager of several others, opened in order by `_enter`, and all closed when one cannot be opened."""

    _open: ExitStack

    @abstractmethod
    def _enter(self, opening: ExitStack) -> None:
        """Open the parts, each with ``opening.enter_context``."""

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            self._enter(opening)
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)
