"""The lock of slots that let each other run alone."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from jupyter_oj_graders import quiet
from jupyter_oj_graders.quiet import Quiet, wait_for_calm


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that tests run on is never quiet."""
    monkeypatch.setattr(quiet, "wait_for_calm", lambda wait_s: True)


def test_runs_go_side_by_side_and_a_repeated_one_alone(tmp_path: Path) -> None:
    """Four slots with ordinary runs without a pause, a fifth that repeats: nobody is beside it."""
    lock, inside, seen, stop = threading.Lock(), [0], [], threading.Event()
    together = [0]

    def ordinary() -> None:
        slot = Quiet(tmp_path / "q.lock")
        while not stop.is_set():
            with slot.among_others():
                with lock:
                    inside[0] += 1
                    together[0] = max(together[0], inside[0])
                time.sleep(0.002)
                with lock:
                    inside[0] -= 1
        slot.close()

    slots = [threading.Thread(target=ordinary) for _ in range(4)]
    for slot in slots:
        slot.start()
    alone = Quiet(tmp_path / "q.lock", wait_s=60)
    for _ in range(20):
        with alone.alone():
            seen.append(inside[0])
            time.sleep(0.003)
            seen.append(inside[0])
    stop.set()
    for slot in slots:
        slot.join()
    alone.close()
    assert seen == [0] * 40
    assert together[0] > 1


def test_nobody_waits_for_ever(tmp_path: Path) -> None:
    first, second = Quiet(tmp_path / "q.lock"), Quiet(tmp_path / "q.lock", wait_s=0.05)
    with first.alone():
        began = time.monotonic()
        with second.among_others(), second.alone():
            pass
        assert 0.05 <= time.monotonic() - began < 20
    with second.alone():
        pass
    first.close()
    second.close()


def test_a_slot_without_others_waits_for_none(tmp_path: Path) -> None:
    slot = Quiet()
    with slot.among_others(), slot.alone():
        pass
    slot.close()


def test_a_busy_machine_is_waited_for_a_bounded_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    figures = tmp_path / "cpu"
    figures.write_text("some avg10=0.00 avg60=0.00 avg300=0.00 total=5\nfull total=0\n")
    monkeypatch.setattr(quiet, "_PRESSURE", figures)
    assert wait_for_calm(1.0)
    clock = iter(range(0, 10**9, 10**6))

    class Growing:
        def read_text(self) -> str:
            return f"some avg10=99.00 total={next(clock)}\n"

    monkeypatch.setattr(quiet, "_PRESSURE", Growing())
    assert not wait_for_calm(0.1)
    monkeypatch.setattr(quiet, "_PRESSURE", tmp_path / "none")
    assert not wait_for_calm(1.0)
