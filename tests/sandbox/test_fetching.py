"""Parts of images from other registries: what is taken out of a wheel and of an npm package, and what is said when that
cannot be. The clients are little programs in place of pip and npm."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from jupyter_oj_sandbox import fetching
from jupyter_oj_sandbox.api import Archive, ImageSpec, SandboxFault

WHEEL = Archive("pypi", "tool", "1.0", {"tool/bin": "/usr/local/bin", "tool/LICENCE": "/usr/share/tool/licence"})
NPM = Archive("npm", "@x/tool-{npm_arch}", "2.0", {"": "/opt/tool"})


@pytest.fixture
def clients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pip and an npm on the PATH that hand out one package each, and write down how they were called."""
    with zipfile.ZipFile(tmp_path / "tool-1.0-py3-none-any.whl", "w") as wheel:
        program = zipfile.ZipInfo("tool/bin/run")
        program.external_attr = 0o755 << 16
        wheel.writestr(program, "#!")
        wheel.writestr("tool/LICENCE", "free")
        wheel.writestr("tool/other", "not wanted")
    with tarfile.open(tmp_path / "tool-2.0.tgz", "w:gz") as tar:
        for name in ("package/index.js", "package/lib/a.js"):
            entry = tarfile.TarInfo(name)
            entry.size = 2
            tar.addfile(entry, io.BytesIO(b"js"))
        link = tarfile.TarInfo("package/escape")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    folder = tmp_path / "bin"
    folder.mkdir()
    for client, package in (("pip", "tool-1.0-py3-none-any.whl"), ("npm", "tool-2.0.tgz")):
        program_path = folder / client
        program_path.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/{client}.called\ncp {tmp_path}/{package} .\n')
        program_path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin:/bin")
    monkeypatch.setattr(fetching.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(fetching.platform, "machine", lambda: "x86_64")
    return tmp_path


def contents(spec: ImageSpec) -> dict[str, tuple[bytes, int]]:
    path = fetching.extras(spec)
    assert path is not None
    try:
        with tarfile.open(path) as tar:
            return {entry.name: (tar.extractfile(entry).read(), entry.mode) for entry in tar}  # type: ignore[union-attr]
    finally:
        path.unlink()


def test_files_are_taken_as_the_recipe_says(clients: Path) -> None:
    spec = ImageSpec("x", (), archives=(WHEEL, NPM), files={"/opt/run": "\n#!/bin/sh\n", "/etc/x": "x"})
    assert contents(spec) == {
        "./usr/local/bin/run": (b"#!", 0o755),
        "./usr/share/tool/licence": (b"free", 0o644),
        "./opt/tool/index.js": (b"js", 0o644),
        "./opt/tool/lib/a.js": (b"js", 0o644),
        "./opt/run": (b"#!/bin/sh\n", 0o755),
        "./etc/x": (b"x", 0o644),
    }
    assert (clients / "pip.called").read_text().split()[-1] == "tool==1.0"
    assert (clients / "npm.called").read_text().split()[-1] == "@x/tool-x64@2.0"


def test_an_image_of_packages_alone_has_no_extras() -> None:
    assert fetching.extras(ImageSpec("x", ("dash",))) is None


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (Archive("pypi", "tool", "1.0", {"missing": "/x"}), "has none of missing"),
        (Archive("cargo", "tool", "1.0", {"": "/x"}), "no registry 'cargo'"),
    ],
)
def test_what_is_wrong_with_a_recipe_is_said(clients: Path, archive: Archive, message: str) -> None:
    with pytest.raises(SandboxFault, match=message):
        fetching.extras(ImageSpec("x", (), archives=(archive,)))


def test_a_client_that_fails_or_is_missing_is_named(clients: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (clients / "bin" / "npm").write_text("#!/bin/sh\necho E404 not found >&2\nexit 1\n")
    with pytest.raises(SandboxFault, match=r"@x/tool-x64 2\.0: E404 not found"):
        fetching.extras(ImageSpec("x", (), archives=(NPM,)))
    monkeypatch.setenv("PATH", str(clients))
    with pytest.raises(SandboxFault, match=r"npm is not installed.*pip is not installed"):
        fetching.extras(ImageSpec("x", (), archives=(NPM,)))
