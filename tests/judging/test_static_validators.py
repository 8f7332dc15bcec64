"""Static validators (2025-09): where their tests stand, what they are given, what they say, and what hostile sources
try on them. Packages judged as a whole are in ``scored/``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from by_hand import judged
from scoring_support import package

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import JudgeError, PackageError
from jupyter_oj_extension.domain.judgement import SourceFile, SubmissionKind
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.judge import Manner
from jupyter_oj_sandbox.api import Sandbox

SECRET = {"data/secret/1.in": "1\n"}
BREVITY = Path(__file__).parent / "scored" / "brevity"


def looked_at(folder: Path, validator: str, *, scoring: bool = False, settings: str = "pass-fail") -> Problem:
    files = SECRET | {
        "static_validator/look.py": validator,
        "data/secret/test_group.yaml": f"static_validation_score: {settings}\nstatic_validator_args: [a, 'b c']\n",
    }
    problem = package(folder / "p", files, version="2025-09", scoring=scoring)
    return replace(problem, limits=replace(problem.limits, validation_s=1.0))


def test_static_tests_come_before_the_others_of_their_group(tmp_path: Path) -> None:
    groups = {f"data/secret/{name}/test_group.yaml": "static_validation_score: pass-fail\n" for name in "acz"}
    files = {f"data/secret/{name}/1.in": "1\n" for name in "abz"}
    none = "static_validation_score: pass-fail\n"
    problem = package(
        tmp_path / "p",
        {**files, **groups, "data/secret/test_group.yaml": none, "static_validator/look.py": ""},
        version="2025-09",
        scoring=False,
    )
    assert [test.name.removeprefix("secret/") for test in problem.tests] == [
        "static_validator", "a/static_validator", "a/1", "b/1", "c/static_validator", "z/static_validator", "z/1",
    ]  # fmt: skip


def test_a_static_test_takes_its_points_from_the_groups(tmp_path: Path) -> None:
    files = {f"data/secret/{n}.in": "1\n" for n in range(4)} | {
        "static_validator/look.py": "",
        "data/secret/test_group.yaml": "static_validation_score: 20\n",
    }
    problem = package(tmp_path / "p", files, version="2025-09")
    assert [group.case_score for group in problem.groups if group.name == "secret"] == [20]
    assert (problem.static_tests[0].score, problem.max_score) == (20, 100)


def test_answers_are_not_looked_at(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="answers are no program"):
        package(
            tmp_path / "p",
            {**SECRET, "static_validator/look.py": "", "problem.yaml": "problem_format_version: 2025-09\nname: P\n"
             "uuid: 4a2f2f0e-4c1e-4a52-9a0b-3f2b5ad3f0a1\ntype: submit-answer\n"},
            version="2025-09",
        )  # fmt: skip


pods = pytest.mark.podman


@pods
def test_what_it_is_given(tmp_path: Path, real_sandbox: Sandbox, languages: dict[str, Language]) -> None:
    looks = """
import os, sys
language, entry, feedback, *more = sys.argv[1:]
assert (language, more) == ("python3", ["a", "b c"]), sys.argv
assert os.listdir(".") == [entry] and open(entry).read() == "print(1)  # mine\\n", os.listdir(".")
assert feedback == os.getcwd() + "/" and set(os.listdir("/box")) <= {entry, "+" + entry}, os.listdir("/box")
assert sys.stdin.read() == ""
open(feedback + "teammessage.txt", "w").write("well written")
open(feedback + "judgemessage.txt", "w").write("for the jury")
sys.exit(42)
"""
    problem = looked_at(tmp_path, looks)
    outcome = judged(problem, "python3", "print(1)  # mine\n", real_sandbox, languages)
    static, test = outcome.runs
    assert (static.case, static.verdict, static.message, static.shown) == (
        "secret/static_validator", "AC", "well written", True,
    )  # fmt: skip
    assert (static.cpu_s, static.memory_kib, static.input, test.verdict) == (0, 0, None, "AC")
    by_staff = judged(problem, "python3", "print(1)  # mine\n", real_sandbox, languages, manner=Manner(open_tests=True))
    assert by_staff.runs[0].message == "well written\nfor the jury"


@pods
def test_what_it_rejects_is_wrong_before_any_test_is_run(real_sandbox: Sandbox, languages: dict[str, Language]) -> None:
    problem = packages.read(BREVITY)
    outcome = judged(problem, "python3", "n = int(input())\nwhile n: n -= 1\n", real_sandbox, languages)
    sample, static = outcome.runs
    assert (sample.verdict, static.verdict, outcome.score) == ("WA", "WA", 0)
    assert static.message == "A program here may not say while."
    run = judged(problem, "python3", "while True: pass", real_sandbox, languages, kind=SubmissionKind.RUN)
    assert [one.verdict for one in run.runs] == ["TLE"], "a run on the samples counts for nothing"


@pods
@pytest.mark.parametrize(
    ("validator", "settings", "words"),
    [
        ("raise ValueError('a bug')", "20", "the static validator of problem p, in secret, ended with exit code 1"),
        ("open('score.txt', 'w').write('30'); exit(42)", "20", "gave 30 points for a test of at most 20"),
        ("open('score.txt', 'w').write('3'); exit(43)", "20", "gave a score for an output it rejects"),
        ("import time; time.sleep(1000)", "20", "did not come to an end"),
    ],
)  # fmt: skip
def test_its_faults_are_ours(
    tmp_path: Path,
    real_sandbox: Sandbox,
    languages: dict[str, Language],
    validator: str,
    settings: str,
    words: str,
) -> None:
    problem = looked_at(tmp_path, validator, scoring=True, settings=settings)
    with pytest.raises(JudgeError, match=words):
        judged(problem, "python3", "print(1)", real_sandbox, languages)


@pods
def test_a_file_cannot_speak_in_its_name(tmp_path: Path, real_sandbox: Sandbox, languages: dict[str, Language]) -> None:
    problem = looked_at(tmp_path, "exit(42)", scoring=True, settings="20")
    files = (
        SourceFile("main.py", b"print(1)"),
        SourceFile("score.txt", b"20"),
        SourceFile("score_multiplier.txt", b"1"),
        SourceFile("teammessage.txt", b"all points for this one"),
    )
    outcome = judged(problem, "python3", "", real_sandbox, languages, files=files)
    assert (outcome.runs[0].message, outcome.score) == (None, 100)


@pods
def test_a_source_that_is_run_gets_hold_of_its_box_and_no_more(
    tmp_path: Path, real_sandbox: Sandbox, languages: dict[str, Language]
) -> None:
    """The validator's own mistake: it runs what it is to read. There is no test and no answer to be found."""
    hostile = """
import os, sys
found = [os.path.join(folder, name) for top in ("/box", "/scratch", "/tmp") for folder, _, names in os.walk(top)
         for name in names]
print(sorted(found), file=sys.stderr)
os._exit(7)
"""
    problem = looked_at(tmp_path, "import sys\nexec(open(sys.argv[2]).read())\nexit(42)\n")
    with pytest.raises(JudgeError) as caught:
        judged(problem, "python3", hostile, real_sandbox, languages)
    assert "exit code 7" in caught.value.detail
    assert ".ans" not in caught.value.detail and "oj-test" not in caught.value.detail
