"""From `OutputValidator.program`, a file or a folder, to something that runs.

Which language it is in is told by its files' extensions, among all languages there are. A folder may bring scripts
``build`` and ``run`` in place of that (legacy format): nothing of a package is ever executed outside the sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits, Problem
from jupyter_oj_graders import compiling
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_graders.included import with_constants
from jupyter_oj_graders.validators.scripts import SCRIPTS_IMAGE, built_by_script
from jupyter_oj_sandbox.api import ImageSpec, Role

if TYPE_CHECKING:
    from jupyter_oj_graders.evaluations.base import Tools

BUILD_MEMORY_MIB = 2048
"""A validator is compiled once and may be heavy on templates; it is the jury's."""

_TESTLIB = re.compile(rb"\bregister(TestlibCmd|Interaction)\s*\(")
_KATTIS_CODES = re.compile(rb"\bOK_EXIT_CODE[ \t]+42\b")
_IGNORED = re.compile(r"(?:\..*|.*~|.*\.(?:md|txt|pyc|class|o))")


class Dialect(StrEnum):
    """How a validator is called and answers: Kattis's way, or as programs made with an unmodified testlib do."""

    KATTIS = "kattis"
    TESTLIB = "testlib"


@dataclass(frozen=True, slots=True)
class JuryProgram:
    """A program of the jury's, ready to be loaded into a box of `image`."""

    executable: Executable
    image: ImageSpec
    dialect: Dialect
    memory_mib: int


def build(problem: Problem, tools: Tools) -> JuryProgram:
    """The problem's own validator or interactor, as `build_at`. Raises `JudgeError` when there is none, too."""
    path = problem.validator.program
    if path is None:
        raise JudgeError(f"problem {problem.slug} has no output validator of its own")
    return build_at(path, _what(problem), problem, tools)


def build_at(path: Path, what: str, problem: Problem, tools: Tools) -> JuryProgram:
    """The program at `path`, a file or folder of the problem's, built or taken from the cache.

    Raises `JudgeError`, which names the program by `what`, when it does not compile, or no language knows its files.
    """
    files = tuple(replace(file, content=with_constants(file.content, problem.constants)) for file in sources(path))
    limits = _limits(problem.limits)
    named = {file.name for file in files}
    if named & {"build", "run"}:
        executable = built_by_script(files, limits, tools, what=what)
        return JuryProgram(executable, SCRIPTS_IMAGE, Dialect.KATTIS, limits.memory_mib)
    language = _language(files, tools.languages)
    if language is None:
        raise JudgeError(f"{what}: no language here has files like {', '.join(sorted(named)) or 'none'}")
    limits = replace(limits, memory_mib=limits.memory_mib + language.memory_extra_mib)
    built = compiling.build(tools.sandbox, tools.executables, language, files, limits, role=Role.JURY)
    if isinstance(built, compiling.CompileError):
        raise JudgeError(f"{what} does not compile: {built.output}")
    return JuryProgram(built, image_spec(language.run_image), dialect(files), limits.memory_mib)


def sources(path: Path) -> tuple[SourceFile, ...]:
    """The files of a program, by name, without notes and what editors leave. Raises `OSError`."""
    if path.is_file():
        return (SourceFile(path.name, path.read_bytes()),)
    found = (file for file in sorted(path.rglob("*")) if file.is_file() and "__pycache__" not in file.parts)
    names = ((str(file.relative_to(path)), file) for file in found)
    return tuple(SourceFile(name, file.read_bytes()) for name, file in names if not _IGNORED.fullmatch(file.name))


def dialect(files: tuple[SourceFile, ...]) -> Dialect:
    """Testlib's own calls mean testlib's arguments and exit codes, unless its header was made to speak Kattis's."""
    if any(_TESTLIB.search(file.content) for file in files if file.name != "testlib.h"):
        kattis = any(_KATTIS_CODES.search(file.content) for file in files)
        return Dialect.KATTIS if kattis else Dialect.TESTLIB
    return Dialect.KATTIS


def _language(files: tuple[SourceFile, ...], languages: Mapping[str, Language]) -> Language | None:
    """The language that most files are in; of several with the same extensions the first there is."""
    endings = [PurePosixPath(file.name).suffix for file in files]
    fitting = [(sum(ending in language.extensions for ending in endings), language) for language in languages.values()]
    most = max((count for count, _ in fitting), default=0)
    return next((language for count, language in fitting if count == most), None) if most else None


def _limits(limits: Limits) -> Limits:
    return replace(
        limits,
        memory_mib=limits.validation_memory_mib,
        compile_memory_mib=max(BUILD_MEMORY_MIB, limits.compile_memory_mib),
    )


def _what(problem: Problem) -> str:
    kind = "interactor" if "interactive" in problem.types else "output validator"
    return f"the {kind} of problem {problem.slug}"
