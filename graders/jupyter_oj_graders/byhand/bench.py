"""A judge without a store: the problems it knows are those that it was given."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import JudgementTask, SourceFile, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.evaluations import Tools
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.execute import run_limits
from jupyter_oj_graders.image_specs import image_specs, sandbox_settings
from jupyter_oj_graders.judge import Judge, Judging, Manner
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_graders.quiet import Quiet
from jupyter_oj_sandbox import containers, images, pool
from jupyter_oj_sandbox.api import Sandbox, SandboxFault
from jupyter_oj_sandbox.hostsetup import delegation

log = logging.getLogger(__name__)


class Bench:
    """Judges what lies before it. `sandbox`, `problems` and `executables` are for what is not a judgement: checks of
    the package itself."""

    def __init__(self, settings: Settings, sandbox: Sandbox, languages: Mapping[str, Language]) -> None:
        self._loaded: dict[tuple[str, str], Problem] = {}
        self.languages, self.sandbox = languages, sandbox
        self.problems = ProblemCache(lambda slug, version: self._loaded[slug, version])
        self.executables = ExecutableCache(settings.state_dir / "cache" / "executables")
        self._judge = Judge(
            sandbox=sandbox,
            languages=languages,
            problems=self.problems,
            executables=self.executables,
            quiet=Quiet(settings.state_dir / "quiet.lock"),
        )

    def tools(self, problem: Problem) -> Tools:
        """The bench's parts for the jury's programs of `problem`; its language is that of no submission."""
        language = next(iter(self.languages.values()))
        limits = run_limits(problem.limits, language)
        return Tools(self.sandbox, self.languages, self.problems, self.executables, language, limits)

    def judge(
        self,
        problem: Problem,
        language: str,
        sources: Sequence[SourceFile],
        manner: Manner,
        cpu_s: float | None = None,
        entry_point: str = "",
    ) -> Judging:
        """Judge a submission on all tests that `problem` has; `cpu_s` replaces its time limit, and `entry_point` names
        the file that it begins in, where the package says so."""
        if cpu_s is not None:
            problem = replace(problem, limits=replace(problem.limits, cpu_s=cpu_s))
        version = f"{id(problem.cases)}:{problem.limits.cpu_s}:{problem.version}"
        self._loaded[problem.slug, version] = problem
        task = replace(_task(problem.slug, version, language, tuple(sources)), entry_point=entry_point)
        return self._judge.judge(task, manner)


@contextmanager
def opened(settings: Settings, languages: Mapping[str, Language], number: int, core: int | None) -> Iterator[Bench]:
    """A bench with a sandbox of its own. Raises `JudgeError` when it cannot be opened."""
    try:
        sandbox = pool.open_sandbox(slot=f"hand{number}", core=core, settings=sandbox_settings(settings))
    except (SandboxFault, OSError) as fault:
        raise JudgeError(f"the sandbox cannot be opened: {fault}") from fault
    with sandbox:
        yield Bench(settings, sandbox, languages)


def prepare(settings: Settings, languages: Sequence[Language], say: Callable[[str], None]) -> None:
    """See that this host can judge in `languages`, building their images when they are missing. Raises `JudgeError`
    with the command that gets what is missing."""
    sandbox = sandbox_settings(settings)
    try:
        engine = pool.open_engine(sandbox)
        engine.ensure()
        delegation.ensure(engine.account, engine.hierarchy)
        for language in languages:
            for spec in image_specs(language):
                images.ensure(spec, engine, sandbox, say)
    except SandboxFault as fault:
        hint = "" if "jupyter oj" in str(fault) else "; `jupyter oj doctor` says what is missing"
        raise JudgeError(f"this host cannot judge: {fault}{hint}") from fault


def sweep(settings: Settings) -> None:
    """Remove the containers of processes that are gone. What fails now is tried again by whoever opens a sandbox."""
    try:
        containers.sweep(pool.open_engine(sandbox_settings(settings)))
    except SandboxFault as fault:
        log.warning("cannot sweep: %s", fault)


def _task(slug: str, version: str, language: str, files: tuple[SourceFile, ...]) -> JudgementTask:
    return JudgementTask(
        judgement_id="by-hand",
        submission_id="by-hand",
        token="",
        kind=SubmissionKind.SUBMIT,
        problem=slug,
        problem_version=version,
        language=language,
        source="",
        own_input=None,
        user="",
        contest=None,
        attempt=1,
        files=files,
    )
