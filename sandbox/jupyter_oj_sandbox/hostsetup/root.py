"""The part of the set-up that needs root, once a host: packages, the account with its subordinate ids, cgroups.

Imported by `jupyter oj setup` when it is root, and run by it through sudo otherwise:
``python -I -m jupyter_oj_sandbox.hostsetup.root setup|delegate ACCOUNT``. The account is either the one that owns the
containers of a grader started by root, or an ordinary user who runs its own rootless Podman. Each step says whether it
is done already, so a second run does nothing.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ..api import SandboxFault
from ..cgroup import hierarchy
from ..cgroup_v1 import HierarchyV1

Say = Callable[[str], None]

HOME = Path("/var/lib/jupyter-oj")
PROGRAMS = {
    "podman": "podman",
    "crun": "crun",
    "newuidmap": "uidmap",
    "mmdebstrap": "mmdebstrap",
    "gcc": "gcc",
    "setpriv": "util-linux",
}
"""Programs the sandbox starts, and the Debian package each comes in."""
LIBC_PACKAGE = "libc6-dev"
SUBIDS = 65536
SUBID_TABLES = (Path("/etc/subuid"), Path("/etc/subgid"))
SYSTEMD = Path("/run/systemd/system")
TMPFILES = Path("/etc/tmpfiles.d")
USER_DROP_IN = Path("/etc/systemd/system/user@.service.d/jupyter-oj.conf")


def missing_packages() -> list[str]:
    """Debian packages whose programs or libraries are not there; a host's own builds count as well."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program, path=path) is None]
    libraries = [Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/local/lib")]
    if not any(found for folder in libraries for found in (*folder.glob("libc.a"), *folder.glob("*/libc.a"))):
        missing.append(LIBC_PACKAGE)
    return missing


def has_subids(name: str) -> bool:
    """Whether the account has enough subordinate user and group ids for a container."""
    uid = str(pwd.getpwnam(name).pw_uid)
    return all(_subids(path, name, uid) >= SUBIDS for path in SUBID_TABLES)


def _subids(path: Path, name: str, uid: str) -> int:
    lines = [line.split(":") for line in path.read_text().splitlines()] if path.exists() else []
    return sum(int(line[2]) for line in lines if len(line) == 3 and line[0] in (name, uid))


def account_exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def todo(name: str) -> list[str]:
    """What `setup` would do for account `name`, one line each; empty when there is nothing to do."""
    lines = []
    if packages := missing_packages():
        lines.append(f"install {' '.join(packages)}")
    if not account_exists(name):
        lines.append(f"make the account {name}, which owns the containers")
    elif not has_subids(name):
        lines.append(f"give {name} subordinate user and group ids")
    if account_exists(name):
        uid = pwd.getpwnam(name).pw_uid
        if (problem := hierarchy(uid).problem()) is not None:
            lines.append(f"delegate cgroups to {name}: {problem.partition(': run')[0]}")
    return lines


def setup(name: str, say: Say) -> None:
    """Do everything that is missing. Needs root. Raises `SandboxFault` naming the step that failed."""
    if packages := missing_packages():
        _install(packages, say)
    if not account_exists(name):
        say(f"making the account {name}")
        nologin = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin") or "/bin/false"
        _do("useradd", "--system", "--create-home", "--home-dir", str(HOME), "--shell", nologin, name)
        HOME.chmod(0o700)
    if not has_subids(name):
        start = _free_subid()
        say(f"giving {name} the subordinate ids {start} to {start + SUBIDS - 1}")
        ids = f"{start}-{start + SUBIDS - 1}"
        _do("usermod", "--add-subuids", ids, "--add-subgids", ids, name)
    delegate(name, say)


def delegate(name: str, say: Say) -> None:
    """Delegate cgroups now, and on a systemd host at every boot from now on."""
    entry = pwd.getpwnam(name)
    ours = hierarchy(entry.pw_uid)
    if isinstance(ours, HierarchyV1):
        if SYSTEMD.is_dir():
            _write(TMPFILES / f"jupyter-oj-{name}.conf", ours.tmpfiles(entry.pw_uid, entry.pw_gid), say)
        ours.delegate(entry.pw_uid, entry.pw_gid)
    elif entry.pw_dir == str(HOME):
        ours.delegate(entry.pw_uid, entry.pw_gid)
    elif SYSTEMD.is_dir():  # systemd delegates to a user's own service; lingering keeps that service without a login
        if _write(USER_DROP_IN, "[Service]\nDelegate=cpu cpuset memory pids\n", say):
            _do("systemctl", "daemon-reload")
        if not Path("/var/lib/systemd/linger", name).exists():
            say(f"letting {name}'s services run without a login")
            _do("loginctl", "enable-linger", name)
    else:
        raise SandboxFault(f"nobody delegates cgroups to {name} here (no systemd): run the grader as root")


def _install(packages: list[str], say: Say) -> None:
    if shutil.which("apt-get") is None:
        raise SandboxFault(f"install {' '.join(packages)} with this system's package manager, then run this again")
    say(f"installing {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _do("apt-get", "update", "-qq", environment=environment)
    _do("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, environment=environment)


def _free_subid(tables: Sequence[Path] = SUBID_TABLES) -> int:
    """The first id above every range that is given out, and above those that useradd gives to people."""
    ends = [524288]
    for path in tables:
        lines = [line.split(":") for line in path.read_text().splitlines()] if path.exists() else []
        ends += [int(line[1]) + int(line[2]) for line in lines if len(line) == 3]
    return max(ends)


def _write(path: Path, text: str, say: Say) -> bool:
    if path.exists() and path.read_text() == text:
        return False
    say(f"writing {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return True


def _do(*argv: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxFault(f"{' '.join(argv[:3])} failed: {(done.stderr or done.stdout).strip()[-2000:]}")


def main() -> None:
    """The command line for sudo."""
    match sys.argv[1:]:
        case ["setup", name]:
            step = setup
        case ["delegate", name]:
            step = delegate
        case _:
            sys.exit("usage: python -m jupyter_oj_sandbox.hostsetup.root setup|delegate ACCOUNT")
    if os.getuid() != 0:
        sys.exit("this part needs root")
    try:
        step(name, lambda line: print(line, flush=True))
    except (SandboxFault, OSError) as fault:
        sys.exit(f"setup: {fault}")


if __name__ == "__main__":
    main()
