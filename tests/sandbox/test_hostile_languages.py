"""Hostile submissions in every language, one folder each in ``hostile_languages/``, taken the way of a submission:
built in the compile container of the language, run in its run container.

case.yml            what: one line; language; compiled: refused, either, or (by default) built; said_never: a pattern
                    that the compiler must not have said; then, of the run: endings, exit_code, signal, stdout as in
                    `test_hostile`, and never: a pattern that is in none of its output
<the source>        named as the language names its source
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_graders import compiling
from jupyter_oj_graders.compiling import CompileError
from jupyter_oj_graders.executables import Executable, ExecutableCache
from jupyter_oj_graders.image_specs import image_specs
from jupyter_oj_sandbox.api import BoxFile, Ending, ImageSpec, RunLimits, RunResult
from jupyter_oj_sandbox.pool import PodmanSandbox

pytestmark = pytest.mark.podman

CASES = sorted(path.parent for path in Path(__file__).parent.glob("hostile_languages/*/case.yml"))
COMPILE_S, COMPILE_MIB = 10.0, 1024
LIMITS = RunLimits(cpu_s=2, wall_s=30, memory_mib=384, output_kib=1024, processes=64, scratch_mib=32)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> ExecutableCache:
    return ExecutableCache(tmp_path_factory.mktemp("executables"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_hostile_submission(sandbox: PodmanSandbox, probe: Path, cache: ExecutableCache, folder: Path) -> None:
    case: dict[str, Any] = yaml.safe_load((folder / "case.yml").read_text())
    language = replace(plugins.languages()[case["language"]], compile_wall_s=COMPILE_S, compile_memory_mib=COMPILE_MIB)
    run_image, compile_image = image_specs(language)[0], image_specs(language)[-1]
    (source,) = (path for path in folder.iterdir() if path.name != "case.yml")
    files = (SourceFile(source.name, source.read_bytes()),)
    limits = Limits(compile_wall_s=COMPILE_S, compile_memory_mib=COMPILE_MIB, memory_mib=LIMITS.memory_mib - 128)
    built = compiling.build(sandbox, cache, language, files, limits)
    look(sandbox, compile_image, probe)
    outcome = case.get("compiled", "built")
    if isinstance(built, CompileError):
        assert outcome in ("refused", "either"), built.output
        assert not re.search(case.get("said_never", "(?!)"), built.output), built.output
    else:
        assert outcome in ("built", "either"), "it compiled"
        check(case, execute(sandbox, run_image, built))
        look(sandbox, run_image, probe)


def execute(sandbox: PodmanSandbox, image: ImageSpec, built: Executable) -> RunResult:
    with sandbox.box(image, memory_mib=LIMITS.memory_mib) as box:
        box.load(built.files)
        return box.run(built.argv, limits=LIMITS, env=dict(built.env))


def look(sandbox: PodmanSandbox, image: ImageSpec, probe: Path) -> None:
    """The next run in the same container finds no trace: a compiler's container is not shared state either."""
    with sandbox.box(image, memory_mib=64) as box:
        box.load((BoxFile("probe", probe.read_bytes(), executable=True),))
        result = box.run(("/box/probe", "look"), limits=LIMITS)
    assert (result.ending, result.exit_code, result.stdout) == (Ending.EXITED, 0, b"")


def check(case: dict[str, Any], result: RunResult) -> None:
    seen = f"{result.ending} {result.exit_code} {result.signal} {result.stdout[-500:]!r} {result.stderr[-500:]!r}"
    assert result.ending in case["endings"], seen
    if result.ending is Ending.EXITED and ("exit_code" in case or "stdout" in case):
        assert result.exit_code == case.get("exit_code", 0), seen
    if "signal" in case:
        assert result.signal == case["signal"], seen
    if "stdout" in case:
        assert re.fullmatch(case["stdout"], result.stdout.decode()), seen
    if "never" in case:
        assert not re.search(case["never"], (result.stdout + result.stderr).decode(errors="replace")), seen


def test_only_cases_that_say_why_have_two_right_endings() -> None:
    for folder in CASES:
        case = yaml.safe_load((folder / "case.yml").read_text())
        assert len(case.get("endings", "1")) == 1 or case["why_two"], folder.name
