"""What runs beside a Jupyter server: it comes back when it dies, and nothing stays when the server goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from server_support import TOKEN, eventually, is_open, running_server

from jupyter_oj_extension import valkey
from jupyter_oj_server import models
from jupyter_oj_server.demo.private import free_port, server_command
from jupyter_oj_server.laptop.lock import Leadership
from jupyter_oj_server.laptop.supervisor import Supervisor

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]


@contextmanager
def supervised(command: list[str], folder: Path, told: list[str | None]) -> Iterator[threading.Event]:
    stopping = threading.Event()
    supervisor = Supervisor(command, folder, told.append)
    thread = threading.Thread(target=supervisor.run, args=(stopping,))
    thread.start()
    try:
        yield stopping
    finally:
        stopping.set()
        thread.join(30)
        assert not thread.is_alive()


def _pid(folder: Path, other_than: int = 0) -> int:
    def read() -> int:
        try:
            pid = int((folder / "grader.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return 0
        return pid if pid != other_than and "up" in (folder / "grader.log").read_text() else 0

    found = eventually(read)
    assert isinstance(found, int)
    return found


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_grader_that_dies_comes_back(tmp_path: Path) -> None:
    told: list[str | None] = []
    with supervised(SLEEPER, tmp_path, told):
        first = _pid(tmp_path)
        os.kill(first, signal.SIGKILL)
        second = _pid(tmp_path, other_than=first)
        assert _alive(second)
        assert told[0] is None and "ended" in str(told[1])
    assert not _alive(second)
    assert not (tmp_path / "grader.pid").exists()


def test_why_a_grader_refuses_is_told(tmp_path: Path) -> None:
    told: list[str | None] = []
    refusing = [sys.executable, "-c", "import sys; print('no Podman on this machine'); sys.exit(3)"]
    with supervised(refusing, tmp_path, told):
        eventually(lambda: any("no Podman on this machine" in str(reason) for reason in told))


def test_a_grader_left_behind_is_ended_first(tmp_path: Path) -> None:
    leftover = subprocess.Popen(SLEEPER, start_new_session=True)
    ticks = Path(f"/proc/{leftover.pid}/stat").read_text().rpartition(")")[2].split()[19]
    (tmp_path / "grader.pid").write_text(f"{leftover.pid} {ticks}\n")
    with supervised(SLEEPER, tmp_path, []):
        assert leftover.wait(20) == -signal.SIGTERM
        assert _alive(_pid(tmp_path, other_than=leftover.pid))


def test_a_pid_that_is_somebody_elses_now_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "grader.pid").write_text(f"{os.getpid()} 1\n")
    with supervised(SLEEPER, tmp_path, []):
        _pid(tmp_path, other_than=os.getpid())


def test_a_tethered_program_ends_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import os, subprocess, sys, time; "
        "tether = [sys.executable, '-m', 'jupyter_oj_server.laptop.tether', str(os.getpid())]; "
        "child = subprocess.Popen([*tether, *sys.argv[1:]]); "
        "print(child.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code, *SLEEPER], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert parent.stdout.readline() == "up\n"
        parent.kill()
    eventually(lambda: not _alive(child))


def test_one_leads_and_the_next_takes_over(tmp_path: Path) -> None:
    one, other = Leadership(tmp_path / "lock"), Leadership(tmp_path / "lock")
    assert one.try_take() and one.try_take()
    assert not other.try_take()
    one.leave()
    assert other.try_take()
    other.leave()


def test_two_servers_share_one_valkey_and_the_second_takes_over(short_tmp: Path) -> None:
    state_dir = short_tmp / "two"
    with running_server(state_dir) as second_to_last:
        valkey_pid = valkey.running_pid(second_to_last.settings)
        with running_server(state_dir) as second:
            assert valkey.running_pid(second.settings) == valkey_pid
            second_to_last.process.send_signal(signal.SIGTERM)
            assert second_to_last.process.wait(40) == 0
            eventually(lambda: is_open(second), 30)
            eventually(lambda: valkey.running_pid(second.settings), 30)
            settings = second.settings
    eventually(lambda: valkey.running_pid(settings) is None)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_stopped_leaves_nothing_running(short_tmp: Path, how: signal.Signals) -> None:
    with running_server(short_tmp / f"stop-{how.name}") as server:
        server.process.send_signal(how)
        server.process.wait(40)
        assert valkey.running_pid(server.settings) is None
        assert "Traceback" not in server.log.read_text()


def test_a_wrong_setting_does_not_keep_jupyter_from_starting(tmp_path: Path) -> None:
    port = free_port()
    env = os.environ | {
        "JUPYTER_TOKEN": TOKEN,
        "OJ_SLOTS": "many",
        "JUPYTER_CONFIG_DIR": str(tmp_path),
        "HOME": str(tmp_path),
    }
    with subprocess.Popen(
        server_command(port, tmp_path), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:

            def answer() -> dict[str, object] | None:
                try:
                    return dict(httpx.get(f"http://127.0.0.1:{port}/oj/api/v1/health").json())
                except httpx.TransportError:
                    return None

            health = eventually(answer, 40)
            models.Health.model_validate(health)
            assert health["status"] == "down"
            assert "OJ_SLOTS" in health["judge"]["reason"]
            refused = httpx.get(
                f"http://127.0.0.1:{port}/oj/api/v1/problems", headers={"Authorization": f"token {TOKEN}"}
            )
            assert refused.status_code == 503
        finally:
            process.terminate()
            process.wait(30)


def test_when_the_grader_cannot_start_the_health_page_says_why(short_tmp: Path) -> None:
    with running_server(short_tmp / "refuses", OJ_START_GRADER="1", PATH="/nonexistent") as server:
        health = eventually(
            lambda: (
                (found := server.http.get("health").json())["judge"]["reason"]
                and "doctor" in found["judge"]["reason"]
                and found
            ),
            60,
            lambda: server.http.get("health").text,
        )
        assert health["judge"]["ready"] is False
        assert health["status"] == "degraded"
