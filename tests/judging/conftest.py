"""What tests of judging share: tiny problem packages, a migrated store with a Valkey of its own, the real sandbox."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from valkey_server import short_folder

from jupyter_oj_extension import plugins, valkey
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.services.context import Context
from jupyter_oj_extension.settings import Settings
from jupyter_oj_extension.store import migrate
from jupyter_oj_graders import slots
from jupyter_oj_sandbox.api import Sandbox

WritePackage = Callable[..., Path]


@pytest.fixture(scope="session")
def languages() -> dict[str, Language]:
    return plugins.languages()


@pytest.fixture
def package(tmp_path: Path) -> WritePackage:
    """Writes a package: ``package("double", samples={"1": ("2\\n", "4\\n")}, secret={...}, cpu_s=1)``; its folder."""

    def write(
        slug: str,
        *,
        samples: dict[str, tuple[str, str]],
        secret: dict[str, tuple[str, str]],
        cpu_s: float = 1,
        memory_mib: int = 256,
        output_mib: int = 8,
        validator_flags: str = "",
    ) -> Path:
        folder = tmp_path / "packages" / slug
        for group, tests in (("sample", samples), ("secret", secret)):
            (folder / "data" / group).mkdir(parents=True)
            for name, (stdin, answer) in tests.items():
                (folder / "data" / group / f"{name}.in").write_text(stdin)
                (folder / "data" / group / f"{name}.ans").write_text(answer)
        (folder / "statement").mkdir()
        (folder / "statement" / "problem.en.md").write_text("Do it.\n")
        (folder / "problem.yaml").write_text(
            "problem_format_version: 2025-09\n"
            f"name: {slug.title()}\n"
            "uuid: 5ca6ba5b-36d5-4eff-8aa7-d967cbc4375e\n"
            f"limits:\n  time_limit: {cpu_s}\n  memory: {memory_mib}\n  output: {output_mib}\n"
        )
        if validator_flags:
            (folder / "data" / "test_group.yaml").write_text(f"output_validator_args: [{validator_flags}]\n")
        return folder

    return write


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Context]:
    """A migrated service on SQLite with a Valkey of its own, in a folder short enough for its socket."""
    folder = short_folder()
    settings = Settings(state_dir=folder, submissions_per_minute=100_000, lease_s=4.0, heartbeat_s=1.0)
    valkey.ensure(settings)
    ctx = Context.open(settings)
    migrate.upgrade(ctx.engine)
    yield ctx
    ctx.close()
    valkey.stop(settings)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def real_sandbox(languages: dict[str, Language], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One warm slot of the real sandbox."""
    settings = Settings(state_dir=tmp_path_factory.mktemp("sandbox"))
    sandbox = slots.open_warm(settings, slot="tests", core=slots.cores(1)[0], languages=languages)
    yield sandbox
    sandbox.close()
