"""Slots for the length of a command: processes that each hold one sandbox on a core of their own.

    parent ── {"order": 3, …} ──► slot 0 ── {"order": 3, "progress": …}* {"order": 3, "result": …} ──► parent
                                  slot 1

What crosses is JSON. A slot is a process because its containers are labelled with their owner: when it is gone,
whatever it left is nobody's and swept, so an interrupt at any moment leaves nothing behind. The slots ignore Ctrl-C (it
goes to all processes of a terminal); the parent ends them with SIGTERM, on which they remove their containers.
"""

from __future__ import annotations

import json
import logging
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Self, cast

from jupyter_oj_extension.domain.errors import JudgeError, OJError

log = logging.getLogger(__name__)

Order = dict[str, Any]
Work = Callable[[Order], Generator[Any, None, Any]]
"""Carries out an order: yields progress, returns the result, both as JSON values. Raises `OJError` for our faults."""
OpenSlot = Callable[[int, int | None], AbstractContextManager[Work]]
"""Opens a slot (its number, its core) in its own process. Raises `OJError` when it cannot be opened."""
Listener = Callable[[int, Any], None]
"""Called in the parent with the order's index and a progress value; None: it is done."""

END_S = 60.0
"""How long a slot may take to remove its containers before it is killed (they are then swept)."""


class Fleet:
    """``with Fleet(cores, open_slot, sweep) as fleet: results = fleet.run(orders, on_progress)``

    `sweep` is called once at the end when a slot did not end by itself: it removes what dead processes left.
    """

    def __init__(self, cores: Sequence[int | None], open_slot: OpenSlot, sweep: Callable[[], None]) -> None:
        self._cores, self._open_slot, self._sweep = cores, open_slot, sweep
        self._slots: list[tuple[ForkProcess, Connection]] = []

    def __enter__(self) -> Self:
        fork = get_context("fork")
        previous = signal.signal(signal.SIGTERM, _interrupt)
        self._previous = previous
        for number, core in enumerate(self._cores):
            ours, theirs = fork.Pipe()
            kept = [pipe for _, pipe in self._slots] + [ours]
            process = fork.Process(target=_serve, args=(theirs, kept, self._open_slot, number, core), daemon=True)
            process.start()
            theirs.close()
            self._slots.append((process, ours))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        old = {each: signal.signal(each, signal.SIG_IGN) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            for process, pipe in self._slots:
                pipe.close()  # an idle slot ends by itself
                if kind is not None:
                    process.terminate()
            clean = True
            for process, _pipe in self._slots:
                process.join(END_S)
                if process.exitcode is None:
                    process.kill()
                    process.join()
                clean = clean and process.exitcode == 0
            if not clean or kind is not None:
                self._sweep()
        finally:
            signal.signal(signal.SIGINT, old[signal.SIGINT])
            signal.signal(signal.SIGTERM, self._previous)

    def run(self, orders: Iterable[Order], on_progress: Listener) -> list[Any]:
        """Carry out the orders, each by the first slot that is free; the results in the orders' order.

        A result is what the work returned, or `JudgeError` when it failed through a fault of ours.
        """
        waiting = deque(enumerate(orders))
        results: dict[int, Any] = {}
        busy: dict[Connection, int] = {}
        while waiting or busy:
            for _, pipe in self._slots:
                if waiting and pipe not in busy and not pipe.closed:
                    index, order = waiting.popleft()
                    self._send(pipe, {**order, "order": index})
                    busy[pipe] = index
            if not busy:
                raise JudgeError("every judging slot has ended; `jupyter oj doctor` says what this host lacks")
            for ready in connection.wait(list(busy)):
                pipe = cast("Connection", ready)
                try:
                    said = json.loads(pipe.recv_bytes())
                except (EOFError, ConnectionError):
                    results[busy.pop(pipe)] = JudgeError("the judging slot ended in the middle")
                    pipe.close()
                    continue
                if "progress" in said:
                    on_progress(said["order"], said["progress"])
                else:
                    del busy[pipe]
                    results[said["order"]] = said["result"] if "result" in said else JudgeError(said["fault"])
                    on_progress(said["order"], None)
        return [results[index] for index in sorted(results)]

    @staticmethod
    def _send(pipe: Connection, order: Order) -> None:
        try:
            pipe.send_bytes(json.dumps(order).encode())
        except ConnectionError:
            log.error("a judging slot has ended")  # its pipe is at its end: reading it says so


def _serve(pipe: Connection, parents: list[Connection], open_slot: OpenSlot, number: int, core: int | None) -> None:
    """A slot's process: orders until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    for other in parents:  # else a slot would not see that the parent is gone
        other.close()
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        with open_slot(number, core) as work:
            while (order := _next(pipe)) is not None:
                _carry_out(work, order, pipe)
    except OJError as error:  # the slot does not open
        while (order := _next(pipe)) is not None:
            pipe.send_bytes(json.dumps({"order": order["order"], "fault": error.detail}).encode())
    except ConnectionError:
        log.info("the command ended before its slot")


def _next(pipe: Connection) -> Order | None:
    try:
        order: Order = json.loads(pipe.recv_bytes())
        return order
    except (EOFError, ConnectionError):
        return None


def _carry_out(work: Work, order: Order, pipe: Connection) -> None:
    def tell(key: str, value: Any) -> None:
        pipe.send_bytes(json.dumps({"order": order["order"], key: value}).encode())

    steps = work(order)
    try:
        while True:
            try:
                step = next(steps)
            except StopIteration as done:
                return tell("result", done.value)
            tell("progress", step)
    except OJError as error:
        tell("fault", error.detail)
    finally:
        steps.close()


def _end(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
