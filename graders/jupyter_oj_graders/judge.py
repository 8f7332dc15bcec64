"""The whole route of one submission: compile, then for each test execute, check, verdict; then grade.

`Judge.judge` is a generator: it yields progress as it goes and returns the `JudgementOutcome`. Who drives it may stop
it between two steps by closing it (the lease was lost). It knows no queue and no database.

Whose fault: everything the learner's program does ends up in the outcome. Whatever is ours (the sandbox, the disk, the
problem's files) is raised as `JudgeError`, and no verdict is made of it.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from jupyter_oj_extension.domain.errors import JudgeError, OJError
from jupyter_oj_extension.domain.judgement import JudgementOutcome, JudgementTask, RunOutcome, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem, StaticTest, TestCase
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders import compiling, feedback, syntax
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.course import Course
from jupyter_oj_graders.evaluations import Tools, Whole, evaluation, submit_answer
from jupyter_oj_graders.evaluations.base import OwnInput, Test
from jupyter_oj_graders.executables import Executable, ExecutableCache
from jupyter_oj_graders.execute import Doubt, run_limits
from jupyter_oj_graders.functions import Harnessed, harnessed
from jupyter_oj_graders.grading import Grader, case_score, grade, parent_in, plain_grade
from jupyter_oj_graders.included import included
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_graders.quiet import Quiet
from jupyter_oj_graders.tracing import Tracer
from jupyter_oj_graders.validators.own_grader import own_grader
from jupyter_oj_graders.verdicts import verdict
from jupyter_oj_sandbox.api import Sandbox, SandboxFault


@dataclass(frozen=True, slots=True)
class Started:
    """A phase begins: ``compiling``, or ``judging`` with the number of tests there are."""

    phase: str
    tests_total: int | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """One test is judged."""

    run: RunOutcome
    tests_total: int


@dataclass(frozen=True, slots=True)
class Manner:
    """How far a judgement goes, and what it tells. The default is a learner's; the rest is for staff who judge by hand.

    `open_tests`: the outcome holds the texts of hidden tests too, and what a validator says to the jury.
    `past`: verdicts of a test that never end the judgement early. `conversations`: what both sides of an interactive
    problem say on hidden tests is written down, which costs each message a detour.
    """

    open_tests: bool = False
    past: frozenset[Verdict] = frozenset()
    conversations: bool = False


LEARNERS = Manner()
Progress = Started | Ran
Judging = Generator[Progress, None, JudgementOutcome]


class Judge:
    """Judges for one slot. Keeps nothing of a submission after it but the caches."""

    def __init__(
        self,
        *,
        sandbox: Sandbox,
        languages: Mapping[str, Language],
        problems: ProblemCache,
        executables: ExecutableCache,
        quiet: Quiet | None = None,
    ) -> None:
        self._sandbox = sandbox
        self._languages = languages
        self._problems = problems
        self._executables = executables
        self._quiet = quiet or Quiet()

    def judge(self, task: JudgementTask, manner: Manner = LEARNERS) -> Judging:
        """Judge one task. Raises `JudgeError` for every fault that is ours; the task can then be judged again."""
        try:
            return (yield from self._judge(task, manner))
        except SandboxFault as fault:
            raise JudgeError(f"the sandbox failed: {fault}") from fault
        except OSError as error:
            raise JudgeError(f"the grader's system failed: {error}") from error
        except OJError as error:
            raise JudgeError(error.detail) from error

    def _judge(self, task: JudgementTask, manner: Manner) -> Judging:
        language = self._languages.get(task.language)
        if language is None:
            raise JudgeError(f"this grader has no language {task.language!r}")
        problem = self._problems.problem(task.problem, task.problem_version)
        tests = _tests(problem, task)

        yield Started("compiling")
        begun = time.monotonic()
        built_of = Harnessed(task.sources, (task.entry_point or None) if task.files[1:] else None)
        if "submit-answer" in problem.types:
            program: Executable | compiling.CompileError = submit_answer.as_submitted(task.sources)
        else:
            if problem.function is not None:
                built_of = harnessed(problem.function.signature, language, task.sources)
            program = compiling.build(
                self._sandbox,
                self._executables,
                language,
                built_of.files,
                problem.limits,
                beside=included(problem, language.id),
                entry=built_of.entry,
                check_may_wait=_runs_first(problem),
            )
        built = time.monotonic()
        if isinstance(program, compiling.CompileError):
            return _not_compiled(program, len(tests), built - begun)

        yield Started("judging", len(tests))
        limits = run_limits(problem.limits, language)
        doubt = Doubt(self._quiet)
        tools = Tools(
            self._sandbox,
            self._languages,
            self._problems,
            self._executables,
            language,
            limits,
            doubt,
            conversations=manner.conversations,
        )
        tracer = Tracer(problem, tools, task.sources, built_of)
        runs: list[RunOutcome] = []
        counts = task.kind is SubmissionKind.SUBMIT
        with (
            evaluation(problem, program, tools, task.sources) as trying,
            own_grader(problem, tools) if counts else nullcontext() as grader,
        ):
            course = Course(problem, past=manner.past, grader=grader) if counts else None
            for index, test in enumerate(tests, start=1):
                if course is not None and not course.wants(test.group):
                    continue
                try:
                    run = _run(problem, tools, task, trying, tracer, index, test, manner)
                except syntax.Unreadable as source:
                    return _not_compiled(source.error, len(tests), time.monotonic() - begun)
                runs.append(run)
                yield Ran(run, len(tests))
                if course is not None:
                    course.ran(run)
            outcome = _outcome(problem, task, runs, len(tests), grader)
        if (located := tracer.located()) is not None:
            told = tuple(located if run.index == located.index else run for run in outcome.runs)
            outcome = replace(outcome, runs=told)
        return replace(outcome, compile_s=built - begun, run_s=time.monotonic() - built)


def _runs_first(problem: Problem) -> bool:
    """Whether nothing of the jury's meets a submission before its first run, and that is a run to its end."""
    return problem.types <= {"pass-fail", "scoring"} and not problem.static_tests


def _not_compiled(error: compiling.CompileError, tests_total: int, compile_s: float) -> JudgementOutcome:
    return JudgementOutcome(
        verdict=Verdict.CE, runs=(), tests_total=tests_total, compiler_output=error.output, compile_s=compile_s
    )


def _run(
    problem: Problem,
    tools: Tools,
    task: JudgementTask,
    trying: Whole,
    tracer: Tracer,
    index: int,
    test: Test | StaticTest,
    manner: Manner,
) -> RunOutcome:
    tried = trying.try_on(test)
    result = tried.result
    given = verdict(result, tried.check)
    # A static validator saw the submission and no test: what it says can give nothing away.
    static = isinstance(test, StaticTest)
    shown = static or (isinstance(test, TestCase) and test.full_feedback and given is not Verdict.AC)
    outcome = RunOutcome(
        index=index,
        case=test.name,
        group=test.group,
        sample=test.is_sample,
        verdict=given,
        cpu_s=result.cpu_s,
        wall_s=result.wall_s,
        memory_kib=result.memory_kib,
        exit_code=result.exit_code,
        signal=result.signal,
        score=_score(problem, test, given, tried.check),
        shown=shown,
        hint=test.hint or None if not isinstance(test, OwnInput) and given is not Verdict.AC else None,
        conversation=tried.conversation,
        judge_message=tried.check.judge_message if tried.check is not None else None,
    )
    if "submit-answer" not in problem.types:
        outcome = feedback.failure(outcome, result, tools.language, task.sources)
    if static:
        outcome = replace(outcome, message=tried.check.message if tried.check is not None else None)
    elif test.is_sample or tried.answer is None or manner.open_tests or shown:
        outcome = feedback.open_run(
            outcome, result, tried.check, stdin=tried.stdin, answer=tried.answer, limits=tools.limits
        )
    if manner.open_tests and outcome.judge_message:
        said = (outcome.message, outcome.judge_message)
        outcome = replace(outcome, message="\n".join(part for part in said if part))
    if not isinstance(test, StaticTest):
        tracer.saw(outcome, result, test)
    return outcome


def _score(problem: Problem, test: Test | StaticTest, given: Verdict, check: CheckResult | None) -> float | None:
    if not problem.scored or isinstance(test, OwnInput):
        return None
    groups = {group.name: group for group in problem.groups}
    home = parent_in(groups, test.group)
    # What is said of a test whose points count nowhere is passed over (2025-09, "Samples for judging").
    if home is None or not groups[home].counts:
        return None
    group = replace(groups[home], case_score=test.score) if isinstance(test, StaticTest) else groups[home]
    return case_score(group, given, check)


def _tests(problem: Problem, task: JudgementTask) -> Sequence[Test | StaticTest]:
    if task.own_input is not None:
        return (OwnInput(task.own_input.encode("utf-8", "replace")),)
    tests: Sequence[Test | StaticTest] = problem.tests if task.kind is SubmissionKind.SUBMIT else problem.samples
    if not tests:
        raise JudgeError(f"problem {problem.slug} has no tests to judge {task.kind} on")
    return tests


def _outcome(
    problem: Problem, task: JudgementTask, runs: Sequence[RunOutcome], tests_total: int, grader: Grader | None
) -> JudgementOutcome:
    counts = task.kind is SubmissionKind.SUBMIT
    folded = grade(problem, runs, grader) if counts else plain_grade(runs)
    return JudgementOutcome(
        verdict=folded.verdict,
        runs=tuple(runs),
        tests_total=tests_total,
        score=folded.score,
        max_score=problem.max_score if counts else None,
        groups=folded.groups,
        failing=folded.failing,
        cpu_s=folded.cpu_s,
        memory_kib=folded.memory_kib,
        message=feedback.NOT_COMPARED if task.own_input is not None and folded.verdict is Verdict.AC else None,
    )
