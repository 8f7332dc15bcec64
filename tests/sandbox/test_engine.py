"""A Podman service that cannot start says why, wherever on the way it failed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_sandbox.account import Account
from jupyter_oj_sandbox.api import SandboxFault
from jupyter_oj_sandbox.cgroup import hierarchy
from jupyter_oj_sandbox.engine import Engine
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman


class NoScope(Engine):
    """A host whose systemd gives no scope."""

    def _scope(self) -> list[str]:
        return ["sh", "-c", "echo 'Failed to connect to bus' >&2; exit 1"]


@pytest.fixture
def account(sandbox_settings: SandboxSettings) -> Iterator[Account]:
    """The account with folders of its own for this test, where no service runs."""
    folder = Path(tempfile.mkdtemp(prefix="oj-", dir="/tmp"))  # short: it holds unix sockets
    folder.chmod(0o711)
    yield replace(Account.resolve(sandbox_settings), home=folder / "home", run_dir=folder / "run")
    shutil.rmtree(folder)


def test_what_systemd_said_is_told(account: Account) -> None:
    with pytest.raises(SandboxFault, match="does not start: Failed to connect to bus"):
        NoScope(account, hierarchy(account.uid)).ensure()
