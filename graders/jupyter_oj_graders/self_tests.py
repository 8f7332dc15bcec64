"""A language proves that it works here: its version, and its self-tests judged as submissions are."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language, SelfTest
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders import compiling
from jupyter_oj_graders.checkers import tokens
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.execute import execute, run_limits
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_graders.verdicts import finished, verdict
from jupyter_oj_sandbox.api import RunLimits, Sandbox, SandboxFault

START = ("hello",)
"""The tests a grader runs before it serves; `jupyter oj doctor` runs them all."""


@dataclass(frozen=True, slots=True)
class SelfTestResult:
    """What one self-test got, beside what it should get."""

    language: str
    name: str
    expect: str
    got: Verdict
    detail: str = ""

    @property
    def ok(self) -> bool:
        return self.got == self.expect


def version(sandbox: Sandbox, language: Language) -> str:
    """What the compiler or interpreter says it is, such as ``3.11.2``. Raises `SandboxFault` when it does not run."""
    recipe = language.compile_image if language.compile_argv and language.compile_image else language.run_image
    limits = RunLimits(cpu_s=10, wall_s=20, memory_mib=language.compile_memory_mib)
    with sandbox.box(image_spec(recipe), memory_mib=limits.memory_mib) as box:
        box.load(())
        result = box.run(language.version_argv, limits=limits, env=language.environment(limits.memory_mib))
    said = (result.stdout.strip() or result.stderr.strip()).decode("utf-8", "replace")
    if not finished(result) or not said:
        raise SandboxFault(f"{language.id}: {' '.join(language.version_argv)} fails ({result.ending}): {said[:200]}")
    first = said.splitlines()[0]
    number = re.search(r"\d+(?:\.\d+)+", first)
    return number[0] if number else first[:40]


def run(sandbox: Sandbox, language: Language, names: Collection[str] | None = None) -> list[SelfTestResult]:
    """Judge the language's self-tests (those in `names`, or all). Raises `SandboxFault` when the sandbox failed."""
    with tempfile.TemporaryDirectory() as folder:
        cache = ExecutableCache(Path(folder))  # not the real one: the compiler itself is to be tested
        chosen = [test for test in language.self_tests if names is None or test.name in names]
        return [_judge(sandbox, cache, language, test) for test in chosen]


@dataclass(frozen=True, slots=True)
class Cost:
    """What the least program costs in a language: the medians of several runs, and building it once."""

    wall_s: float
    cpu_s: float
    memory_kib: int
    build_s: float


def start_up(sandbox: Sandbox, language: Language, *, times: int = 5) -> Cost | None:
    """The cost of the language's first self-test; None when it does not run. Raises `SandboxFault`."""
    test, problem = language.self_tests[0], Limits(cpu_s=10)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        sources = (SourceFile(language.source_name, test.source.encode()),)
        program = compiling.build(sandbox, ExecutableCache(Path(folder)), language, sources, problem)
        build_s = time.monotonic() - begun
    if isinstance(program, compiling.CompileError):
        return None
    limits = run_limits(problem, language)
    with sandbox.box(image_spec(language.run_image), memory_mib=limits.memory_mib) as box:
        box.load(program.files)
        runs = [execute(box, program, test.stdin.encode(), limits) for _ in range(times)]
    if not all(finished(run) for run in runs):
        return None
    return Cost(
        statistics.median(run.wall_s for run in runs),
        statistics.median(run.cpu_s for run in runs),
        max(run.memory_kib for run in runs),
        build_s,
    )


def _judge(sandbox: Sandbox, cache: ExecutableCache, language: Language, test: SelfTest) -> SelfTestResult:
    problem = Limits()
    sources = (SourceFile(language.source_name, test.source.encode()),)
    program = compiling.build(sandbox, cache, language, sources, problem)
    if isinstance(program, compiling.CompileError):
        return SelfTestResult(language.id, test.name, test.expect, Verdict.CE, program.output)
    limits = run_limits(problem, language)
    with sandbox.box(image_spec(language.run_image), memory_mib=limits.memory_mib) as box:
        box.load(program.files)
        result = execute(box, program, test.stdin.encode(), limits)
    checked = tokens.check(test.stdout.encode(), result.stdout) if finished(result) else None
    detail = result.stderr[-500:].decode("utf-8", "replace")
    return SelfTestResult(language.id, test.name, test.expect, verdict(result, checked), detail)
