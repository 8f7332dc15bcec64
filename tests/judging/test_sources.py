"""Which files of a submission lie where, and in which of them the program begins."""

from __future__ import annotations

import pytest

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import ImageRecipe, Language
from jupyter_oj_graders.sources import arrange

JAVA = Language(
    id="java",
    name="Java",
    source_name="Main.java",
    extensions=(".java",),
    mimetype="",
    run_image=ImageRecipe("x", ()),
    run_argv=(),
    version_argv=(),
    starter="",
    name_pattern=r"^public\s+class\s+(\w+)",
    entry_pattern=r"public\s+static\s+void\s+main",
)
MAIN = "public static void main"


def files(*names: str, **contents: str) -> tuple[SourceFile, ...]:
    return tuple(SourceFile(name, contents.get(name.partition(".")[0], "").encode()) for name in names)


def test_one_file_gets_the_name_the_language_asks_for() -> None:
    assert arrange(JAVA, files("source")).sources == ("Main.java",)
    named = arrange(JAVA, files("cell", cell="import x;\npublic class Foo { }"))
    assert [file.name for file in named.files] == ["Foo.java"]


def test_a_program_begins_where_its_main_method_is_then_in_main_then_in_the_first() -> None:
    names = ("b.java", "main.java", "a.java")
    assert arrange(JAVA, files(*names, b=MAIN)).sources == ("b.java", "a.java", "main.java")
    assert arrange(JAVA, files(*names)).entry == "main.java"
    assert arrange(JAVA, files("b.java", "a.java")).entry == "a.java"
    assert arrange(JAVA, files("b.java", "a.java"), entry="b.java").entry == "b.java"
    assert arrange(JAVA, files("b.java", "__main__.java")).entry == "__main__.java"


def test_a_package_names_where_it_begins_with_the_ending_or_without() -> None:
    names = ("A.java", "B.java", "B.txt")
    for entry in ("B.java", "B"):
        assert arrange(JAVA, files(*names, A=MAIN), entry=entry).entry == "B.java"


def test_what_is_no_source_lies_beside_and_the_problems_files_win() -> None:
    arranged = arrange(JAVA, files("a.java", "table.txt"), files("a.java", "lib.h", a="// the problem's"))
    assert {file.name: file.content for file in arranged.files} == {
        "a.java": b"// the problem's",
        "table.txt": b"",
        "lib.h": b"",
    }
    assert arranged.sources == ("a.java",)


@pytest.mark.parametrize(
    ("names", "entry"),
    [
        (("p/a.java", "b.java"), None),
        (("a.txt", "b.txt"), None),
        (("a.java", ".."), None),
        (("a.java", "+b.txt"), None),
        (("a.java", "x" * 256), None),
        (("a.java",), "b.java"),
    ],
)
def test_what_cannot_be_judged_is_our_fault(names: tuple[str, ...], entry: str | None) -> None:
    with pytest.raises(JudgeError):
        arrange(JAVA, files(*names), entry=entry)


def test_a_name_that_is_no_text_is_one_like_others() -> None:
    assert arrange(JAVA, files("a.java", "b\udcff.java")).sources == ("a.java", "b\udcff.java")
