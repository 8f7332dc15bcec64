"""The jury's submissions and the verdicts they may get."""

from __future__ import annotations

from pathlib import Path

import pytest
from package_support import write_package

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.judgement import GroupOutcome, JudgementOutcome, RunOutcome
from jupyter_oj_extension.domain.problem import JurySubmission
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.packages.jury import matches

FOLDERS = {
    "accepted": {"AC"},
    "wrong_answer": {"WA"},
    "time_limit_exceeded": {"TLE"},
    "memory_limit_exceeded": {"MLE"},
    "run_time_error": {"RTE"},
    "compile_error": {"CE"},
    "compiler_error": {"CE"},
    "no_output": {"WA", "PE"},
}


def expected(folder: Path) -> dict[str, tuple[str, set[str]]]:
    return {
        f"{one.path.parent.name}/{one.path.name}": (one.language, set(one.expected))
        for one in packages.jury_submissions(folder)
    }


def test_folders_name_verdicts_and_extensions_languages(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "p", {f"submissions/{name}/x.cpp": "int main() {}\n" for name in FOLDERS})
    found = expected(folder)
    assert found.pop("accepted/ok.py") == ("python3", {"AC"})
    assert found == {f"{name}/x.cpp": ("cpp", verdicts) for name, verdicts in FOLDERS.items()}


def test_submissions_yaml_and_our_own_key_have_their_say(tmp_path: Path) -> None:
    files = {
        "submissions/submissions.yaml": "wrong_answer/{a,b}.py: {permitted: [AC, WA, TLE], required: [WA, TLE]}\n"
        "mixed: {permitted: [AC, TLE], required: [TLE]}\n"
        "mixed/strange.txt: {language: cpp}\n",
        "jupyter_oj.yaml": "expected: {'wrong_answer/c.py': [OLE]}\n",
        "submissions/mixed/strange.txt": "int main() {}\n",
    }
    files |= {f"submissions/wrong_answer/{name}.py": "" for name in "abc"}
    files["submissions/accepted/folder/main.py"] = "print(1)\n"
    found = expected(write_package(tmp_path / "p", dict(files)))
    assert found["wrong_answer/a.py"] == found["wrong_answer/b.py"] == ("python3", {"WA", "TLE"})
    assert found["wrong_answer/c.py"] == ("python3", {"OLE"})
    assert found["mixed/strange.txt"] == ("cpp", {"TLE"})
    assert found["accepted/folder"] == ("python3", {"AC"})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"submissions/submissions.yaml": "accepted: {permitted: [OK]}\n"}, "OK is not a verdict"),
        ({"submissions/submissions.yaml": "accepted: {score: [1]}\n"}, "must be a number, or two"),
        ({"submissions/submissions.yaml": "accepted: {score: [9, 1]}\n"}, "no score lies between"),
        ({"submissions/submissions.yaml": "accepted: {permited: [AC]}\n"}, "unknown key 'permited'"),
        ({"submissions/submissions.yaml": "accepted: {use_for_time_limit: soon}\n"}, "use_for_time_limit must be"),
        ({"submissions/accepted/x.py": "# @EXPECTED_RESULTS@: SUPERB\n"}, "'SUPERB' is not a result"),
        ({"submissions/accepted/x.py": "# @EXPECTED_SCORE@: 1\n# @EXPECTED_SCORE@: 2\n"}, "two @EXPECTED_SCORE@"),
    ],
)
def test_what_cannot_be_understood_is_refused(tmp_path: Path, changes: dict[str, str | None], message: str) -> None:
    with pytest.raises(PackageError, match=message):
        packages.jury_submissions(write_package(tmp_path / "p", changes))


def one(tmp_path: Path, name: str, source: str = "", rules: str | None = None) -> JurySubmission:
    changes = {f"submissions/{name}": source, "submissions/submissions.yaml": rules}
    folder = write_package(tmp_path / "p", changes)
    return next(each for each in packages.jury_submissions(folder) if str(each.path).endswith(name))


def test_a_folder_that_says_nothing_allows_everything_and_an_unknown_language_is_told(tmp_path: Path) -> None:
    assert one(tmp_path, "perhaps/x.unknown").language == ""
    found = one(tmp_path, "perhaps/x.scala")
    assert found.language == "scala"
    assert found.expected >= {"AC", "WA", "TLE", "RTE", "CE"}


@pytest.mark.parametrize(
    ("name", "source", "verdicts", "score"),
    [
        ("mixed/a.py", "# @EXPECTED_RESULTS@: TIMELIMIT, RUN-ERROR", {"TLE", "RTE", "MLE"}, None),
        ("mixed/a.py", "# @expected_results@: correct", {"AC"}, None),
        ("mixed/a.c", "/* @EXPECTED_RESULTS@: COMPILER-ERROR */", {"CE"}, None),
        ("mixed/a.c", "// @EXPECTED_RESULTS@: NO-OUTPUT,OUTPUT-LIMIT\r\n", {"WA", "PE", "OLE"}, None),
        ("mixed/a.py", "# @EXPECTED_RESULTS@: WRONG_ANSWER\n# @EXPECTED_SCORE@: 30", {"WA", "PE"}, 30.0),
        ("mixed/a.py", "# @EXPECTED_SCORE@: ACCEPTED", {"AC"}, None),
        ("wrong_answer/a.py", "# @EXPECTED_RESULTS@: WRONG-ANSWER, CORRECT", {"WA"}, None),
        ("accepted/a.py", "# @EXPECTED_RESULTS@: WRONG-ANSWER\n# @EXPECTED_SCORE@: 74.42", {"WA", "PE"}, 74.42),
        ("accepted/a.py", "# @EXPECTED_SCORE@: 70", {"AC", "WA", "PE", "TLE", "MLE", "OLE", "RTE"}, 70.0),
        ("wrong_answer/a.py", "# @EXPECTED_SCORE@: 0", {"WA"}, 0.0),
        ("partially_accepted/a.py", "", {"AC", "WA", "PE", "TLE", "MLE", "OLE", "RTE"}, None),
    ],
)
def test_comments_of_a_source_say_what_it_gets(
    tmp_path: Path, name: str, source: str, verdicts: set[str], score: float | None
) -> None:
    found = one(tmp_path, name, f"{source}\n")
    assert set(found.expected) == verdicts
    assert found.score == (None if score is None else (score, score))
    assert found.partial == name.startswith("partially")


RULES = """mixed/a.py:
  entrypoint: a.py
  score: [10, 20.5]
  sample: {permitted: [AC]}
  secret/*-hard: {permitted: [AC, TLE], required: [TLE], message: slow, use_for_time_limit: false}
  secret/g1: {score: 10}
"""


def test_requirements_of_tests_and_groups_are_read_and_compared(tmp_path: Path) -> None:
    found = one(tmp_path, "mixed/a.py", rules=RULES)
    assert (found.score, found.entry_point) == ((10.0, 20.5), "a.py")
    assert {rule.scope: rule.time_limit for rule in found.requirements} == {
        "": "", "sample": "lower", "secret/*-hard": "", "secret/g1": "",
    }  # fmt: skip
    met = outcome(("sample/1", Verdict.AC), ("secret/1-hard", Verdict.TLE, "too slow"), score=15)
    assert packages.unmet(found, met) == ()
    assert packages.unmet(found, outcome(("sample/1", Verdict.WA), ("secret/1-hard", Verdict.WA), score=30)) == (
        "the score is 30, must be from 10 to 20.5",
        "got WA on sample/1, where only AC is permitted",
        "got WA on secret/1-hard, where only AC or TLE is permitted",
        "got TLE on no test on secret/*-hard",
        "no validator said 'slow' on secret/*-hard",
    )


def test_the_formats_folders_go_into_every_test(tmp_path: Path) -> None:
    found = one(tmp_path, "wrong_answer/a.py")
    assert packages.unmet(found, outcome(("sample/1", Verdict.AC), ("secret/1", Verdict.PE), verdict=Verdict.WA)) == ()
    (line,) = packages.unmet(
        found, outcome(("sample/1", Verdict.WA), ("secret/1", Verdict.MLE), verdict=Verdict.WA)
    )  # fmt: skip
    assert line == "got MLE on secret/1, where only AC or WA is permitted"


def outcome(
    *runs: tuple[str, Verdict] | tuple[str, Verdict, str], score: float | None = None, verdict: Verdict = Verdict.WA
) -> JudgementOutcome:
    made = tuple(
        RunOutcome(
            index, run[0], run[0].rpartition("/")[0], run[0].startswith("sample"), run[1], 0.1, 0.1, 1000,
            message=run[2] if len(run) == 3 else None,
        )
        for index, run in enumerate(runs, start=1)
    )  # fmt: skip
    groups = (GroupOutcome("secret", verdict, score or 0.0, 100.0), GroupOutcome("secret/g1", Verdict.AC, 10.0, 10.0))
    return JudgementOutcome(verdict, made, len(made), score=score, max_score=100.0, groups=groups)


@pytest.mark.parametrize(
    ("pattern", "shown", "matched"),
    [
        ("accepted", "accepted/a.py", True),
        ("accepted/*", "accepted/a.py", True),
        ("*", "accepted/a.py", True),
        ("*.py", "accepted/a.py", False),
        ("accepted/{a,b}.{py,cpp}", "accepted/b.cpp", True),
        ("accepted/[ab].py", "accepted/a.py", False),
        ("accepted/a.py/deeper", "accepted/a.py", False),
    ],
)
def test_patterns(pattern: str, shown: str, matched: bool) -> None:
    assert matches(pattern, shown) is matched
