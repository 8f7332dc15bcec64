"""A package's own checks, in the sandbox: its input validators on every input, its output validator on every answer.

Validators are the jury's programs: they run in containers that no learner's program ever ran in, and exit with 42 for
yes and 43 for no (Kattis).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jupyter_oj_extension.domain.errors import OJError
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits, Problem, TestCase
from jupyter_oj_extension.packages.files import PackageFiles
from jupyter_oj_graders import compiling
from jupyter_oj_graders.byhand.bench import Bench
from jupyter_oj_graders.checking import check
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox.api import Ending, Role, RunLimits, RunResult

FOLDERS = ("input_validators", "input_format_validators")
YES = 42
LIMITS = RunLimits(cpu_s=60, wall_s=120, memory_mib=1024)
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `ok` None: it could not be, and `detail` says why."""

    name: str
    ok: bool | None
    detail: str


def inspect(bench: Bench, folder: Path, problem: Problem) -> Iterator[Check]:
    """All checks of one package. Raises `SandboxFault`."""
    files = PackageFiles(folder)
    programs = [f"{place}/{name}" for place in FOLDERS for name in files.names(place)]
    if not programs:
        yield Check("input validators", None, "there are none")
    for program in programs:
        yield _input_validator(bench, files, program, problem)
    if not problem.types & {"interactive", "multi-pass", "function"}:
        yield _answers(bench, problem)


def _input_validator(bench: Bench, files: PackageFiles, name: str, problem: Problem) -> Check:
    inside = list(files.walk(name)) if (files.root / name).is_dir() else [name]
    language = _language(bench, inside)
    if language is None:
        return Check(name, None, "not run: its language is not one of this judge's")
    parent = Path(name) if (files.root / name).is_dir() else Path(name).parent
    sources = tuple(SourceFile(str(Path(p).relative_to(parent)), (files.root / p).read_bytes()) for p in inside)
    program = compiling.build(bench.sandbox, bench.executables, language, sources, Limits(), role=Role.JURY)
    if isinstance(program, compiling.CompileError):
        return Check(name, False, f"does not compile: {program.output[:SHOWN]}")
    refused = []
    with bench.sandbox.box(image_spec(language.run_image), memory_mib=LIMITS.memory_mib, role=Role.JURY) as box:
        box.load(program.files)
        for case in problem.cases:
            result = box.run(_argv(program, case), limits=LIMITS, stdin=case.input.read_bytes(), env=program.env)
            if not (result.ending is Ending.EXITED and result.exit_code == YES):
                refused.append(f"{case.name} ({_why(result)})")
    if refused:
        return Check(name, False, f"does not accept {', '.join(refused[:3])}{_more(refused)}")
    return Check(name, True, f"accepts {len(problem.cases)} inputs")


def _argv(program: Executable, case: TestCase) -> tuple[str, ...]:
    return (*program.argv, *(getattr(case, "input_validator_flags", None) or ()))


def _answers(bench: Bench, problem: Problem) -> Check:
    """Each answer file, given as a submission's output, must be right."""
    name = "answers accepted by the output validator"
    refused = []
    for case in problem.cases:
        answer = case.answer.read_bytes()
        try:
            checked = check(problem.validator, case, answer, answer)
        except OJError as error:
            return Check(name, False, f"{case.name}: {error.detail}")
        if not checked.ok:
            refused.append(f"{case.name} ({checked.message or 'wrong'})")
    if refused:
        return Check(name, False, f"not {', '.join(refused[:3])}{_more(refused)}")
    return Check(name, True, f"{len(problem.cases)} answers")


def _language(bench: Bench, names: list[str]) -> Language | None:
    endings = {Path(name).suffix for name in names}
    return next((one for one in bench.languages.values() if endings & set(one.extensions)), None)


def _why(result: RunResult) -> str:
    how = f"exit code {result.exit_code}" if result.ending is Ending.EXITED else result.signal or str(result.ending)
    said = (result.stderr or result.stdout).decode("utf-8", "replace").strip().splitlines()
    return f"{how}: {said[-1][:SHOWN]}" if said else how


def _more(refused: list[str]) -> str:
    return f" and {len(refused) - 3} more" if len(refused) > 3 else ""
