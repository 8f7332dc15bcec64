"""The table of who decides a conversation, and what a validator's run means."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_box import done, ended

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_graders.evaluations.interactive_rules import Decision, Party, decide
from jupyter_oj_graders.validators.program import Dialect
from jupyter_oj_graders.validators.said import Rules, said
from jupyter_oj_sandbox.api import Ending, RunResult

TEAM, JURY = Party.TEAM, Party.JURY
OK, CODE_1, CODE_42, CODE_43 = done(), done(exit_code=1), done(exit_code=42), done(exit_code=43)
SEGV, PIPE = ended(Ending.SIGNALLED, signal="SIGSEGV"), ended(Ending.SIGNALLED, signal="SIGPIPE")
CPU, WALL, MEMORY = ended(Ending.CPU_LIMIT), ended(Ending.WALL_LIMIT), ended(Ending.MEMORY_LIMIT)
OUTPUT, STOPPED = ended(Ending.OUTPUT_LIMIT), ended(Ending.STOPPED)
PROGRAM, INTERACTOR = Decision.PROGRAM, Decision.INTERACTOR
LEFT_EARLY, FAULT = Decision.LEFT_EARLY, Decision.FAULT

TABLE = [
    # team, jury, first, decision
    (OK, CODE_42, TEAM, INTERACTOR),
    (OK, CODE_42, JURY, INTERACTOR),
    (OK, CODE_43, TEAM, INTERACTOR),
    (OK, CODE_43, JURY, INTERACTOR),
    # rejected first: nothing that the program does after it counts
    (PIPE, CODE_43, JURY, INTERACTOR),
    (CODE_1, CODE_43, JURY, INTERACTOR),
    (STOPPED, CODE_43, JURY, INTERACTOR),
    (CPU, CODE_43, JURY, INTERACTOR),
    (OUTPUT, CODE_43, JURY, INTERACTOR),
    # failed first: the interactor only saw the end of it
    (CODE_1, CODE_43, TEAM, PROGRAM),
    (SEGV, CODE_43, TEAM, PROGRAM),
    (CPU, CODE_43, TEAM, PROGRAM),
    (WALL, CODE_43, TEAM, PROGRAM),
    (MEMORY, CODE_43, TEAM, PROGRAM),
    (OUTPUT, CODE_43, TEAM, PROGRAM),
    # accepted, and yet the program fails
    (PIPE, CODE_42, JURY, PROGRAM),
    (CODE_1, CODE_42, JURY, PROGRAM),
    (SEGV, CODE_42, TEAM, PROGRAM),
    (WALL, CODE_42, JURY, PROGRAM),
    # an interactor that fails by itself
    (PIPE, CODE_1, JURY, FAULT),
    (STOPPED, SEGV, JURY, FAULT),
    (OK, done(exit_code=0), TEAM, FAULT),
    (OK, CODE_1, TEAM, FAULT),
    (OK, SEGV, TEAM, FAULT),
    (OK, CPU, TEAM, FAULT),
    (OK, WALL, TEAM, FAULT),
    (STOPPED, MEMORY, JURY, FAULT),
    # ... and one that the program's end took along
    (OK, PIPE, TEAM, LEFT_EARLY),
    (OK, replace(CODE_1, stderr=b"BrokenPipeError: [Errno 32] Broken pipe"), TEAM, LEFT_EARLY),
    (OK, replace(CODE_1, stderr=b"Error: write EPIPE"), TEAM, LEFT_EARLY),
    (PIPE, replace(CODE_1, stderr=b"Broken pipe"), JURY, FAULT),
    (CODE_1, PIPE, TEAM, PROGRAM),
    (SEGV, CODE_1, TEAM, PROGRAM),
    (CPU, STOPPED, TEAM, PROGRAM),
    (WALL, CODE_1, TEAM, PROGRAM),
    (PIPE, PIPE, JURY, FAULT),
    # the program waited until its time was up, for an interactor that never ends
    (WALL, CPU, TEAM, FAULT),
    (WALL, WALL, TEAM, FAULT),
    (CPU, CPU, TEAM, PROGRAM),
]


@pytest.mark.parametrize(("team", "jury", "first", "decision"), TABLE)
def test_who_decides(team: RunResult, jury: RunResult, first: Party, decision: Decision) -> None:
    assert decide(team, jury, first) is decision


def test_testlibs_codes_are_judgements_too() -> None:
    assert decide(OK, CODE_1, TEAM, Dialect.TESTLIB) is INTERACTOR
    assert decide(PIPE, done(exit_code=2), JURY, Dialect.TESTLIB) is INTERACTOR
    assert decide(OK, done(exit_code=3), TEAM, Dialect.TESTLIB) is FAULT


def with_files(exit_code: int, **files: bytes) -> RunResult:
    return done(exit_code=exit_code, collected={name.replace("_txt", ".txt"): text for name, text in files.items()})


def test_a_judgement_with_words() -> None:
    result = with_files(43, judgemessage_txt=b"they said 3\n", teammessage_txt=b"No.\xff\x07")
    check = said(result, Rules(), "it").check
    assert (check.ok, check.message, check.judge_message) == (False, "No.\ufffd\ufffd", "they said 3")


def test_scores_as_files_say_them() -> None:
    assert said(with_files(42, score_txt=b" 12.5\n"), Rules(), "it").check.score == 12.5
    assert said(with_files(42, score_multiplier_txt=b"0.25"), Rules(), "it").check.multiplier == 0.25
    assert said(done(exit_code=42), Rules(), "it").check.score is None


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (done(exit_code=0), "exit code 0, which is no judgement"),
        (done(exit_code=1, stderr=b"Traceback"), "exit code 1, which is no judgement: Traceback"),
        (SEGV, "was ended by SIGSEGV"),
        (CPU, "did not come to an end"),
        (WALL, "did not come to an end"),
        (MEMORY, "more memory than its limit"),
        (OUTPUT, "more output or feedback than its limit"),
        (STOPPED, "was stopped"),
        (with_files(42, score_txt=b"1", score_multiplier_txt=b"1"), "both score.txt and score_multiplier.txt"),
        (with_files(42, score_txt=b"many"), "into score.txt, which is not one number"),
        (with_files(42, score_txt=b"1 2"), "into score.txt, which is not one number"),
        (with_files(42, score_txt=b"nan"), "into score.txt, which is not one number"),
        (with_files(42, score_txt=b"9" * 1_000_000), "into score.txt, which is not one number"),
        (with_files(42, score_multiplier_txt=b"1.5"), "between 0 and 1"),
    ],
)
def test_what_is_no_judgement(result: RunResult, text: str) -> None:
    with pytest.raises(JudgeError, match="the judge of X"):
        said(result, Rules(), "the judge of X")
    try:
        said(result, Rules(), "the judge of X")
    except JudgeError as error:
        assert text in error.detail


def test_another_pass_is_asked_for_by_who_accepts() -> None:
    asks = done(exit_code=42, collected={"nextpass.in": b"7\n"})
    assert said(asks, Rules(multi_pass=True), "it").next_input == b"7\n"
    assert said(asks, Rules(), "it").next_input is None
    with pytest.raises(JudgeError, match="asks for another pass"):
        said(replace(asks, exit_code=43), Rules(multi_pass=True), "it")


def test_testlibs_way() -> None:
    rules = Rules(Dialect.TESTLIB, presentation=True)
    assert said(done(exit_code=0), rules, "it").check.ok
    assert not said(done(exit_code=1), rules, "it").check.presentation
    assert said(done(exit_code=2), rules, "it").check.presentation
    assert not said(done(exit_code=2), Rules(Dialect.TESTLIB), "it").check.presentation
    points = said(done(exit_code=7, stderr=b"points 12.5 nearly"), rules, "it").check
    assert (points.ok, points.score, points.judge_message) == (True, 12.5, "points 12.5 nearly")
    for code in (3, 42, 43, 255):
        with pytest.raises(JudgeError):
            said(done(exit_code=code), rules, "it")
    with pytest.raises(JudgeError, match="does not say how many"):
        said(done(exit_code=7, stderr=b"nearly"), rules, "it")
