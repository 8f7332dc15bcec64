"""A package's own checks, in the sandbox: its input validators on every input, its output validator on every answer.

Validators are the jury's programs: they run in containers that no learner's program ever ran in, and exit with 42 for
yes and 43 for no (Kattis).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_extension.domain.problem import OutputValidator, Problem, TestCase
from jupyter_oj_extension.packages.files import NAME, PackageFiles, words
from jupyter_oj_graders.byhand.bench import Bench
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.checking import check
from jupyter_oj_graders.evaluations import Tools
from jupyter_oj_graders.validators import Matter, Validator, program
from jupyter_oj_sandbox.api import BoxFile, Ending, Role, RunLimits, RunResult

FOLDERS = ("input_validators", "input_format_validators")
GROUP_FILES = ("test_group.yaml", "testdata.yaml")
FLAG_KEYS = ("input_validator_args", "input_validator_flags")
YES = 42
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `ok` None: it could not be, and `detail` says why."""

    name: str
    ok: bool | None
    detail: str


def inspect(bench: Bench, folder: Path, problem: Problem) -> Iterator[Check]:
    """All checks of one package. Raises `SandboxFault`."""
    files, tools = PackageFiles(folder), bench.tools(problem)
    if unfit := sorted(_unfit(folder)):
        yield Check("names", None, f"passed over, as their names are not of the format's letters: {_few(unfit)}")
    validators = [f"{place}/{name}" for place in FOLDERS for name in files.names(place)]
    if not validators:
        yield Check("input validators", None, "there are none")
    for name in validators:
        yield _input_validator(tools, files, name, problem)
    for name, path in (("static validator", problem.static_validator), ("grader", problem.grader)):
        if path is not None:
            yield _builds_at(tools, problem, name, path)
    if problem.static_validator is not None and not problem.static_tests:
        yield Check("static validator", None, "not run: no group has a static_validation_score")
    if problem.validator.program is not None and problem.types & {"interactive", "multi-pass"}:
        yield _builds(tools, problem)
    elif "function" not in problem.types:
        yield _answers(tools, problem)


def _unfit(folder: Path) -> Iterator[str]:
    """Tests and submissions that the format treats as if they were not there. What begins with a dot is meant so."""
    for place in ("data", "submissions"):
        for where, folders, names in os.walk(folder / place):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in (*folders, *names):
                if not NAME.fullmatch(name) and not name.startswith("."):
                    yield (Path(where) / name).relative_to(folder).as_posix()


def _input_validator(tools: Tools, files: PackageFiles, name: str, problem: Problem) -> Check:
    inside = list(files.walk(name)) if (files.root / name).is_dir() else [name]
    known = {ending for language in tools.languages.values() for ending in language.extensions}
    if not any(PurePosixPath(path).suffix in known or path.endswith(("/build", "/run")) for path in inside):
        return Check(name, None, "not run: its language is not one of this judge's")
    try:
        theirs = replace(problem, validator=OutputValidator("custom", program=files.root / name))
        built = program.build(theirs, tools)
    except OJError as error:
        return Check(name, False, error.detail)
    limits = RunLimits(
        cpu_s=problem.limits.validation_s, wall_s=2 * problem.limits.validation_s, memory_mib=built.memory_mib
    )
    refused = []
    with tools.sandbox.box(built.image, memory_mib=built.memory_mib, role=Role.JURY) as box:
        box.load(built.executable.files)
        loaded: tuple[BoxFile, ...] = ()
        for case in problem.cases:
            # The test's own arguments and files, too (2025-09, "Input validators").
            argv = (*built.executable.argv, *input_flags(files, case, PurePosixPath(name).stem), *case.args)
            beside = tuple(BoxFile(each, path.read_bytes(), seed=True) for each, path in case.files)
            if beside or loaded:
                box.load((*built.executable.files, *beside))
            loaded = beside
            result = box.run(argv, limits=limits, stdin=case.input.read_bytes(), env=dict(built.executable.env))
            if not (result.ending is Ending.EXITED and result.exit_code == YES):
                refused.append(f"{case.name} ({_why(result)})")
    if refused:
        return Check(name, False, f"does not accept {_few(refused)}")
    return Check(name, True, f"accepts {len(problem.cases)} inputs")


def input_flags(files: PackageFiles, case: TestCase, validator: str) -> tuple[str, ...]:
    """The arguments of an input validator for a test: those of the test, else of the nearest group above it. A map
    gives each validator its own."""
    folder = PurePosixPath("data") / case.group
    places = [f"data/{case.name}.yaml"]
    places += [f"{each}/{name}" for each in (folder, *folder.parents) for name in GROUP_FILES if str(each) != "."]
    for place in places:
        data = files.yaml(place)
        for key in FLAG_KEYS:
            if key in data:
                value = data[key]
                if isinstance(value, dict) and set(value) == {"name", "flags"}:  # legacy: of one validator
                    value = {str(value["name"]): value["flags"]}
                if isinstance(value, dict):
                    value = value.get(validator, [])
                return words(value, f"{place}: {key}")
    return ()


def _builds_at(tools: Tools, problem: Problem, name: str, path: Path) -> Check:
    try:
        program.build_at(path, f"the {name}", problem, tools)
    except OJError as error:
        return Check(name, False, error.detail)
    return Check(name, True, "builds")


def _builds(tools: Tools, problem: Problem) -> Check:
    name = "interactor" if "interactive" in problem.types else "output validator"
    try:
        program.build(problem, tools)
    except OJError as error:
        return Check(name, False, error.detail)
    return Check(name, True, "builds")


def _answers(tools: Tools, problem: Problem) -> Check:
    """Each answer file, given as a submission's output, must be right."""
    name = "answers accepted by the output validator"
    refused = []
    try:
        for case, checked in _checked(tools, problem):
            if not checked.ok:
                refused.append(f"{case.name} ({checked.message or 'wrong'})")
    except OJError as error:
        return Check(name, False, error.detail)
    if refused:
        return Check(name, False, f"not {_few(refused)}")
    return Check(name, True, f"{len(problem.cases)} answers")


def _checked(tools: Tools, problem: Problem) -> Iterator[tuple[TestCase, CheckResult]]:
    if problem.validator.kind != "custom":
        for case in problem.cases:
            answer = case.answer.read_bytes()
            yield case, check(problem.validator, case, answer, answer)
        return
    with Validator(problem, tools) as validator:
        for case in problem.cases:
            answer = case.answer.read_bytes()
            yield case, validator.check(Matter(case, case.input.read_bytes(), answer), answer)


def _why(result: RunResult) -> str:
    how = f"exit code {result.exit_code}" if result.ending is Ending.EXITED else result.signal or str(result.ending)
    said = (result.stderr or result.stdout).decode("utf-8", "replace").strip().splitlines()
    return f"{how}: {said[-1][:SHOWN]}" if said else how


def _few(refused: list[str]) -> str:
    return ", ".join(refused[:3]) + (f" and {len(refused) - 3} more" if len(refused) > 3 else "")
