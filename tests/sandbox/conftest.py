"""One real sandbox for the tests of this folder, with the images of Python and C++."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyter_oj_extension.settings import default_state_dir
from jupyter_oj_sandbox.pool import PodmanSandbox, open_sandbox
from jupyter_oj_sandbox.selftest import build_probe
from jupyter_oj_sandbox.settings import SandboxSettings


@pytest.fixture(scope="session")
def sandbox_settings() -> SandboxSettings:
    """As a grader has them: an ordinary user's images lie in their own state folder."""
    return SandboxSettings(state_dir=default_state_dir())


@pytest.fixture(scope="session")
def sandbox(sandbox_settings: SandboxSettings) -> Iterator[PodmanSandbox]:
    """The sandbox of one slot, shared: no program may leave it in a state that another test would notice."""
    with open_sandbox(slot="tests", core=None, settings=sandbox_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_probe(tmp_path_factory.mktemp("probe"))
