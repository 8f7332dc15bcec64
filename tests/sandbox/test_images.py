"""Images: the name is the recipe's, a made image is found at once, and what its commands made is in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_oj_sandbox import images
from jupyter_oj_sandbox.api import BoxFile, Ending, ImageSpec, RunLimits, SandboxFault
from jupyter_oj_sandbox.pool import PodmanSandbox, open_engine, open_sandbox
from jupyter_oj_sandbox.settings import SandboxSettings

SETTINGS = SandboxSettings(state_dir=Path("/nowhere"), suite="bookworm")
SPEC = ImageSpec("oj-x", ("gcc",))


@pytest.mark.parametrize(
    "other",
    [
        images.reference(replace(SPEC, packages=("g++",)), SETTINGS),
        images.reference(replace(SPEC, prepare=(("gcc", "--version"),)), SETTINGS),
        images.reference(SPEC, replace(SETTINGS, suite="trixie")),
        images.reference(SPEC, replace(SETTINGS, base_image="debian:bookworm-slim")),
        images.reference(replace(SPEC, base="debian:bookworm-slim"), SETTINGS),
    ],
)
def test_another_recipe_is_another_image(other: str) -> None:
    assert images.reference(SPEC, SETTINGS) == images.reference(SPEC, SETTINGS) != other


@pytest.mark.podman
def test_a_recipes_commands_are_run_in_it(
    sandbox: PodmanSandbox, sandbox_settings: SandboxSettings, probe: Path
) -> None:
    spec = ImageSpec("oj-test-prepare", ("dash",), (("/bin/sh", "-c", "echo made > /usr/made"),))
    said: list[str] = []
    engine = open_engine(sandbox_settings)
    name = images.ensure(spec, engine, sandbox_settings, said.append)
    assert images.ensure(spec, engine, sandbox_settings, pytest.fail) == name
    with sandbox.box(spec, memory_mib=64) as box:
        box.load((BoxFile("x", b""),))
        show = ("/bin/sh", "-c", "read word < /usr/made; echo $word")
        result = box.run(show, limits=RunLimits(cpu_s=2, wall_s=4, memory_mib=64))
    assert (result.ending, result.stdout) == (Ending.EXITED, b"made\n")


@pytest.mark.podman
@pytest.mark.parametrize("own", [False, True], ids=["of all images", "of this recipe"])
def test_a_base_image_is_built_on_with_files_and_commands(
    sandbox: PodmanSandbox, sandbox_settings: SandboxSettings, probe: Path, own: bool
) -> None:
    engine = open_engine(sandbox_settings)
    base = images.ensure(ImageSpec("oj-test-base", ("dash", "coreutils")), engine, sandbox_settings)
    settings = sandbox_settings if own else replace(sandbox_settings, base_image=base)  # as if it came from a registry
    command = ("/bin/sh", "-c", "cat /usr/given > /usr/made")
    files = {"/usr/given": "\ngiven\n"}
    spec = ImageSpec("oj-test-registry", (), (command,), files=files, base=base if own else "")
    images.remove(spec, engine, settings)
    images.ensure(spec, engine, settings)
    with open_sandbox(slot="registry", core=None, settings=settings) as built, built.box(spec, memory_mib=64) as box:
        box.load(())
        result = box.run(("/bin/cat", "/usr/made"), limits=RunLimits(cpu_s=2, wall_s=4, memory_mib=64))
    assert (result.ending, result.stdout) == (Ending.EXITED, b"given\n")


@pytest.mark.podman
def test_a_package_that_does_not_exist_is_named(sandbox_settings: SandboxSettings) -> None:
    with pytest.raises(SandboxFault, match="oj-no-such-package"):
        images.ensure(
            ImageSpec("oj-test-missing", ("oj-no-such-package",)), open_engine(sandbox_settings), sandbox_settings
        )
