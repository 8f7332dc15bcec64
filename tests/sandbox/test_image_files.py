"""Images carried to another host as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_oj_sandbox import image_files, images
from jupyter_oj_sandbox.api import ImageSpec, SandboxFault
from jupyter_oj_sandbox.pool import PodmanSandbox, open_engine
from jupyter_oj_sandbox.selftest import IMAGE
from jupyter_oj_sandbox.settings import SandboxSettings

pytestmark = pytest.mark.podman


def test_an_image_survives_the_journey(
    sandbox: PodmanSandbox, sandbox_settings: SandboxSettings, tmp_path: Path
) -> None:
    engine, file = open_engine(sandbox_settings), tmp_path / "images.tar"
    spec = ImageSpec("oj-test-journey", ("dash",))
    name = images.ensure(spec, engine, sandbox_settings)
    assert image_files.save([spec, spec, IMAGE], file, engine, sandbox_settings) == sorted(
        {name, images.reference(IMAGE, sandbox_settings)}
    )
    engine.account.run("podman", "untag", name)
    assert images.size_mib(spec, engine, sandbox_settings) is None
    assert name in image_files.load(file, engine)
    assert images.ensure(spec, engine, sandbox_settings, pytest.fail) == name
    assert not (engine.account.home / "images.tar").exists()


def test_what_cannot_be_carried_is_named(sandbox_settings: SandboxSettings, tmp_path: Path) -> None:
    engine = open_engine(sandbox_settings)
    with pytest.raises(SandboxFault, match="not built: oj-test-nowhere"):
        image_files.save([ImageSpec("oj-test-nowhere", ("x",))], tmp_path / "x.tar", engine, sandbox_settings)
    nonsense = tmp_path / "nonsense.tar"
    nonsense.write_bytes(b"this is no archive")
    with pytest.raises(SandboxFault, match=r"cannot load .*nonsense\.tar"):
        image_files.load(nonsense, engine)
