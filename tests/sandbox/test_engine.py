"""The Podman service: one that cannot start says why, wherever on the way it failed, and one that Podman's own notes
keep from starting is helped."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_sandbox.account import Account
from jupyter_oj_sandbox.api import SandboxFault
from jupyter_oj_sandbox.cgroup import hierarchy
from jupyter_oj_sandbox.containers import OWNER, sweep
from jupyter_oj_sandbox.engine import Engine
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman

NAME = "oj-engine-1-1"
SLEEPER = "#include <unistd.h>\nint main(void) { for (;;) pause(); }\n"


class NoScope(Engine):
    """A host whose systemd gives no scope."""

    def _scope(self) -> list[str]:
        return ["sh", "-c", "echo 'Failed to connect to bus' >&2; exit 1"]


def processes_of(account: Account) -> set[int]:
    """Everything that lives on the account's folders here: service, pause process, conmon, containers."""
    mark = str(account.run_dir.parent).encode()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            known = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        if mark in known and int(folder.name) != os.getpid():
            found.add(int(folder.name))
    return found


def end(pids: Iterable[int]) -> None:
    """Kill, and wait until all are dead."""
    watched = []
    for pid in pids:
        with suppress(ProcessLookupError):  # some of Podman's live for a moment only
            watched.append(os.pidfd_open(pid))
            os.kill(pid, signal.SIGKILL)
    for handle in watched:
        select.select([handle], [], [], 10)
        os.close(handle)


@pytest.fixture
def account(sandbox_settings: SandboxSettings) -> Iterator[Account]:
    """The account with folders of its own for this test, where no service runs."""
    folder = Path(tempfile.mkdtemp(prefix="oj-", dir="/tmp"))  # short: it holds unix sockets
    folder.chmod(0o711)
    own = replace(Account.resolve(sandbox_settings), home=folder / "home", run_dir=folder / "run")
    yield own
    end(processes_of(own))
    shutil.rmtree(folder)


def test_what_systemd_said_is_told(account: Account) -> None:
    with pytest.raises(SandboxFault, match="does not start: Failed to connect to bus"):
        NoScope(account, hierarchy(account.uid)).ensure()


@pytest.fixture
def sleeping(account: Account, tmp_path: Path) -> Iterator[Engine]:
    """The engine of a container of Podman's that sleeps in a group of ours."""
    engine = Engine(account, hierarchy(account.uid))
    engine.ensure()
    root = account.folder(account.home / "root")
    (tmp_path / "sleeper.c").write_text(SLEEPER)
    subprocess.run(["cc", "-static", "-o", tmp_path / "sleeper", tmp_path / "sleeper.c"], check=True)
    account.write(root / "sleeper", (tmp_path / "sleeper").read_bytes(), mode=0o755)
    options = ["--rootfs", "--network=none", "--cgroups=disabled", f"--name={NAME}", f"--label={OWNER}=1:0"]
    account.run("podman", "run", "--detach", *options, str(root), "/sleeper")
    pid = account.run("podman", "inspect", "--format", "{{.State.Pid}}", NAME)
    engine.hierarchy.create(NAME).attach(int(pid))
    yield engine
    end(engine.hierarchy.group(NAME).processes())  # of a test that failed


@pytest.mark.parametrize("container_too", [True, False], ids=["everything", "all but the container"])
def test_it_starts_after_podman_was_killed_at_once(sleeping: Engine, container_too: bool) -> None:
    """As when a container or a virtual machine that we are in is stopped hard, and its /run is there afterwards."""
    account, group = sleeping.account, sleeping.hierarchy.group(NAME)
    (container,) = group.processes()
    end(processes_of(account) - (set() if container_too else {container}))
    with pytest.raises(SandboxFault, match="podman system migrate"):
        account.run("podman", "unshare", "true")  # Podman does not help itself

    assert sweep(sleeping) == [NAME]
    with sleeping.client() as client:
        assert client.containers.list(all=True) == []
    assert group.processes() == []
    assert NAME not in sleeping.hierarchy.names()


@pytest.mark.parametrize("name", ["engine.lock", "sweep.lock"])
def test_a_link_of_the_accounts_leads_us_nowhere(account: Account, tmp_path: Path, name: str) -> None:
    """Who has become the account, by a way out of a container, may put anything into its folders."""
    victim = tmp_path / "victim"
    victim.write_text("not ours to change")
    account.prepare()
    account.run("ln", "-s", str(victim), str(account.run_dir / name))
    engine = Engine(account, hierarchy(account.uid))
    with pytest.raises(SandboxFault, match=f"{name}: Too many levels of symbolic links"):
        engine.ensure() if name == "engine.lock" else sweep(engine)
    assert victim.read_text() == "not ours to change"
