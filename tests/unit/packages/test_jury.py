"""The jury's submissions and the verdicts they may get."""

from __future__ import annotations

from pathlib import Path

import pytest
from package_support import write_package

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.packages.jury import matches

FOLDERS = {
    "accepted": {"AC"},
    "wrong_answer": {"WA"},
    "time_limit_exceeded": {"TLE"},
    "memory_limit_exceeded": {"MLE"},
    "run_time_error": {"RTE"},
    "compile_error": {"CE"},
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
        ({"submissions/perhaps/x.py": ""}, "submissions/perhaps: which verdict"),
        ({"submissions/accepted/x.unknown": ""}, "its language is not known"),
        ({"submissions/submissions.yaml": "accepted: {permitted: [OK]}\n"}, "OK is not a verdict"),
    ],
)
def test_what_cannot_be_judged_is_refused(tmp_path: Path, changes: dict[str, str | None], message: str) -> None:
    with pytest.raises(PackageError, match=message):
        packages.jury_submissions(write_package(tmp_path / "p", changes))


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
