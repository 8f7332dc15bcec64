"""Images without a registry: Debian packages unpacked by mmdebstrap, imported by Podman, finished by commands.

An image's tag is the hash of its recipe: a changed recipe is a new image, and an existing one costs one look-up. Where
mmdebstrap cannot be had but a registry can, `SandboxSettings.base_image` builds the same recipe from a base image.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from podman.errors import ImageNotFound

from .api import ImageSpec, SandboxFault
from .engine import Engine
from .fetching import extras
from .settings import SandboxSettings

Progress = Callable[[str], None]
BUILD_S = 1800
FORMAT = 1
"""Part of every tag: raise it when the way images are built changes."""


def silent(line: str) -> None:
    """A `Progress` for whoever wants none."""


def host_release() -> tuple[str, str]:
    """(``debian``, ``bookworm``) of this host, from os-release; empty strings where it does not say."""
    values = {}
    for path in (Path("/etc/os-release"), Path("/usr/lib/os-release")):
        if path.exists():
            for line in path.read_text().splitlines():
                key, _, value = line.partition("=")
                values[key] = value.strip("\"'")
            break
    return values.get("ID", ""), values.get("VERSION_CODENAME", "")


def host_sources() -> Path | None:
    """The host's own apt source list for its release (not those of third parties), or None on another kind of host."""
    apt, (system, suite) = Path("/etc/apt"), host_release()
    named = [apt / "sources.list.d" / f"{system}.sources", apt / "sources.list"]
    for path in named + sorted((apt / "sources.list.d").glob("*.*")):
        if suite and path.suffix in (".list", ".sources") and path.is_file() and suite in path.read_text():
            return path
    return None


def reference(spec: ImageSpec, settings: SandboxSettings) -> str:
    """The image's full name: ``localhost/<name>:<hash of everything it is made of>``."""
    base = _base(spec, settings) or settings.suite or host_release()[1]
    recipe: list[object] = [FORMAT, spec.packages, spec.prepare, base, platform.machine()]
    if spec.archives or spec.files:
        recipe += [[asdict(archive) for archive in spec.archives], spec.files]
    return f"localhost/{spec.name}:{hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:12]}"


def _base(spec: ImageSpec, settings: SandboxSettings) -> str:
    """The registry's image that it is built on; empty: none."""
    return spec.base or settings.base_image


def size_mib(spec: ImageSpec, engine: Engine, settings: SandboxSettings) -> int | None:
    """The image's size, or None when it is not built."""
    with engine.client() as client:
        try:
            return int(client.images.get(reference(spec, settings)).attrs["Size"]) >> 20
        except ImageNotFound:
            return None


def identity(spec: ImageSpec, engine: Engine, settings: SandboxSettings) -> str | None:
    """What changes when the image is built anew, or None when it is not built."""
    with engine.client() as client:
        try:
            return str(client.images.get(reference(spec, settings)).id)
        except ImageNotFound:
            return None


def remove(spec: ImageSpec, engine: Engine, settings: SandboxSettings) -> None:
    """Remove the image, if it is there and no container has it. Raises `SandboxFault`."""
    if identity(spec, engine, settings) is not None:
        engine.account.run("podman", "rmi", reference(spec, settings))


def ensure(
    spec: ImageSpec, engine: Engine, settings: SandboxSettings, progress: Progress = silent, *, force: bool = False
) -> str:
    """The image's full name, built now if it is missing or `force`. Raises `SandboxFault` saying what failed."""
    name = reference(spec, settings)
    if not force and size_mib(spec, engine, settings) is not None:
        return name
    engine.account.prepare()
    with engine.account.locked(f"image-{spec.name}.lock"):  # two slots that miss the same image build it once
        if force or size_mib(spec, engine, settings) is None:
            base = _base(spec, settings)
            progress(f"{spec.name}: building from {' '.join(spec.packages) or base}")
            build = _from_registry if base else _from_packages
            build(spec, name, engine, settings, progress)
            progress(f"{spec.name}: ready")
    return name


def _from_packages(spec: ImageSpec, name: str, engine: Engine, settings: SandboxSettings, progress: Progress) -> None:
    if shutil.which("mmdebstrap") is None:
        raise SandboxFault("mmdebstrap is not installed: run `jupyter oj setup`, or set base_image")
    suite = settings.suite or host_release()[1]
    sources = settings.apt_sources or host_sources()
    if not suite or sources is None:
        raise SandboxFault("this host has no apt sources: set base_image (debian:bookworm-slim)")
    tar = engine.account.home / f"{spec.name}.tar"
    try:
        _unpack(spec, suite, sources, tar, engine)
        if (more := _extras(spec, engine, progress)) is not None:
            engine.account.run("tar", "--concatenate", f"--file={tar}", str(more), timeout_s=BUILD_S)
            engine.account.run("rm", "-f", str(more))
        progress(f"{spec.name}: unpacked, {tar.stat().st_size >> 20} MiB")
        stage = f"{name}-0" if spec.prepare else name
        engine.account.run("podman", "import", "--quiet", str(tar), stage, timeout_s=BUILD_S)
    finally:
        engine.account.run("rm", "-f", str(tar))
    _finish(spec, name, engine, progress)


def _unpack(spec: ImageSpec, suite: str, sources: Path, tar: Path, engine: Engine) -> None:
    engine.account.run(
        "sh", "-c", 'tar=$1; shift; exec mmdebstrap "$@" > "$tar"', "sh", str(tar),
        "--mode=unshare", "--variant=extract", "--format=tar", "--quiet", f"--include={','.join(spec.packages)}",
        *_apt_options(), suite, "-", "-",
        timeout_s=BUILD_S, stdin=sources.read_bytes(),
    )  # fmt: skip


def _apt_options() -> list[str]:
    """apt's settings that must hold for the images too: the host's proxies; and no translations."""
    options = ['--aptopt=Acquire::Languages "none"']
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=False).stdout
    proxies = [line for line in dump.splitlines() if re.match(r'Acquire::https?::Proxy.* "[^"]+"', line)]
    return options + [f"--aptopt={line.rstrip(';')}" for line in proxies]


def _finish(spec: ImageSpec, name: str, engine: Engine, progress: Progress) -> None:
    """Run the recipe's commands, each in a container of the image before it, the last of which gets the real name."""
    for number, argv in enumerate(spec.prepare, 1):
        progress(f"{spec.name}: running {argv[0].rpartition('/')[2]}")
        before, after = f"{name}-{number - 1}", name if number == len(spec.prepare) else f"{name}-{number}"
        box = f"oj-build-{spec.name}"
        engine.account.run("podman", "rm", "--force", "--ignore", box)
        flags = ("--network=none", "--cgroups=disabled", "--no-hosts", f"--name={box}")
        # Inside Podman's namespace, where the engine has hidden a hybrid host's cgroup2 mount.
        engine.account.run("podman", "run", *flags, before, *argv, timeout_s=BUILD_S)
        engine.account.run("podman", "commit", "--quiet", box, after, timeout_s=BUILD_S)
        engine.account.run("podman", "rm", "--force", box)
        engine.account.run("podman", "untag", before)


def _from_registry(spec: ImageSpec, name: str, engine: Engine, settings: SandboxSettings, progress: Progress) -> None:
    """The same recipe as a Containerfile."""
    context, base = engine.account.home / f"{spec.name}.build", _base(spec, settings)
    install = f"apt-get install -y --no-install-recommends {' '.join(spec.packages)}"
    lines = [f"FROM {base}"]
    if spec.packages:
        lines.append(f"RUN apt-get update && {install} && rm -rf /var/lib/apt/lists/*")
    try:
        engine.account.folder(context)
        if (more := _extras(spec, engine, progress, context)) is not None:
            lines.append(f"ADD {more.name} /")
        lines += [f"RUN {json.dumps(list(argv))}" for argv in spec.prepare]
        progress(f"{spec.name}: podman build from {base}")
        engine.account.write(context / "Containerfile", "\n".join(lines).encode())
        engine.account.run("podman", "build", "--quiet", "--tag", name, str(context), timeout_s=BUILD_S)
    finally:
        engine.account.run("rm", "-rf", str(context))


def _extras(spec: ImageSpec, engine: Engine, progress: Progress, folder: Path | None = None) -> Path | None:
    """What `fetching.extras` gathered, as a file of the account's (in its home, or in `folder`)."""
    for archive in spec.archives:
        progress(f"{spec.name}: fetching {archive.name} {archive.version} ({archive.registry})")
    gathered = extras(spec)
    if gathered is None:
        return None
    try:
        return engine.account.write((folder or engine.account.home) / f"{spec.name}-extras.tar", gathered.read_bytes())
    finally:
        gathered.unlink()
