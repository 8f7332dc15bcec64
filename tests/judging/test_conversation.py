"""Two programs that talk: nothing is left behind, each end is seen, and whose fault it is."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from by_hand import judged

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import JudgementOutcome, Speaker, Spoken, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import OutputValidator
from jupyter_oj_graders.evaluations.relay import SHOWN_BYTES, SHOWN_PARTS, Transcript
from jupyter_oj_graders.judge import Manner
from jupyter_oj_sandbox.api import Sandbox
from jupyter_oj_sandbox.pool import PodmanSandbox

pytestmark = [pytest.mark.podman, pytest.mark.long]

GUESS = Path(__file__).parent / "packages" / "guess"
Try = Callable[..., JudgementOutcome]


def _descriptors() -> set[str]:
    """Pipes that this process holds."""
    found = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            continue
        if target.startswith("pipe:"):
            found.add(target)
    return found


@pytest.fixture
def talk(real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path) -> Try:
    """``talk(interactor, program)``: both in Python, on the secret tests of ``guess`` with short limits.
    Afterwards no pipe and no thread is left."""

    def run(interactor: str, program: str, manner: Manner | None = None, **limits: float) -> JudgementOutcome:
        path = tmp_path / "interactor.py"
        path.write_text(interactor)
        problem = packages.read(GUESS)
        settings = {"cpu_s": 0.3, "validation_s": 0.5, "validation_memory_mib": 64} | limits
        problem = replace(
            problem,
            validator=OutputValidator("custom", (), path),
            cases=tuple(case for case in problem.cases if not case.is_sample)[:1],
            limits=replace(problem.limits, **settings),  # type: ignore[arg-type]
        )
        pipes, threads = _descriptors(), threading.active_count()
        try:
            return judged(problem, "python3", program, real_sandbox, languages, manner=manner)
        finally:
            assert _descriptors() == pipes
            assert threading.active_count() <= threads + 1  # the pool's own, when it removes a container

    return run


FINE = "import sys\nsys.stdin.read()\nsys.exit(42)\n"


@pytest.mark.parametrize(
    ("interactor", "program", "told"),
    [
        ("raise ValueError('a bug')", "input()", "exit code 1"),
        ("import sys; sys.exit(0)", "input()", "exit code 0"),
        ("import os; os.kill(os.getpid(), 11)", "input()", "SIGSEGV"),
        ("import sys; sys.stdin.read(); sys.exit(1)", "print(1)", "exit code 1"),
        ("while True: pass", "input()", "did not come to an end"),
        ("import sys\nsys.stdin.read()\nwhile True: pass", "print(1)", "did not come to an end"),
        ("x = bytearray(1 << 30)", "input()", "more memory"),
        ("import sys\nopen(sys.argv[3] + 'judgemessage.txt', 'wb').write(b'x' * (40 << 20))", "input()", ""),
    ],
    ids=["raises", "exits-0", "crashes", "fails-at-the-end", "hangs", "hangs-at-the-end", "hoards", "fills-its-folder"],
)
def test_a_broken_interactor_is_our_fault(talk: Try, interactor: str, program: str, told: str) -> None:
    with pytest.raises(JudgeError, match=r"the interactor of problem guess, on test secret/1,") as error:
        talk(interactor, program)
    assert told in error.value.detail


def test_an_interactor_that_floods_a_sleeper_waits_in_its_pipe(talk: Try) -> None:
    flood = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
    outcome = talk(flood, "import time; time.sleep(100)")
    assert outcome.verdict == "TLE"


def test_an_interactor_that_floods_who_leaves_dies_of_it(talk: Try) -> None:
    flood = (
        "import signal, sys\nsignal.signal(signal.SIGPIPE, signal.SIG_DFL)\nwhile True: sys.stdout.write('x' * 65536)"
    )
    assert talk(flood, "pass").verdict == "WA"
    assert talk(flood, "raise SystemExit(1)").verdict == "RTE"


@pytest.mark.parametrize("staff", [False, True], ids=["learners", "with-a-transcript"])
def test_whether_a_program_hears_the_last_word_changes_nothing(talk: Try, staff: bool) -> None:
    """The program has ended long before the interactor says it, in a language that is deaf to SIGPIPE."""
    manner = Manner(open_tests=True, conversations=True) if staff else None
    late = (
        "import sys, time\nx = input()\ntime.sleep(0.3)\n"
        "print('correct' * {}, flush=True)\nsys.exit(42 if x == '7' else 43)\n"
    )
    for length in (1, 200_000):  # more than a pipe holds
        assert talk(late.format(length), "print(7)", manner).verdict == "AC"
        assert talk(late.format(length), "print(8)", manner).verdict == "WA"
        assert talk(late.format(length), "print(7)\nraise SystemExit(1)", manner).verdict == "RTE"


def test_an_interactor_that_dies_of_a_broken_pipe_in_its_own_way_is_no_fault(talk: Try) -> None:
    assert talk("import sys\nwhile True: sys.stdout.write('x' * 65536)", "pass").verdict == "WA"


def test_an_interactor_that_closed_its_output_hears_the_end(talk: Try) -> None:
    closes = "import os, sys\nos.close(1)\nsys.exit(42 if sys.stdin.read() == '7\\n' else 43)\n"
    assert talk(closes, "import time\ntime.sleep(1.3)\nprint(7)", cpu_s=1.0).verdict == "AC"


def test_a_program_that_takes_no_answer_of_a_flood_fills_no_memory(talk: Try) -> None:
    flood = "import sys\nwhile sys.stdin.buffer.read(65536): pass\nsys.exit(42)"
    outcome = talk(flood, "import sys\nwhile True: sys.stdout.write('x' * 65536)")
    assert outcome.verdict == "OLE"
    assert outcome.runs[0].memory_kib < 64 << 10


def test_an_output_just_at_its_limit_is_within_it(talk: Try) -> None:
    assert talk(FINE, f"import sys\nsys.stdout.write('x' * {1 << 20})").verdict == "AC"
    assert talk(FINE, f"import sys\nsys.stdout.write('x' * {(1 << 20) + 1})").verdict == "OLE"


def test_an_interactor_may_close_its_output_and_go_on_listening(talk: Try) -> None:
    """Its program reads to the end of file, answers and goes; the interactor lives on to hear it."""
    asks = (
        "import os, sys\nprint('1 2 3', flush=True)\nos.close(1)\n"
        "sys.exit(42 if sys.stdin.read().strip() == '6' else 43)"
    )
    assert talk(asks, "import sys\nprint(sum(map(int, sys.stdin.read().split())))").verdict == "AC"


def test_an_interactor_that_stops_listening_is_noticed(talk: Try) -> None:
    deaf = "import os, sys, time\nos.close(0)\ntime.sleep(100)"
    outcome = talk(deaf, "import sys\nwhile True: sys.stdout.write('x' * 65536)", cpu_s=2.0)
    assert (outcome.verdict, outcome.runs[0].signal) == ("RTE", None)  # Python turns SIGPIPE into an exception


def test_what_was_said_on_a_sample_is_shown(real_sandbox: Sandbox, languages: dict[str, Language]) -> None:
    problem = packages.read(GUESS)
    source = (GUESS / "submissions" / "wrong_answer" / "zero_bytes.py").read_text()
    outcome = judged(problem, "python3", source, real_sandbox, languages, kind=SubmissionKind.RUN)
    run = outcome.runs[0]
    assert (outcome.verdict, run.message) == ("WA", "That was no guess.")
    assert (run.input, run.expected) == ("", "")
    assert "731" not in str(outcome)
    assert run.output is not None
    assert run.output.startswith("\N{SYMBOL FOR NULL}")


def test_both_sides_of_a_sample_are_told_in_order(real_sandbox: Sandbox, languages: dict[str, Language]) -> None:
    problem = packages.read(GUESS)
    source = (GUESS / "submissions" / "accepted" / "binary.py").read_text()
    outcome = judged(problem, "python3", source, real_sandbox, languages)
    sample, *hidden = outcome.runs
    said = [(part.who.value, part.text) for part in sample.conversation]
    assert outcome.verdict == "AC"
    assert said[:3] == [("program", "500\n"), ("interactor", "lower\n"), ("program", "250\n")]
    assert said[-1] == ("interactor", "correct\n")
    assert [who for who, _ in said] == ["program", "interactor"] * (len(said) // 2)
    assert hidden
    assert [run.conversation for run in hidden] == [()] * len(hidden)


def test_a_conversation_of_two_passes_tells_where_the_second_begins(
    real_sandbox: Sandbox, languages: dict[str, Language]
) -> None:
    source = (GUESS.parent / "talk-twice" / "submissions" / "accepted" / "twice.py").read_text()
    outcome = judged(packages.read(GUESS.parent / "talk-twice"), "python3", source, real_sandbox, languages)
    notes = [part.text for part in outcome.runs[0].conversation if part.who == "note"]
    assert (outcome.verdict, notes) == ("AC", ["The next pass"])


SAME = sorted(
    path
    for path in (GUESS / "submissions").glob("*/*.py")
    if path.parent.name not in ("memory_limit_exceeded", "time_limit_exceeded")
)


@pytest.mark.parametrize("source", SAME, ids=lambda path: path.stem)
def test_listening_changes_no_verdict(source: Path, real_sandbox: Sandbox, languages: dict[str, Language]) -> None:
    problem = packages.read(GUESS)
    problem = replace(
        problem,
        cases=tuple(case for case in problem.cases if not case.is_sample)[:1],
        limits=replace(problem.limits, cpu_s=0.4),
    )
    plain, listened = (
        judged(problem, "python3", source.read_text(), real_sandbox, languages, manner=Manner(conversations=heard))
        for heard in (False, True)
    )
    assert plain.runs[0].conversation == ()
    assert (listened.verdict, listened.runs[0].exit_code, listened.runs[0].signal) == (
        plain.verdict, plain.runs[0].exit_code, plain.runs[0].signal,
    )  # fmt: skip


def test_an_interactor_that_is_listened_to_may_close_its_output_and_hear_an_answer(talk: Try) -> None:
    asks = (
        "import os, sys\nprint('1 2 3', flush=True)\nos.close(1)\n"
        "sys.exit(42 if sys.stdin.read().strip() == '6' else 43)"
    )
    adds = "import sys\nprint(sum(map(int, sys.stdin.read().split())))"
    outcome = talk(asks, adds, manner=Manner(conversations=True))
    assert outcome.verdict == "AC"
    assert [(part.who.value, part.text) for part in outcome.runs[0].conversation] == [
        ("interactor", "1 2 3\n"), ("program", "6\n"),
    ]  # fmt: skip


def test_a_flood_that_is_listened_to_waits_in_its_pipe_and_is_cut(talk: Try) -> None:
    flood = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
    outcome = talk(flood, "import time; time.sleep(100)", manner=Manner(conversations=True))
    heard, cut = outcome.runs[0].conversation
    assert (outcome.verdict, len(heard.text), cut.who) == ("TLE", SHOWN_BYTES, "note")


def test_a_transcript_is_bounded_however_often_they_speak() -> None:
    transcript = Transcript()
    for _ in range(10 * SHOWN_PARTS):
        transcript.heard(Speaker.PROGRAM, b"?")
        transcript.heard(Speaker.INTERACTOR, b"!")
    parts = transcript.spoken()
    assert len(parts) == SHOWN_PARTS + 1
    assert (parts[-2].text, parts[-1].who) == ("!", Speaker.NOTE)


def test_what_one_side_says_in_pieces_is_one_part() -> None:
    transcript = Transcript()
    transcript.next_pass()
    for piece in (b"caf", b"\xc3", b"\xa9"):
        transcript.heard(Speaker.PROGRAM, piece)
    assert transcript.spoken() == (Spoken(Speaker.PROGRAM, "caf\u00e9"),)


def test_on_their_own_input_the_learner_speaks_for_the_interactor(
    real_sandbox: Sandbox, languages: dict[str, Language]
) -> None:
    problem = packages.read(GUESS)
    source = (GUESS / "submissions" / "accepted" / "binary.py").read_text()
    run = partial(judged, problem, "python3", source, real_sandbox, languages, kind=SubmissionKind.RUN)
    outcome = run(own_input="higher\ncorrect\n")
    assert (outcome.verdict, outcome.runs[0].output) == ("AC", "500\n750\n")


@pytest.mark.parametrize("who", ["learner", "jury"])
def test_a_sandbox_that_dies_takes_the_other_along(
    who: str, real_sandbox: PodmanSandbox, talk: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The runner of one of two containers is killed while they talk: a JE, and the other box is free again."""
    original = real_sandbox.box

    def kill(pid: int) -> None:
        with suppress(ProcessLookupError):  # a box of the same container before this one has done it
            os.kill(pid, 9)

    def box(*args: object, **named: object) -> object:
        made = original(*args, **named)  # type: ignore[arg-type]
        if (str(named.get("role")) == "jury") == (who == "jury"):
            threading.Timer(0.7, kill, (made.container.pid,)).start()
        return made

    monkeypatch.setattr(real_sandbox, "box", box)
    with pytest.raises(JudgeError, match="the sandbox failed"):
        talk(FINE, "import time; time.sleep(100)", cpu_s=5.0)
    monkeypatch.undo()
    assert talk(FINE, "print(1)").verdict == "AC"


def test_one_verdict_however_often(talk: Try) -> None:
    """Who ended first is known, not guessed: an exit code beside a rejection, again and again."""
    rejects = "import sys\nsys.stdin.readline()\nsys.exit(43)"
    ends = "print(1, flush=True)\ninput()"
    crashes = "raise SystemExit(5)"
    assert {talk(rejects, ends).verdict for _ in range(8)} == {"WA"}
    assert {talk(rejects, crashes).verdict for _ in range(8)} == {"RTE"}
