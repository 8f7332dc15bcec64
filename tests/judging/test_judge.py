"""The route of one submission around a sandbox that is a function: what runs, in which order, what the learner sees."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import by_hand
import pytest
from by_hand import driven, judge_of
from fake_box import Call, FakeSandbox, Program, done, ended

from jupyter_oj_extension.domain.errors import JudgeError, PackageError
from jupyter_oj_extension.domain.judgement import (
    JudgementOutcome,
    JudgementTask,
    RunOutcome,
    SourceFile,
    SubmissionKind,
)
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits, OutputValidator, Problem, StaticTest, TestCase, TestGroup
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders import feedback
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.judge import Judge, Progress, Ran, Started
from jupyter_oj_graders.problem_cache import ProblemCache
from jupyter_oj_sandbox.api import Ending, RunResult, SandboxFault

TASK = replace(by_hand.TASK, source="print(2 * int(input()))\n")
OWN = replace(TASK, kind=SubmissionKind.RUN, own_input="7\n")
SAMPLES = replace(TASK, kind=SubmissionKind.RUN)


def doubles(call: Call) -> RunResult:
    return done(b"%d\n" % (2 * int(call.stdin)))


def checked(program: Program) -> Program:
    """`program`, after a syntax check or a compiler that finds nothing wrong."""

    def run(call: Call) -> RunResult:
        if call.collect:
            return done(collected={name: b"\x7fELF" for name in call.collect})
        return program(call) if call.stdin else done()

    return run


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    def case(group: str, number: int) -> TestCase:
        stem = tmp_path / f"{group}-{number}".replace("/", "-")
        stem.with_suffix(".in").write_text(f"{number}\n")
        stem.with_suffix(".ans").write_text(f"{2 * number}\n")
        return TestCase(f"{group}/{number}", group, stem.with_suffix(".in"), stem.with_suffix(".ans"))

    cases = (case("sample", 1), case("sample", 2), *(case("secret", n) for n in range(3, 7)))
    return Problem("double", "Double", "v1", "Double it.", Limits(cpu_s=2), OutputValidator(), cases)


class Bench:
    """A judge with everything around it, and one judgement driven to its end."""

    def __init__(self, problem: Problem, languages: dict[str, Language], folder: Path, program: Program) -> None:
        self.sandbox = FakeSandbox(program)
        self.executables = ExecutableCache(folder)
        self.judge = judge_of(problem, self.sandbox, languages, self.executables)
        self.progress: list[Progress] = []

    def __call__(self, task: JudgementTask = TASK) -> JudgementOutcome:
        outcome = driven(self.judge.judge(task), self.progress)
        assert self.sandbox.open_boxes == 0
        return outcome

    @property
    def inputs(self) -> list[bytes]:
        return [call.stdin for call in self.sandbox.calls if call.stdin]


@pytest.fixture
def bench(problem: Problem, languages: dict[str, Language], tmp_path: Path) -> Bench:
    return Bench(problem, languages, tmp_path / "cache", checked(doubles))


def test_right_on_every_test(bench: Bench) -> None:
    outcome = bench()
    assert (outcome.verdict, outcome.tests_total, outcome.failing, len(outcome.runs)) == (Verdict.AC, 6, None, 6)
    assert (outcome.cpu_s, outcome.memory_kib) == (0.01, 1000)
    assert bench.inputs == [b"%d\n" % n for n in range(1, 7)]
    assert bench.progress[:2] == [Started("compiling"), Started("judging", 6)]
    assert [step.run.index for step in bench.progress if isinstance(step, Ran)] == [1, 2, 3, 4, 5, 6]


def test_stops_at_the_first_failure_and_names_it(bench: Bench) -> None:
    bench.sandbox.program = checked(lambda call: doubles(call) if call.stdin != b"4\n" else done(b"9\n"))
    outcome = bench()
    assert (outcome.verdict, outcome.failing, len(outcome.runs), outcome.tests_total) == (Verdict.WA, 4, 4, 6)


def test_goes_on_where_the_group_says_so(bench: Bench, problem: Problem, languages: dict[str, Language]) -> None:
    going_on = replace(problem, groups=(TestGroup("secret", on_reject="continue"),))
    program = checked(lambda call: ended(Ending.CPU_LIMIT) if call.stdin == b"4\n" else done(b"no\n"))
    sandbox = FakeSandbox(lambda call: doubles(call) if call.stdin in (b"1\n", b"2\n", b"3\n") else program(call))
    bench.judge = judge_of(going_on, sandbox, languages, bench.executables)
    bench.executables.put("warm", b"")
    outcome = bench(replace(TASK, language="python3"))
    assert [run.verdict for run in outcome.runs] == [Verdict.AC] * 3 + [Verdict.TLE, Verdict.WA, Verdict.WA]
    assert (outcome.verdict, outcome.failing) == (Verdict.TLE, 4)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (done(b"3\n"), Verdict.WA),
        (done(b"2\n", exit_code=1), Verdict.RTE),
        (ended(Ending.SIGNALLED, signal="SIGSEGV"), Verdict.RTE),
        (ended(Ending.CPU_LIMIT), Verdict.TLE),
        (ended(Ending.WALL_LIMIT), Verdict.TLE),
        (ended(Ending.MEMORY_LIMIT), Verdict.MLE),
        (ended(Ending.OUTPUT_LIMIT), Verdict.OLE),
    ],
)
def test_each_way_to_fail(bench: Bench, result: RunResult, expected: Verdict) -> None:
    bench.sandbox.program = checked(lambda call: result)
    outcome = bench()
    assert (outcome.verdict, outcome.failing, len(outcome.runs)) == (expected, 1, 1)
    message = outcome.runs[0].message
    assert message
    assert "\n" not in message


def test_a_hidden_test_never_carries_text(bench: Bench) -> None:
    bench.sandbox.program = checked(
        lambda call: doubles(call) if int(call.stdin) < 5 else done(b"9\n", stderr=b"secret input was 5")
    )
    for run in bench().runs:
        texts = (run.input, run.expected, run.output, run.error)
        assert all(text is not None for text in texts) if run.sample else (*texts, run.message) == (None,) * 5


def test_samples_show_what_happened_cut(bench: Bench) -> None:
    bench.sandbox.program = checked(
        lambda call: done(b"x" * 100_000, stderr=b"y" * 100_000 + b' File "/box/solution.py"', exit_code=1)
    )
    run = bench().runs[0]
    assert (run.input, run.expected) == ("1\n", "2\n")
    assert run.output is not None
    assert run.error is not None
    assert run.output.startswith("xxx")
    assert run.output.endswith("more bytes)")
    assert run.error.endswith(' File "solution.py"')
    assert max(len(run.output), len(run.error)) < feedback.SHOWN_CHARS + 100


def test_a_run_takes_all_samples_and_nothing_hidden(bench: Bench) -> None:
    bench.sandbox.program = checked(lambda call: done(b"1\n"))
    outcome = bench(SAMPLES)
    assert bench.inputs == [b"1\n", b"2\n"]
    assert (outcome.verdict, outcome.failing, outcome.tests_total) == (Verdict.WA, 1, 2)
    assert all(run.sample and run.expected for run in outcome.runs)


def test_own_input_is_run_and_compared_with_nothing(bench: Bench) -> None:
    outcome = bench(OWN)
    (run,) = outcome.runs
    assert (outcome.verdict, outcome.message, run.sample, run.group) == (
        Verdict.AC,
        feedback.NOT_COMPARED,
        False,
        "own",
    )
    assert (run.input, run.expected, run.output) == ("7\n", None, "14\n")


def test_own_input_can_crash(bench: Bench) -> None:
    bench.sandbox.program = checked(lambda call: done(stderr=b"boom", exit_code=1))
    outcome = bench(OWN)
    assert (outcome.verdict, outcome.message, outcome.runs[0].error) == (Verdict.RTE, None, "boom")


def test_odd_bytes_in_an_output_can_be_stored(bench: Bench) -> None:
    bench.sandbox.program = checked(lambda call: done(b"\0\xff\xfe 2\n"))
    output = bench().runs[0].output
    assert output is not None
    assert "\0" not in output
    output.encode()


def test_limits_are_the_problems_by_the_languages_factors(
    problem: Problem, languages: dict[str, Language], tmp_path: Path
) -> None:
    slow = replace(languages["python3"], time_factor=3.0, time_extra_s=0.5, memory_extra_mib=32)
    bench = Bench(problem, {"python3": slow}, tmp_path / "cache", checked(doubles))
    bench()
    limits = bench.sandbox.calls[-1].limits
    zone_s = 0.25 * 6.5  # a run that is a little late comes to its end, to be looked at again
    assert (limits.cpu_s, limits.wall_s, limits.memory_mib) == (6.5 + zone_s, 14.0, 256 + 32)


SYNTAX_ERROR = done(
    stderr=b'  File "/box/solution.py", line 3\n    f(:\n      ^\nSyntaxError: invalid syntax', exit_code=1
)


def unreadable(call: Call) -> RunResult:
    """A source with a syntax error, run or checked."""
    return SYNTAX_ERROR


def checks(bench: Bench) -> list[Call]:
    """The syntax checks that were made."""
    return [call for call in bench.sandbox.calls if not call.stdin]


def runs_seen(bench: Bench) -> list[Ran]:
    return [step for step in bench.progress if isinstance(step, Ran)]


def test_a_syntax_error_is_ce_and_no_run_is_told_of(bench: Bench) -> None:
    bench.sandbox.program = unreadable
    outcome = bench()
    assert (outcome.verdict, outcome.runs, outcome.failing, outcome.tests_total) == (Verdict.CE, (), None, 6)
    assert outcome.compiler_output == SYNTAX_ERROR.stderr.decode().replace("/box/", "")
    assert (bench.inputs, len(checks(bench)), runs_seen(bench)) == ([b"1\n"], 1, [])


def test_a_good_first_run_needs_no_syntax_check(bench: Bench) -> None:
    assert bench().verdict is Verdict.AC
    bench.sandbox.program = lambda call: done(b"", exit_code=1)  # what is known to be right is not looked at again
    assert bench().verdict is Verdict.RTE
    assert checks(bench) == []


def test_a_first_run_that_fails_is_looked_into_once(bench: Bench) -> None:
    bench.sandbox.program = checked(lambda call: ended(Ending.SIGNALLED, signal="SIGSEGV"))
    for _ in range(2):
        outcome = bench()
        assert (outcome.verdict, outcome.failing, len(outcome.runs)) == (Verdict.RTE, 1, 1)
    assert len(checks(bench)) == 1
    (check,) = checks(bench)
    assert check.files == bench.sandbox.calls[0].files


@pytest.mark.parametrize("ending", [Ending.CPU_LIMIT, Ending.WALL_LIMIT, Ending.MEMORY_LIMIT, Ending.OUTPUT_LIMIT])
def test_a_syntax_check_that_meets_a_limit_leaves_the_verdict_to_the_run(bench: Bench, ending: Ending) -> None:
    bench.sandbox.program = lambda call: ended(Ending.CPU_LIMIT) if call.stdin else ended(ending)
    assert bench().verdict is Verdict.TLE
    bench.sandbox.program = checked(lambda call: ended(Ending.CPU_LIMIT))
    assert bench().verdict is Verdict.TLE
    assert len(checks(bench)) == 2, "nothing was found out the first time"


@pytest.mark.parametrize("end", [done(exit_code=1), ended(Ending.SIGNALLED, signal="SIGSEGV")])
def test_a_syntax_check_that_breaks_down_is_ce(bench: Bench, end: RunResult) -> None:
    bench.sandbox.program = lambda call: end
    outcome = bench()
    assert (outcome.verdict, runs_seen(bench)) == (Verdict.CE, [])
    assert outcome.compiler_output


@pytest.mark.parametrize("task", [SAMPLES, OWN])
def test_runs_that_do_not_count_tell_a_syntax_error_too(bench: Bench, task: JudgementTask) -> None:
    bench.sandbox.program = unreadable
    assert (bench(task).verdict, runs_seen(bench)) == (Verdict.CE, [])


@pytest.mark.parametrize(
    "task",
    [
        replace(TASK, language="bash"),  # runs what stands before the error
        replace(TASK, source="", files=(SourceFile("solution.py", b"import other"), SourceFile("other.py", b"f(:"))),
    ],
)
def test_what_is_not_read_whole_by_a_run_is_checked_before(bench: Bench, task: JudgementTask) -> None:
    bench.sandbox.program = unreadable
    assert bench(task).verdict is Verdict.CE
    assert (bench.inputs, len(checks(bench))) == ([], 1)
    assert bench.progress == [Started("compiling")]


@pytest.mark.parametrize("other", [{"type": "interactive"}, {"static_tests": (StaticTest("static", "secret"),)}])
def test_a_source_that_a_program_of_the_jurys_meets_is_checked_before(
    problem: Problem, languages: dict[str, Language], tmp_path: Path, other: dict[str, Any]
) -> None:
    bench = Bench(replace(problem, **other), languages, tmp_path / "cache", unreadable)
    assert bench().verdict is Verdict.CE
    assert (bench.inputs, len(checks(bench))) == ([], 1)


def test_only_the_artefact_is_carried_over(bench: Bench) -> None:
    outcome = bench(replace(TASK, language="cpp", source="int main() {}"))
    assert outcome.verdict is Verdict.AC
    compiler, run = bench.sandbox.calls[0], bench.sandbox.calls[-1]
    assert (compiler.image, [file.name for file in compiler.files]) == ("oj-cpp-compile", ["solution.cpp"])
    assert "/box/solution.cpp" in compiler.argv
    assert "/scratch/solution" in compiler.argv
    assert (run.image, run.argv) == ("oj-cpp-run", ("/box/solution",))
    assert [(file.name, file.content, file.executable) for file in run.files] == [("solution", b"\x7fELF", True)]


def test_an_answer_never_enters_the_sandbox(bench: Bench, problem: Problem) -> None:
    answers = {case.answer.read_bytes() for case in problem.cases}
    bench()
    for call in bench.sandbox.calls:
        given = (call.stdin, *(file.content for file in call.files), *(part.encode() for part in call.argv))
        assert not answers & set(given) - {case.input.read_bytes() for case in problem.cases}


def test_the_same_source_is_compiled_once(bench: Bench) -> None:
    task = replace(TASK, language="cpp", source="int main() {}")
    bench(task)
    bench(task)
    bench(replace(task, source="int main() { }"))
    assert sum(1 for call in bench.sandbox.calls if call.collect) == 2


def test_ce_is_not_kept(bench: Bench) -> None:
    bench.sandbox.program = lambda call: done(stderr=b"no", exit_code=1)
    assert bench().verdict is Verdict.CE
    bench.sandbox.program = checked(doubles)
    assert bench().verdict is Verdict.AC


@pytest.mark.parametrize(
    "result",
    [
        ended(Ending.WALL_LIMIT),
        ended(Ending.CPU_LIMIT),
        ended(Ending.MEMORY_LIMIT),
        ended(Ending.OUTPUT_LIMIT),
        ended(Ending.SIGNALLED, signal="SIGSEGV"),
        done(exit_code=1),
        done(),  # ended well and made nothing
    ],
)
def test_whatever_the_compiler_cannot_do_is_ce_with_a_reason(bench: Bench, result: RunResult) -> None:
    bench.sandbox.program = lambda call: result
    outcome = bench(replace(TASK, language="cpp"))
    assert outcome.verdict is Verdict.CE
    assert outcome.compiler_output


def fault(call: Call) -> RunResult:
    raise SandboxFault("the runner went away")


@pytest.mark.parametrize("task", [TASK, OWN, replace(TASK, language="cpp")])
def test_a_fault_of_the_sandbox_is_ours(bench: Bench, task: JudgementTask) -> None:
    bench.sandbox.program = fault
    with pytest.raises(JudgeError, match="the runner went away"):
        bench(task)
    assert bench.sandbox.open_boxes == 0


def test_a_missing_answer_is_ours(bench: Bench, problem: Problem) -> None:
    problem.cases[1].answer.unlink()
    with pytest.raises(JudgeError):
        bench()


def test_a_wrong_flag_is_ours(bench: Bench, problem: Problem, languages: dict[str, Language], tmp_path: Path) -> None:
    wrong = replace(problem, validator=OutputValidator("tokens", ("float_tolerance",)))
    with pytest.raises(JudgeError):
        Bench(wrong, languages, tmp_path / "c", checked(doubles))()


def test_an_unreadable_package_or_unknown_language_is_ours(bench: Bench, languages: dict[str, Language]) -> None:
    with pytest.raises(JudgeError):
        bench(replace(TASK, language="cobol"))

    def unreadable(slug: str, version: str) -> Problem:
        raise PackageError("problem.yaml: no such file")

    bench.judge = Judge(
        sandbox=bench.sandbox,
        languages=languages,
        problems=ProblemCache(unreadable),
        executables=bench.executables,
    )
    with pytest.raises(JudgeError):
        bench()


def test_closed_in_the_middle_it_leaves_its_box(bench: Bench) -> None:
    steps = bench.judge.judge(TASK)
    run: RunOutcome | None = None
    while run is None:
        step = next(steps)
        run = step.run if isinstance(step, Ran) else None
    assert bench.sandbox.open_boxes == 1
    steps.close()
    assert bench.sandbox.open_boxes == 0
