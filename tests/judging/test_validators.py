"""Custom output validators in the real sandbox: what they are given, what they may say, and every way they fail, which
is always ours. Packages judged as a whole are in ``test_packages``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from by_hand import judged

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import JudgementOutcome, SourceFile, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import OutputValidator, TestGroup
from jupyter_oj_graders.executables import ExecutableCache
from jupyter_oj_graders.judge import Manner
from jupyter_oj_graders.validators.program import Dialect, dialect, sources
from jupyter_oj_graders.validators.scripts import interpreter
from jupyter_oj_sandbox.api import Sandbox

PAIR = Path(__file__).parent / "packages" / "any-pair"
REMEMBER = Path(__file__).parent / "packages" / "remember"
Try = Callable[..., JudgementOutcome]


@pytest.fixture
def check(real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path) -> Try:
    """``check(validator)``: judges ``print(1, 4)`` on the sample of ``any-pair`` with this validator in Python."""

    def run(validator: str, program: str = "print(1, 4)", **more: object) -> JudgementOutcome:
        path = tmp_path / str(more.pop("name", "validate.py"))
        path.write_text(validator)
        problem = packages.read(Path(str(more.pop("package", PAIR))))
        limits = {"validation_s": 1.0, "validation_memory_mib": 64, "validation_output_kib": 1024}
        problem = replace(
            problem,
            validator=OutputValidator("custom", ("flag", "2"), path),
            limits=replace(problem.limits, **limits | more.pop("limits", {})),  # type: ignore[arg-type,operator]
        )
        kind = more.pop("kind", SubmissionKind.RUN)
        groups = more.pop("groups", None)
        if groups is not None:
            problem = replace(problem, groups=groups, type="scoring")  # type: ignore[arg-type]
        return judged(problem, "python3", program, real_sandbox, languages, kind=kind, **more)  # type: ignore[arg-type]

    return run


@pytest.mark.podman
def test_what_a_validator_is_given(check: Try) -> None:
    looks = """
import os, sys
given, answer, folder, *flags = sys.argv[1:]
assert open(given).read() == "5\\n" and open(answer).read() == "1 4\\n", "files"
assert folder.endswith("/") and os.listdir(folder) == [] and os.getcwd() + "/" == folder, folder
assert flags == ["flag", "2"], flags
assert sys.stdin.read() == "1 4\\n"
open(folder + "judgemessage.txt", "w").write("for the jury")
open(folder + "teammessage.txt", "w").write("for the team")
sys.exit(42)
"""
    outcome = check(looks)
    (run,) = outcome.runs
    assert (outcome.verdict, run.message, run.judge_message) == ("AC", "for the team", "for the jury")
    by_staff = check(looks, manner=Manner(open_tests=True))
    assert by_staff.runs[0].message == "for the team\nfor the jury"


@pytest.mark.podman
def test_what_it_says_of_a_hidden_test_is_not_for_the_learner(check: Try) -> None:
    says = "import sys; open(sys.argv[3] + 'teammessage.txt', 'w').write('the answer is 7'); sys.exit(43)"
    outcome = check(says, kind=SubmissionKind.SUBMIT)
    sample, *hidden = outcome.runs
    assert sample.message == "the answer is 7"
    assert all(run.message is None for run in hidden)


@pytest.mark.podman
@pytest.mark.parametrize(
    ("validator", "told"),
    [
        ("raise ValueError('a bug')", "ended with exit code 1, which is no judgement: Traceback"),
        ("pass", "ended with exit code 0"),
        ("import os; os.kill(os.getpid(), 6)", "was ended by SIGABRT"),
        ("while True: pass", "did not come to an end"),
        ("import time; time.sleep(100)", "did not come to an end"),
        ("x = bytearray(1 << 30)", "needed more memory"),
        ("print('x' * (4 << 20)); raise SystemExit(42)", "wrote more output or feedback"),
        ("open('judgemessage.txt', 'w').write('x' * (4 << 20)); raise SystemExit(42)", "wrote more output or feedback"),
        ("open('score.txt', 'w').write('much'); raise SystemExit(42)", "not one number"),
        ("import sys; open('judgemessage.txt', 'w').write('why'); sys.exit(3)", "no judgement: why"),
        ("this is no Python", "does not compile"),
    ],
)
def test_a_broken_validator_is_our_fault(check: Try, validator: str, told: str) -> None:
    with pytest.raises(JudgeError, match="the output validator of problem any-pair") as error:
        check(validator)
    assert told in error.value.detail


@pytest.mark.podman
def test_a_validator_in_no_language_is_our_fault(check: Try) -> None:
    with pytest.raises(JudgeError, match=r"no language here has files like validate\.zzz"):
        check("x", name="validate.zzz")


@pytest.mark.podman
def test_a_link_in_the_feedback_folder_leads_nowhere(check: Try) -> None:
    links = "import os, sys; os.symlink(sys.argv[2], 'teammessage.txt'); sys.exit(43)"
    outcome = check(links)
    assert (outcome.verdict, outcome.runs[0].message) == ("WA", None)


@pytest.mark.podman
@pytest.mark.parametrize(
    ("file", "text", "points"), [("score.txt", "30", 30.0), ("score_multiplier.txt", "0.25", 12.5), ("other", "", 50.0)]
)
def test_points(check: Try, file: str, text: str, points: float) -> None:
    gives = f"import sys; open(sys.argv[3] + {file!r}, 'w').write({text!r}); sys.exit(42)"
    groups = (
        TestGroup("", None, "sum"),
        TestGroup("sample", 0, "sum", counts=False),
        TestGroup("secret", 50, "sum", case_score=50.0, strict=True),
    )
    outcome = check(gives, groups=groups, kind=SubmissionKind.SUBMIT)
    assert outcome.score == points


@pytest.mark.podman
def test_passes_have_an_end(check: Try) -> None:
    again = "import sys; open(sys.argv[3] + 'nextpass.in', 'w').write('1'); sys.exit(42)"
    with pytest.raises(JudgeError, match="asks for more than 3 passes"):
        check(again, package=REMEMBER)


@pytest.mark.podman
def test_only_who_accepts_asks_for_another_pass(check: Try) -> None:
    rejects = "import sys; open(sys.argv[3] + 'nextpass.in', 'w').write('1'); sys.exit(43)"
    with pytest.raises(JudgeError, match="asks for another pass"):
        check(rejects, package=REMEMBER)
    assert check(rejects).verdict == "WA"  # without passes the file means nothing


@pytest.mark.podman
def test_no_judgement_sees_what_another_left(check: Try) -> None:
    leaves = "import sys; open('left', 'w'); open('/tmp/left', 'w'); sys.exit(42)"
    looks = "import os, sys; sys.exit(43 if os.listdir('/scratch') or 'left' in os.listdir('/tmp') else 42)"
    assert check(leaves).verdict == "AC"
    assert check(looks).verdict == "AC"


@pytest.mark.podman
def test_a_validator_is_compiled_once(real_sandbox: Sandbox, languages: dict[str, Language], tmp_path: Path) -> None:
    problem = packages.read(PAIR.parent / "testlib-pair")
    executables = ExecutableCache(tmp_path)
    source = "n = int(input())\nprint(1, n - 1)"
    judged(problem, "python3", source, real_sandbox, languages, executables=executables)
    kept = {path for path in tmp_path.rglob("*") if path.is_file()}
    judged(problem, "python3", f"{source}\n", real_sandbox, languages, executables=executables)
    assert len({path for path in tmp_path.rglob("*") if path.is_file()} - kept) == 1


def files(**texts: str) -> tuple[SourceFile, ...]:
    return tuple(SourceFile(name.replace("_", "."), text.encode()) for name, text in texts.items())


def test_testlib_is_told_by_its_calls_and_its_codes() -> None:
    call = "int main(int c, char **v) { registerTestlibCmd(c, v); }"
    assert dialect(files(check_cpp=call, testlib_h="#define OK_EXIT_CODE 0")) is Dialect.TESTLIB
    assert dialect(files(check_cpp=call, testlib_h="#   define OK_EXIT_CODE 42")) is Dialect.KATTIS
    assert dialect(files(check_cpp=f"#define OK_EXIT_CODE 42\n{call}", testlib_h="")) is Dialect.KATTIS
    assert dialect(files(check_cpp="int main() {}", testlib_h="registerTestlibCmd(")) is Dialect.KATTIS
    talk = "int main(int c, char **v) { registerInteraction(c, v); }"
    assert dialect(files(talk_cpp=talk, testlib_h="")) is Dialect.TESTLIB


def test_sources_leave_out_notes_and_leftovers(tmp_path: Path) -> None:
    for name in ("check.cpp", "lib.h", "README.md", "check.cpp~", ".hidden", "check.o"):
        (tmp_path / name).write_text(name)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.py").write_text("")
    assert [file.name for file in sources(tmp_path)] == ["check.cpp", "lib.h"]
    assert sources(tmp_path / "lib.h") == (SourceFile("lib.h", b"lib.h"),)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (b"#!/bin/bash -e\nls", ("/bin/bash", "-e")),
        (b"#! /usr/bin/env python3\n", ("/usr/bin/env", "python3")),
        (b"ls\n", ("/bin/sh",)),
        (b"#!\n", ("/bin/sh",)),
        (b"\x7fELF\x02", ()),
    ],
)
def test_who_runs_a_script(script: bytes, words: tuple[str, ...]) -> None:
    assert interpreter(script) == words
