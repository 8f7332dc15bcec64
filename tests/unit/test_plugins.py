"""Languages as data: the built-in ones, and how others are added."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_oj_extension import plugins
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_extension.settings import Settings

LISP = """
id = "lisp"
name = "Lisp"
source_name = "solution.lisp"
extensions = [".lisp"]
mimetype = "text/x-common-lisp"
run_argv = ["/usr/bin/sbcl", "--script", "{source}"]
version_argv = ["/usr/bin/sbcl", "--version"]
starter = '''
(print 1)
'''
[run_image]
name = "oj-lisp-run"
packages = ["sbcl"]
[[self_tests]]
name = "hello"
source = "(print 1)"
stdout = "1"
expect = "AC"
"""


BUILT_IN = plugins.languages(Settings(state_dir=Path("/nowhere")))
ANSWER = BUILT_IN.pop("text")  # no programming language: submitted answers are compared and never run

SWIFT = plugins.read_language(Path(__file__).parents[2] / "docs" / "examples" / "swift.toml")


@pytest.mark.parametrize("language", [*BUILT_IN.values(), SWIFT], ids=[*BUILT_IN, "swift"])
def test_a_language_is_complete(language: plugins.Language) -> None:
    expected = {test.expect for test in language.self_tests}
    assert expected >= {"AC", "RTE", "CE", "TLE", "MLE"} and expected <= {str(verdict) for verdict in Verdict}
    assert {"hello", "stdin-sum"} <= {test.name for test in language.self_tests}
    assert (language.compile_argv is None) == (language.artefact is None)
    assert language.compile_image is None or language.compile_argv
    assert language.compile_argv or language.check_argv
    assert language.starter.endswith("\n") and not language.starter.startswith("\n")
    assert all(argv[0].startswith(("/", "{")) for argv in (language.run_argv, language.version_argv))


def test_the_language_of_answers_comes_last_and_builds_nothing() -> None:
    assert max(BUILT_IN.values(), key=lambda language: language.rank).rank < ANSWER.rank
    assert ANSWER.compile_argv is None and ANSWER.check_argv is None and ANSWER.starter


def test_these_are_built_in_in_this_order() -> None:
    assert " ".join(BUILT_IN) == (
        "python3 cpp c cppclang pypy3 java kotlin javascript typescript go rust csharp r sql bash"
    )


def test_an_image_that_languages_share_has_one_recipe() -> None:
    recipes: dict[str, plugins.ImageRecipe] = {}
    for language in BUILT_IN.values():
        for recipe in (language.run_image, language.compile_image):
            if recipe is not None:
                assert recipes.setdefault(recipe.name, recipe) == recipe
    assert len(recipes) < 2 * len(BUILT_IN)


def test_an_extension_is_that_of_the_first_language_that_has_it() -> None:
    known = plugins.by_extension(BUILT_IN)
    assert (known[".py"], known[".cpp"], known[".c"], known[".java"]) == ("python3", "cpp", "c", "java")


def test_a_configured_folder_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "lisp.toml").write_text(LISP)
    (tmp_path / "python.toml").write_text(LISP.replace('id = "lisp"', 'id = "python3"'))
    known = plugins.languages(Settings(state_dir=tmp_path, languages_dir=str(tmp_path)))
    assert known["lisp"].run_image.packages == ("sbcl",) and known["lisp"].self_tests[0].stdin == ""
    assert known["lisp"].starter == "(print 1)\n"
    assert known["python3"].name == "Lisp"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("name =", "nam ="), "nam"),
        (("[run_image]", "[run_imag]"), "run_imag"),
        (('packages = ["sbcl"]', ""), "packages"),
        (('id = "lisp"', "id = "), "lisp.toml"),
        (("expect =", "expects ="), "expect"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    (tmp_path / "lisp.toml").write_text(LISP.replace(*change))
    with pytest.raises(plugins.PluginError, match=message) as caught:
        plugins.languages(Settings(state_dir=tmp_path, languages_dir=str(tmp_path)))
    assert str(tmp_path / "lisp.toml") in str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(plugins.PluginError, match="is not a folder"):
        plugins.languages(Settings(state_dir=tmp_path, languages_dir=str(tmp_path / "nope")))


def test_a_slow_machine_has_longer_limits(tmp_path: Path) -> None:
    slow = plugins.languages(Settings(state_dir=tmp_path, machine_factor=3))["cpp"]
    usual = BUILT_IN["cpp"]
    assert (slow.time_factor, slow.compile_wall_s) == (3 * usual.time_factor, 3 * usual.compile_wall_s)
    assert slow.memory_extra_mib == usual.memory_extra_mib


def test_a_host_may_have_some_languages_only(tmp_path: Path) -> None:
    few = plugins.languages(Settings(state_dir=tmp_path, languages="cpp, python3"))
    assert list(few) == ["python3", "cpp"]
    with pytest.raises(plugins.PluginError, match="there is no 'cobol'"):
        plugins.languages(Settings(state_dir=tmp_path, languages="cpp,cobol"))


def test_the_example_shares_what_it_can_and_is_built_on_a_registrys_image() -> None:
    assert SWIFT.run_image == BUILT_IN["cpp"].run_image
    assert SWIFT.compile_image is not None and SWIFT.compile_image.base and not SWIFT.compile_image.packages
