"""Problems whose answers are submitted: which part of a submission answers which test, and what it gets."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from by_hand import driven
from fake_box import FakeSandbox
from package_support import PROBLEM, write_package

from jupyter_oj_extension import packages, plugins
from jupyter_oj_extension.domain.answers import answer_to, answers
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.settings import Settings
from jupyter_oj_graders.byhand import opening
from jupyter_oj_graders.byhand.bench import Bench
from jupyter_oj_graders.judge import Manner

TESTS = ("secret/a/1", "secret/a/2", "secret/b/1")


def given(**files: str) -> dict[str, bytes]:
    return {name.replace("__", "/").replace("_", "."): text.encode() for name, text in files.items()}


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (given(cell="6 7\n"), ["6 7\n"] * 3),
        (given(answer_out="6 7\n"), ["6 7\n"] * 3),
        (given(cell="hello\n=== a/1 ===\nx\n=== 2 ===\ny\nz\n"), ["x\n", "y\nz\n", None]),
        (given(cell="===1===\r\nx\n"), ["x\n", None, "x\n"]),
        (given(cell="=== 1 === no header\n"), ["=== 1 === no header\n"] * 3),
        (given(a__1_out="x", b__1_ans="y"), ["x", None, "y"]),
        (given(secret__a__1="x"), ["x", None, None]),
        (given(**{"2_txt": "x"}), [None, "x", None]),
        (given(**{"2_out": "x", "README_md": "y"}), [None, "x", None]),
        (given(cell=""), [""] * 3),
    ],
)
def test_which_part_answers_which_test(files: dict[str, bytes], wanted: list[str | None]) -> None:
    found = [answer_to(test, answers(files, TESTS)) for test in TESTS]
    assert [None if one is None else one.decode() for one in found] == wanted


def judged(folder: Path, *sources: SourceFile) -> tuple[list[str], list[str | None], str]:
    """Verdicts and messages of the runs, and the verdict; any program that is run is a failure."""

    def never(call: object) -> None:
        raise AssertionError(f"{call} was run")

    bench = Bench(Settings(state_dir=folder / "state"), FakeSandbox(never), plugins.languages())  # type: ignore[arg-type]
    problem = packages.read(folder)
    judging = bench.judge(problem, "text", sources, Manner(open_tests=True, past=frozenset(Verdict)))
    outcome = driven(judging)
    return [run.verdict for run in outcome.runs], [run.message for run in outcome.runs], outcome.verdict


@pytest.fixture
def package(tmp_path: Path) -> Path:
    secret = {f"data/secret/{n}.{end}": f"{n if end == 'in' else 2 * n}\n" for n in (3, 4) for end in ("in", "ans")}
    changes: dict[str, str | None] = {
        "problem.yaml": PROBLEM + "type: submit-answer\n",
        "data/sample/1.in": None,
        "data/sample/1.ans": None,
        "data/secret/1.in": None,
        "data/secret/1.ans": None,
        **secret,
    }
    return write_package(tmp_path / "doubles", changes)


def test_a_zip_file_of_answers_is_unpacked(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "answers.ZIP", "w") as archive:
        archive.writestr("all/3.out", "6\n")
        archive.writestr("all/4.out", "9\n")
    files = opening.unpacked(packages.read(package), opening.submission([tmp_path / "answers.ZIP"]))
    assert judged(package, *files)[::2] == (["AC", "WA"], "WA")


def test_answers_are_compared_and_nothing_is_run(package: Path) -> None:
    assert judged(package, SourceFile("cell", b"=== 3 ===\n6\n=== 4 ===\n 8\n"))[::2] == (["AC", "AC"], "AC")
    verdicts, messages, verdict = judged(package, SourceFile("4.out", b"8\n"))
    assert (verdicts, verdict) == (["WA", "AC"], "WA")
    assert messages[0] == "There is no answer to this test in the submission."
    assert judged(package, SourceFile("3.out", b"6\n"), SourceFile("4.out", b"9\n"))[::2] == (["AC", "WA"], "WA")
