"""One server for the whole folder: starting takes seconds, and the tests use users of their own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from server_support import Server, fill, running_server

from jupyter_oj_extension import valkey
from jupyter_oj_extension.services.context import Context


@pytest.fixture(scope="session")
def short_tmp() -> Iterator[Path]:
    """A short temporary folder: unix sockets have short paths."""
    folder = Path(tempfile.mkdtemp(prefix="ojt-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(short_tmp: Path) -> Iterator[Server]:
    state_dir = short_tmp / "state"
    with running_server(state_dir) as server:
        ctx = Context.open(server.settings)
        fill(ctx, short_tmp)
        ctx.close()
        yield server
    valkey.stop(server.settings)


@pytest.fixture
def ctx(server: Server) -> Iterator[Context]:
    """The server's own store and Redis, opened by the test."""
    context = Context.open(server.settings)
    yield context
    context.close()
