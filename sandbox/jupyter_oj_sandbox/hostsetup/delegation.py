"""Delegated cgroups. On v1 they vanish at every reboot, so whoever starts a grader makes them again if it can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from ..account import Account
from ..api import SandboxFault
from ..cgroup import Hierarchy


def ensure(account: Account, hierarchy: Hierarchy) -> None:
    """Make our cgroups if they are missing: as root at once, as a user through ``sudo -n``.

    Raises `SandboxFault` naming the command to run when neither is possible.
    """
    if hierarchy.problem() is None:
        return
    if os.getuid() == 0:
        hierarchy.delegate(account.uid, account.gid)
    elif shutil.which("sudo"):
        subprocess.run(["sudo", "-n", *root_command("delegate", account.name)], capture_output=True, check=False)
    if problem := hierarchy.problem():
        raise SandboxFault(problem)


def root_command(*words: str) -> list[str]:
    """The command line of our root part, for sudo. `-I`: no folder of the user's is searched for modules."""
    return [sys.executable, "-I", "-m", "jupyter_oj_sandbox.hostsetup.root", *words]
