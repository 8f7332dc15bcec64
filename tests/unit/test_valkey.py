"""The bundled Valkey: private, persistent, found again, restarted."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_extension import valkey
from jupyter_oj_extension.domain.errors import Unavailable
from jupyter_oj_extension.settings import Settings


def kill(settings: Settings) -> int:
    pid = valkey.running_pid(settings)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


def test_one_is_started_whoever_asks(own_valkey: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: valkey.ensure(own_valkey), range(4)))
    assert sorted(started) == [False, False, False, True]
    assert not valkey.ensure(own_valkey)


def test_it_is_private(own_valkey: Settings) -> None:
    valkey.ensure(own_valkey)
    folder = own_valkey.valkey_socket.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(own_valkey.valkey_socket.stat().st_mode) == 0o700
    with valkey.client(own_valkey) as redis:
        assert redis.config_get("port") == {"port": "0"}
        assert redis.config_get("appendonly") == {"appendonly": "yes"}


def test_it_outlives_its_program_and_is_found_again(own_valkey: Settings) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from jupyter_oj_extension import valkey; from jupyter_oj_extension.settings import Settings\n"
        "valkey.ensure(Settings(state_dir=Path(sys.argv[1]))); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(own_valkey.state_dir)], check=False)
    assert done.returncode == -signal.SIGKILL
    pid = valkey.running_pid(own_valkey)
    assert pid is not None
    assert not valkey.ensure(own_valkey)
    assert valkey.running_pid(own_valkey) == pid


def test_data_survives_stop_and_kill(own_valkey: Settings) -> None:
    valkey.ensure(own_valkey)
    with valkey.client(own_valkey) as redis:
        redis.set("kept", "1")
        valkey.stop(own_valkey)
        assert valkey.running_pid(own_valkey) is None
        assert not valkey.answers(own_valkey)
        valkey.ensure(own_valkey)
        assert redis.get("kept") == "1"
        redis.config_set("appendfsync", "always")
        redis.set("kept", "2")
        first = kill(own_valkey)
        assert valkey.ensure(own_valkey)
        assert valkey.running_pid(own_valkey) != first
        assert redis.get("kept") == "2"


def test_watch_brings_it_back(own_valkey: Settings) -> None:
    valkey.ensure(own_valkey)
    stopping, back = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=valkey.watch, args=(own_valkey, stopping), kwargs={"every_s": 0.05, "on_restart": back.set}
    )
    thread.start()
    try:
        kill(own_valkey)
        assert back.wait(30)
        assert valkey.answers(own_valkey)
    finally:
        stopping.set()
        thread.join()


def test_a_stale_pid_file_of_another_program_is_not_believed(own_valkey: Settings) -> None:
    folder = own_valkey.valkey_socket.parent
    folder.mkdir(parents=True)
    (folder / "valkey.pid").write_text(str(os.getpid()))
    assert valkey.running_pid(own_valkey) is None
    valkey.stop(own_valkey)
    assert valkey.ensure(own_valkey)


def test_somebody_elses_server_is_left_alone(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path, redis_url="redis://localhost:1/0")
    assert not valkey.ensure(settings)
    valkey.stop(settings)
    assert list(tmp_path.iterdir()) == []


def test_a_path_too_long_for_a_socket_is_told(own_valkey: Settings) -> None:
    deep = replace(own_valkey, state_dir=own_valkey.state_dir / ("d" * 100))
    with pytest.raises(Unavailable, match="OJ_STATE_DIR"):
        valkey.ensure(deep)
