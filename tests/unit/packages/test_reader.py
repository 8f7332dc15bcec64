"""Reading packages: what they say, and what is refused with the file's name in the message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cases import cases
from package_support import PROBLEM, write_package

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.domain.problem import Limits

OWN = [
    path.parent for path in sorted((Path(__file__).resolve().parents[3] / "contest_notebooks").glob("*/*/problem.yaml"))
]


def test_the_smallest_package(tmp_path: Path) -> None:
    problem = packages.read(write_package(tmp_path / "doubling"))
    assert (problem.slug, problem.title, problem.type, problem.limits) == (
        "doubling",
        "Doubling",
        "pass-fail",
        Limits(),
    )
    assert [case.name for case in problem.cases] == ["sample/1", "secret/1"]
    assert [case.name for case in problem.samples] == ["sample/1"]
    assert problem.cases[1].answer.read_text() == "42\n"
    assert problem.statement == "Print twice the number.\n"
    assert (problem.validator.kind, problem.difficulty, len(problem.version)) == ("tokens", "medium", 64)


def test_everything_our_format_says(tmp_path: Path) -> None:
    problem = packages.read(
        write_package(
            tmp_path / "full",
            {
                "problem.yaml": PROBLEM.replace("Doubling", "{sv: Dubbla, en: Doubling}")
                + "limits: {time_limit: 2.5, memory: 512, output: 1, code: 32, compilation_time: 20}\n"
                + "keywords: [Maths]\nlanguages: [python3]\nsource: {name: Ours}\nlicense: cc0\n"
                + "constants: {limit: 100}\n",
                "jupyter_oj.yaml": "difficulty: hard\ntags: [Hashing, hashing]\nhints: [Think.]\n"
                "validator: {kind: unordered-lines, flags: [case_sensitive]}\nstarters: {python3: 'x = 1'}\n",
                "statement/problem.en.md": "At most {{limit}}, {{other}}.\n\n{{nextsample}}\n",
                "solution/solution.md": "Add it to itself.\n",
                "data/secret/1.in": None,
                "data/secret/1.ans": None,
                "data/secret/test_group.yaml": "output_validator_args: [float_tolerance, '1e-6']\n",
                "data/secret/b/2.in": "2\n",
                "data/secret/b/2.ans": "4\n",
                "data/secret/b/2.yaml": "output_validator_args: []\n",
                "data/secret/a/1.in": "1\n",
                "data/secret/a/1.ans": "2\n",
                "data/secret/a/.hidden.in": "not there\n",
            },
        )
    )
    assert (problem.title, problem.difficulty, problem.tags, problem.hints) == (
        "Doubling",
        "hard",
        ("hashing",),
        ("Think.",),
    )
    limits = problem.limits
    assert (limits.cpu_s, limits.memory_mib, limits.output_kib, limits.source_kib) == (2.5, 512, 1024, 32)
    assert limits.compile_wall_s == 20
    assert problem.statement == "At most 100, {{other}}.\n"
    assert (problem.editorial, problem.starters, problem.languages) == (
        "Add it to itself.\n",
        {"python3": "x = 1"},
        ("python3",),
    )
    assert (problem.validator.kind, problem.validator.flags) == ("unordered-lines", ("case_sensitive",))
    assert [(case.name, case.validator_flags) for case in problem.cases] == [
        ("sample/1", None),
        ("secret/a/1", ("float_tolerance", "1e-6")),
        ("secret/b/2", ()),
    ]
    assert [group.name for group in problem.groups] == ["", "sample", "secret", "secret/a", "secret/b"]


def test_a_legacy_package(tmp_path: Path) -> None:
    problem = packages.read(
        write_package(
            tmp_path / "old",
            {
                "problem.yaml": "name: Old\nkeywords: a, b\nvalidator_flags: float_tolerance 1e-4\nunknown_key: 1\n",
                ".timelimit": "3\n",
                "statement/problem.en.md": None,
                "problem_statement/problem.en.tex": "\\problemname{Old}\n",
                "data/secret/g/1.in": "1\n",
                "data/secret/g/1.ans": "2\n",
                "data/secret/g/testdata.yaml": "accept_score: 40\ngrader_flags: min\n"
                "output_validator_flags: case_sensitive\n",
            },
        )
    )
    assert (problem.title, problem.tags, problem.limits.cpu_s) == ("Old", ("a", "b"), 3.0)
    assert problem.validator.flags == ("float_tolerance", "1e-4")
    assert problem.cases[-1].validator_flags == ("float_tolerance", "1e-4", "case_sensitive")
    group = problem.groups[-1]
    assert (group.name, group.score, group.aggregation) == ("secret/g", None, "pass-fail")


LEGACY: dict[str, str | None] = {
    "problem.yaml": "license: cc by-sa\nkeywords: graphs trees\n",
    "statement/problem.en.md": None,
    "problem_statement/problem.en.tex": '%\\problemname{No}\n\\problemname{K\\"onigs {\\bf Wege} \\& $x_1$}\n',
}


def test_a_legacy_statement_names_the_problem_where_nothing_else_does(tmp_path: Path) -> None:
    problem = packages.read(write_package(tmp_path / "p", LEGACY))
    assert (problem.title, problem.tags) == ("Königs **Wege** & $x_1$", ("graphs", "trees"))
    plain = "\\problemname{$x$}\n%% plainproblemname: The letter x\n"
    assert packages.read(write_package(tmp_path / "p", {"problem_statement/problem.en.tex": plain} | {
        "problem.yaml": ""})).title == "The letter x"  # fmt: skip
    assert packages.read(write_package(tmp_path / "p", LEGACY | {"problem.yaml": "name: Ways\n"})).title == "Ways"


def test_arguments_may_be_quoted_and_numbers(tmp_path: Path) -> None:
    changes: dict[str, str | None] = {
        "problem.yaml": 'name: P\nvalidation: custom multi-pass\nvalidator_flags: --say "two words" don\'t\n',
        "output_validators/v.py": "exit(42)\n",
        "data/secret/testdata.yaml": "output_validator_flags: 7\n",
    }
    problem = packages.read(write_package(tmp_path / "p", changes))
    assert problem.type == "multi-pass pass-fail"
    assert problem.validator.flags == ("--say", '"two', 'words"', "don't")  # a quote that is not closed is a letter
    (tmp_path / "p" / "problem.yaml").write_text(
        "name: P\nvalidation: custom\nvalidator_flags: --say 'two words' a\\n\n"
    )
    assert packages.read(tmp_path / "p").cases[-1].validator_flags == ("--say", "two words", "a\\n", "7")


def test_an_ini_as_people_write_it(tmp_path: Path) -> None:
    text = "\ufeff[problem]\r\n; timelimit = 9\r\ntimelimit = 2.5 ; seconds\r\nname = 'A; B'\r\ncolor=#ff0000\r\n"
    problem = packages.read(write_package(tmp_path / "p", LEGACY | {"domjudge-problem.ini": text}))
    assert (problem.title, problem.limits.cpu_s, problem.color) == ("A; B", 2.5, "#ff0000")


def test_a_custom_validator_is_found_and_a_built_in_one_can_stand_for_it(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "own", {"output_validator/validate.py": "exit(42)\n"})
    validator = packages.read(folder).validator
    assert (validator.kind, validator.program) == ("custom", folder / "output_validator" / "validate.py")
    (folder / "jupyter_oj.yaml").write_text("validator: {kind: unordered-lines}\n")
    assert (packages.read(folder).validator.kind, packages.read(folder).validator.program) == ("unordered-lines", None)


REFUSED: dict[str, tuple[dict[str, str | None], str]] = {
    "no problem.yaml": ({"problem.yaml": None}, "problem.yaml is missing"),
    "not yaml": ({"problem.yaml": "a: [1"}, "problem.yaml: not valid YAML"),
    "not a map": ({"problem.yaml": "- 1"}, "problem.yaml: must hold a map"),
    "python object": ({"problem.yaml": "name: !!python/object/apply:os.getcwd []"}, "problem.yaml: not valid YAML"),
    "format": ({"problem.yaml": "problem_format_version: 2099-01"}, "'2099-01' is not known"),
    "unknown key": ({"problem.yaml": PROBLEM + "colour: red\n"}, "unknown key 'colour'"),
    "our key": ({"jupyter_oj.yaml": "colour: red\n"}, "jupyter_oj.yaml: unknown key 'colour'"),
    "difficulty": ({"jupyter_oj.yaml": "difficulty: deadly\n"}, "difficulty must be one of easy, medium, hard"),
    "limit": ({"problem.yaml": PROBLEM + "limits: {time_limit: -1}\n"}, "limits.time_limit must be a number above 0"),
    "type": ({"problem.yaml": PROBLEM + "type: guess\n"}, "type 'guess' is not known"),
    "validator": ({"jupyter_oj.yaml": "validator: magic\n"}, "validator.kind 'magic' is not known"),
    "no answer": ({"data/secret/1.ans": None}, "data/secret/1.ans: is missing"),
    "no input": ({"data/secret/2.ans": "1\n"}, "data/secret/2.ans: has no .in"),
    "no secret": ({"data/secret/1.in": None, "data/secret/1.ans": None}, "data/secret: no test cases"),
    "mixed": ({"data/secret/g/1.in": "1\n", "data/secret/g/1.ans": "2\n"}, "data/secret: holds cases and folders"),
    "stray": ({"data/1.in": "1\n"}, "data/1.in: is neither in data/sample nor in data/secret"),
    "sample group": ({"data/sample/g/1.in": "1\n"}, "data/sample/g: is a folder; samples have no groups"),
    "empty group": (
        {"data/secret/g/test_group.yaml": "", "data/secret/1.in": None, "data/secret/1.ans": None},
        "data/secret/g: holds no test case",
    ),
    "old settings": ({"data/secret/testdata.yaml": ""}, "data/secret/testdata.yaml: is of the older formats"),
    "not text": ({"statement/problem.en.md": "\udc80"}, "problem.en.md: not UTF-8"),
}


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_package_is_refused_by_name(tmp_path: Path, changes: dict[str, str | None], message: str) -> None:
    binary = {name: text for name, text in changes.items() if text == "\udc80"}
    folder = write_package(tmp_path / "bad", {k: v for k, v in changes.items() if k not in binary})
    for name in binary:
        (folder / name).write_bytes(b"\x80\xff")
    with pytest.raises(PackageError) as caught:
        packages.read(folder)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("target", ["/etc/passwd", "../../secret.txt", "/dev/zero", "1.ans.loop"])
def test_a_link_out_of_the_package_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret.txt").write_text("secret\n")
    folder = write_package(tmp_path / "a" / "links")
    answer = folder / "data" / "secret" / "1.ans"
    answer.unlink()
    answer.symlink_to(target if "loop" not in target else answer.name)
    with pytest.raises(PackageError, match=r"1\.ans"):
        packages.read(folder)


def test_a_linked_folder_is_refused_and_a_link_inside_is_read(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "inside")
    (folder / "data" / "secret" / "2.in").symlink_to("1.in")
    (folder / "data" / "secret" / "2.ans").symlink_to("1.ans")
    assert len(packages.read(folder).cases) == 3
    shutil.rmtree(folder / "data")
    (folder / "data").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (folder / "data" / "secret").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PackageError, match="leads out"):
        packages.read(folder)


def test_a_folder_with_an_unfit_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="a-z, 0-9"):
        packages.read(write_package(tmp_path / "No Spaces"))


def test_the_version_follows_what_is_judged_and_read_and_nothing_else(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "v")
    version = packages.read(folder).version
    assert packages.read(Path(shutil.copytree(folder, tmp_path / "copy" / "v"))).version == version
    (folder / "submissions" / "accepted" / "other.py").write_text("print(1)\n")
    (folder / ".git").mkdir()
    (folder / "README.md").write_text("hello\n")
    assert packages.read(folder).version == version
    assert packages.read(folder, slug="another").version != version
    for name in ("data/secret/1.ans", "statement/problem.en.md", "jupyter_oj.yaml"):
        with (folder / name).open("a") as file:
            file.write("\n")
        changed = packages.read(folder).version
        assert changed != version
        version = changed


@pytest.mark.parametrize("folder", [*OWN, *cases("packages")], ids=lambda path: path.name)
def test_real_packages_are_read(folder: Path) -> None:
    problem = packages.read(folder)
    assert problem.slug == folder.name
    inputs = sorted((folder / "data").glob("sample/*.in")) + sorted((folder / "data" / "secret").rglob("*.in"))
    assert sorted(case.input for case in problem.cases) == sorted(inputs)
    assert all(submission.expected for submission in packages.jury_submissions(folder))
