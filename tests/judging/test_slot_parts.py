"""The parts of a slot: keeping the lease, telling progress, keeping problems in memory, choosing cores."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem
from jupyter_oj_graders import slots
from jupyter_oj_graders.lease import LeaseKeeper
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_graders.publisher import Gathering, Publisher


def wait_for(condition: threading.Event) -> None:
    assert condition.wait(30)


def test_a_lease_is_renewed_until_the_block_ends() -> None:
    often = threading.Semaphore(0)

    def renew() -> bool:
        often.release()
        return True

    with LeaseKeeper(renew, every_s=0.01, lease_s=60) as lease:
        for _ in range(3):
            assert often.acquire(timeout=30)
        assert not lease.lost
    while often.acquire(blocking=False):
        pass
    assert not often.acquire(timeout=0.1)


def until_lost(lease: LeaseKeeper) -> None:
    deadline = time.monotonic() + 30
    while not lease.lost:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_lease_somebody_else_has_is_lost() -> None:
    with LeaseKeeper(lambda: False, every_s=0.01, lease_s=60) as lease:
        until_lost(lease)


def test_a_store_that_is_away_is_asked_again_until_the_lease_has_run_out() -> None:
    asked: list[float] = []

    def renew() -> bool:
        asked.append(time.monotonic())
        raise OperationalError("UPDATE", {}, OSError("away"))

    begun = time.monotonic()
    with LeaseKeeper(renew, every_s=0.02, lease_s=0.2) as lease:
        until_lost(lease)
    assert len(asked) > 1
    assert time.monotonic() - begun >= 0.2


def test_what_is_published_comes_in_order_and_not_in_our_way() -> None:
    publisher, gate, seen = Publisher(), threading.Event(), []

    def slow(number: int) -> None:
        wait_for(gate)
        seen.append(number)

    for number in range(5):
        publisher.put(lambda number=number: slow(number))  # type: ignore[misc]
    assert not seen
    assert not publisher.flush(timeout_s=0.01)
    gate.set()
    assert publisher.flush()
    assert seen == [0, 1, 2, 3, 4]
    publisher.close()


def test_what_comes_meanwhile_is_told_together() -> None:
    publisher = Publisher(pace_s=30)
    seen: list[list[int]] = []
    gathering = Gathering(publisher, seen.append)
    gathering.put(0)
    until(lambda: seen == [[0]])
    for number in range(1, 5):
        gathering.put(number)
    assert publisher.flush()
    assert seen == [[0], [1, 2, 3, 4]]
    gathering.put(5)
    assert publisher.flush()
    assert seen[2:] == [[5]]
    publisher.close()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_problem_is_loaded_once_a_version(tmp_path: Path) -> None:
    loaded: list[tuple[str, str]] = []

    def load(slug: str, version: str) -> Problem:
        loaded.append((slug, version))
        return Problem(slug, slug, version, "", Limits(), OutputValidator(), ())

    cache = ProblemCache(load)
    for slug, version in [("a", "1"), ("a", "1"), ("a", "2"), ("b", "1"), ("a", "1")]:
        assert (cache.problem(slug, version).slug, cache.problem(slug, version).version) == (slug, version)
    assert loaded == [("a", "1"), ("a", "2"), ("b", "1")]


def test_test_files_stay_in_memory_within_bounds(tmp_path: Path) -> None:
    cache = ProblemCache(lambda slug, version: pytest.fail("nothing to load"), files_mib=1)
    paths = [tmp_path / str(number) for number in range(4)]
    for path in paths:
        path.write_bytes(path.name.encode() * (400 << 10))
        cache.read(path)
    for path in paths:
        path.write_bytes(b"changed")
    assert [cache.read(path) == b"changed" for path in reversed(paths)] == [False, False, True, True]


def test_slots_are_one_a_core(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = {1: 1, 2: 2, 3: 2, 8: 7}
    for count, expected in cases.items():
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, count=count: set(range(count)))
        chosen = slots.cores(0)
        assert len(chosen) == len(set(chosen)) == expected
        assert slots.cores(1) == [count - 1]
        assert slots.cores(count + 1) == [None] * (count + 1)
