"""The command line, as a person types it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest
from package_support import write_package

from jupyter_oj_extension import cli
from jupyter_oj_extension.commands import extending
from jupyter_oj_extension.commands.problem import problem

Typed = Callable[..., tuple[str, str]]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """``jupyter oj ARGS`` with its state in a folder of the test: what it wrote to standard output and error."""
    (tmp_path / "oj.toml").touch()
    monkeypatch.setenv("OJ_CONFIG", str(tmp_path / "oj.toml"))
    monkeypatch.setenv("OJ_STATE_DIR", str(tmp_path / "state"))
    names = ("contest", "db", "problem", "scoreboard")
    points = {name: EntryPoint(name, f"jupyter_oj_extension.commands.{name}:{name}", cli.GROUP) for name in names}
    monkeypatch.setattr(cli, "_points", lambda: points)

    def run(*args: str, code: int = 0) -> tuple[str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(list(args))
        out, error = capsys.readouterr()
        assert ended.value.code == code, error
        return out, error

    return run


def test_help_imports_no_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    points = {name: EntryPoint(name, f"no_such_module_{name}:x", cli.GROUP) for name in cli.SUMMARIES}
    monkeypatch.setattr(cli, "_points", lambda: points)
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown and text.split(",")[0] in shown for name, text in cli.SUMMARIES.items())


def test_a_class_from_nothing_to_a_board(tmp_path: Path, typed: Typed) -> None:
    packages = [write_package(tmp_path / name) for name in ("one", "two")]
    assert "2 tests" in typed("problem", "import", *map(str, packages))[0]
    assert "Doubling" in typed("problem", "list", "doubling")[0]
    assert "Print twice" in typed("problem", "show", "one")[0]
    typed("contest", "create", "cup", "one", "two", "--length", "2h", "--freeze", "30m")
    assert "running" in typed("contest", "list")[0]
    token, said = typed("contest", "enrol", "Ada Lovelace", "--contest", "cup")
    assert len(token.split()) == 1 and "ada-lovelace" in said
    assert "B  two" in typed("contest", "show", "cup")[0]
    board, _ = typed("scoreboard", "show", "cup")
    assert "from database" in board and "Ada Lovelace" in board
    typed("scoreboard", "unfreeze", "cup")


def test_mistakes_are_one_line_and_exit_1(tmp_path: Path, typed: Typed) -> None:
    for args in (("contest", "show", "nope"), ("problem", "show", "nope"), ("scoreboard", "rebuild", "nope")):
        out, error = typed(*args, code=1)
        assert out == "" and len(error.splitlines()) == 1
    bad = write_package(tmp_path / "bad", {"problem.yaml": "name: [1"})
    good = write_package(tmp_path / "good")
    out, error = typed("problem", "import", str(bad), str(good), code=1)
    assert "good" in out and "problem.yaml: not valid YAML" in error
    assert "is not a length of time" in typed("contest", "create", "cup", "good", "--length", "soon", code=2)[1]


def test_layers_above_add_commands_to_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("verify", "no_such_module:x", "jupyter_oj.commands.problem")
    monkeypatch.setattr(extending, "entry_points", lambda group: [point] if group == point.group else [])
    assert problem.list_commands(click.Context(problem)) == ["import", "list", "show", "verify"]
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        problem.get_command(click.Context(problem), "verify")
    assert problem.get_command(click.Context(problem), "show") is problem.commands["show"]
    assert problem.get_command(click.Context(problem), "nothing") is None
