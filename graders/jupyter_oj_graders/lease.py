"""Keeps a judgement ours while it is judged: a thread renews the lease, and says when it is lost."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)


class LeaseKeeper:
    """Renews every `every_s` while the block runs. `lost` is set when the lease went to somebody else, or when it
    could not be renewed for `lease_s` (then it has run out, whoever has it now): stop judging, and record nothing.

    `renew` answers whether the lease is still ours; an error of the store counts as not renewed, and is tried again.
    """

    def __init__(self, renew: Callable[[], bool], *, every_s: float, lease_s: float) -> None:
        self._renew = renew
        self._every_s = every_s
        self._lease_s = lease_s
        self._done = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)

    @property
    def lost(self) -> bool:
        return self._lost.is_set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _keep(self) -> None:
        renewed_at = time.monotonic()
        while not self._done.wait(self._every_s):
            asked_at = time.monotonic()
            try:
                if not self._renew():
                    self._lost.set()
                    return
                renewed_at = asked_at
            except SQLAlchemyError as error:
                log.warning("cannot renew the lease, will try again: %s", error)
            if time.monotonic() - renewed_at > self._lease_s:
                self._lost.set()
                return
