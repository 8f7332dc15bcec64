"""Who owns the containers, and where their things are.

Started by root, everything belongs to an unprivileged account made by `jupyter oj setup`, and root only steps down into
it with setpriv. Started by an ordinary user, it is that user's own rootless Podman, with its own storage folder.

    <home>/                    /var/lib/jupyter-oj, or <state_dir>/sandbox of an ordinary user
        containers.conf storage.conf
        .local/share/containers/storage/  Podman's images and containers: this folder is the account's HOME
        tools/                 the runner and the seccomp profile, copied here by content hash
        engine.log             what the Podman service printed
    <run>/                     /run/jupyter-oj, or <XDG_RUNTIME_DIR>/jupyter-oj; mode 0700, gone after a reboot
        engine.sock            the Podman service; engine-runsc.sock: the one of a configured OCI runtime
        runtime/               Podman's own XDG_RUNTIME_DIR
        boxes/<container>/     one folder a container, bind-mounted into it, with the runner's socket
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .api import SandboxFault
from .settings import SandboxSettings

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

CONTAINERS_CONF = """\
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
[containers]
log_driver = "none"
"""
STORAGE_CONF = """\
[storage]
driver = "overlay"
runroot = "{run_dir}/runtime/containers"
graphroot = "{home}/.local/share/containers/storage"
"""
"""Rootless Podman's own places: it takes them from HOME and XDG_RUNTIME_DIR, but its commit wants to read them here."""


@dataclass(frozen=True, slots=True)
class Account:
    """The owner of the containers on this host; see the module's picture for `home` and `run_dir`."""

    name: str
    uid: int
    gid: int
    home: Path
    run_dir: Path

    @classmethod
    def resolve(cls, settings: SandboxSettings) -> Account:
        """The account for the invoking user. Raises `SandboxFault` when root has no account to step down into."""
        if os.getuid() == 0:
            try:
                entry = pwd.getpwnam(settings.account)
            except KeyError:
                raise SandboxFault(f"no account {settings.account!r}: run `jupyter oj setup`") from None
            return cls(entry.pw_name, entry.pw_uid, entry.pw_gid, Path(entry.pw_dir), Path("/run/jupyter-oj"))
        entry = pwd.getpwuid(os.getuid())
        runtime = os.environ.get("XDG_RUNTIME_DIR")
        if runtime and Path(runtime).is_dir():
            run = Path(runtime) / "jupyter-oj"
        else:
            run = Path("/tmp") / f"jupyter-oj-{entry.pw_uid}"  # noqa: S108 (`_own` refuses what somebody else put there)
        home = settings.state_dir / "sandbox"
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid, home, run)

    @property
    def foreign(self) -> bool:
        """Whether we must step down into the account (we are root) or already are it."""
        return os.getuid() != self.uid

    @property
    def engine_socket(self) -> Path:
        return self.run_dir / "engine.sock"

    @property
    def boxes(self) -> Path:
        return self.run_dir / "boxes"

    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "USER": self.name,
            "PATH": PATH,
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self.run_dir / "runtime"),
            "CONTAINERS_CONF": str(self.home / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(self.home / "storage.conf"),
        }

    def command(self, argv: Sequence[str]) -> list[str]:
        """`argv` as it is started for the account: through setpriv when we are root, with a clean environment."""
        clean = ["env", "-i", *(f"{key}={value}" for key, value in self.environment().items()), *argv]
        if not self.foreign:
            return clean
        return ["setpriv", f"--reuid={self.uid}", f"--regid={self.gid}", "--init-groups", *clean]

    def run(self, *argv: str, timeout_s: float = 120, stdin: bytes = b"") -> str:
        """Run one program as the account and return its output. Raises `SandboxFault` with what it said if it fails."""
        command = self.command(argv)
        try:
            done = subprocess.run(
                command, cwd=self.home, input=stdin, capture_output=True, timeout=timeout_s, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SandboxFault(f"{argv[0]}: {error}") from error
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip()[-2000:]
            raise SandboxFault(f"{' '.join(argv[:3])} exited with {done.returncode}: {said}")
        return done.stdout.decode(errors="replace")

    def folder(self, path: Path) -> Path:
        """`path` as a private folder of the account's, made if it is missing."""
        if not path.is_dir():
            self.run("mkdir", "-p", "-m", "0700", str(path))
        return path

    def write(self, path: Path, content: bytes, mode: int = 0o644) -> Path:
        """Write a file of the account's, replaced as a whole. Root never writes in the account's folders by itself: a
        link planted there would lead it anywhere."""
        script = 'umask 077; cat > "$1.part" && chmod "$2" "$1.part" && mv -fT "$1.part" "$1"'
        self.run("sh", "-c", script, "sh", str(path), f"{mode:o}", stdin=content)
        return path

    def install(self, source: Path, name: str, mode: int) -> Path:
        """A copy of `source` in the account's tools folder under a name that changes with the content."""
        content = source.read_bytes()
        stem, dot, ending = name.partition(".")
        target = self.home / "tools" / f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{ending}"
        if not target.exists():
            self.folder(target.parent)
            self.write(target, content, mode)
        return target

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Hold the lock of this name alone, among all processes on this host. Raises `SandboxFault`.

        Root opens the file, in a folder of the account's: it follows no link, and changes nothing that is there."""
        path = self.run_dir / name
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise SandboxFault(f"cannot open {path}: {error.strerror}; remove it") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def prepare(self) -> None:
        """Make the folders and Podman's configuration; cheap, and needed again after every reboot."""
        for folder in (self.home, self.run_dir):
            self._own(folder)
        for folder in (self.run_dir / "runtime", self.boxes):
            self.folder(folder)
        storage = STORAGE_CONF.format(run_dir=self.run_dir, home=self.home)  # some Podman commands guess neither place
        for name, text in (("containers.conf", CONTAINERS_CONF), ("storage.conf", storage)):
            path = self.home / name
            if not path.exists() or path.read_text() != text:
                self.write(path, text.encode())

    def _own(self, folder: Path) -> None:
        """Make one of the two top folders, whose parents the account cannot write to."""
        try:
            if not folder.is_dir():
                folder.mkdir(mode=0o700, parents=True)
                os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        except OSError as error:
            raise SandboxFault(f"cannot make {folder}: {error}; run `jupyter oj setup`") from error
        if folder.lstat().st_uid != self.uid:
            raise SandboxFault(f"{folder} belongs to somebody else; remove it")
