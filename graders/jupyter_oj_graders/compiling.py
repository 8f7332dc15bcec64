"""Step 1: from source to `Executable`, in the sandbox, in a container of its own with the compiler's limits.

Only the built files are carried over. A language that builds nothing has its syntax checked here, so that CE means the
same everywhere; where a run that ended well shows that it is right, only after a first run that did not (ADR 0166).
Whatever the compiler could not do within its limits is the learner's CE; a fault of the sandbox is raised.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_graders import syntax
from jupyter_oj_graders.compile_step import ARTEFACT_MIB, CompileError, explained, filled, step_limits
from jupyter_oj_graders.executables import Executable, ExecutableCache, executable_key, pack, unpack
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_graders.sources import Arranged, arrange
from jupyter_oj_graders.verdicts import compiled
from jupyter_oj_sandbox.api import BoxFile, Role, Sandbox

__all__ = ["CompileError", "build"]

COMPILE_SCRATCH_MIB = 256
HEADERS = frozenset({".h", ".hh", ".hpp", ".hxx", ".inc"})
"""Sources that only a compiler reads."""


def build(
    sandbox: Sandbox,
    cache: ExecutableCache,
    language: Language,
    sources: tuple[SourceFile, ...],
    limits: Limits,
    *,
    beside: tuple[SourceFile, ...] = (),
    entry: str | None = None,
    role: Role = Role.LEARNER,
    check_may_wait: bool = False,
) -> Executable | CompileError:
    """Build a program, or take it from the cache. `sources`, `beside` and `entry` are those of `sources.arrange`; a
    jury's program is built in a container of `role` JURY, as its source may tell what the learner must not see.
    `check_may_wait`: a syntax check may be left to `syntax.prove`, which is called with the program's first run.

    Raises `SandboxFault` when the sandbox failed and `JudgeError` for files that cannot lie in a box.
    """
    program = arrange(language, sources, beside, entry)
    built = _program(sandbox, cache, language, program, limits, role, check_may_wait=check_may_wait)
    if isinstance(built, CompileError) or role is Role.JURY:  # a validator's working folder is for its feedback
        return built
    return replace(built, files=(*built.files, *_data(program)))


def _data(program: Arranged) -> tuple[BoxFile, ...]:
    """What is no source lies in the working folder of each run, too: a program reads its data there (Kattis, "Working
    directory")."""
    return tuple(
        replace(file, seed=True)
        for file in program.files
        if file.name not in program.sources and PurePosixPath(file.name).suffix not in HEADERS
    )


def _program(
    sandbox: Sandbox,
    cache: ExecutableCache,
    language: Language,
    program: Arranged,
    limits: Limits,
    role: Role,
    *,
    check_may_wait: bool,
) -> Executable | CompileError:
    artefacts = _artefacts(language, program)
    if language.compile_argv is None and language.check_argv is None:
        return _interpreted(language, program, limits)
    key = executable_key(language, program.files, program.entry)
    payload = cache.get(key)
    if payload is None and check_may_wait and syntax.shown_by_a_run(language, program):
        return replace(_interpreted(language, program, limits), unproved=key)
    if payload is None:
        if language.compile_argv is not None:
            built = _compile(sandbox, language, program, artefacts, limits, role)
        else:
            built = syntax.check(sandbox, language, program, limits, role)
        if isinstance(built, CompileError):
            return built
        payload = pack(built)
        cache.put(key, payload)
    if language.compile_argv is None:
        return _interpreted(language, program, limits)
    return _built(language, unpack(payload), artefacts[0], limits)


def _artefacts(language: Language, program: Arranged) -> tuple[str, ...]:
    """The files that the compiler makes, the one that is run first."""
    if language.artefact is None:
        return ()
    stems = (name.rpartition(".")[0] for name in program.sources)
    return tuple(dict.fromkeys(language.artefact.replace("{stem}", stem) for stem in stems))


def _compile(
    sandbox: Sandbox, language: Language, program: Arranged, artefacts: tuple[str, ...], limits: Limits, role: Role
) -> dict[str, bytes] | CompileError:
    """The built files by name."""
    recipe = language.compile_image or language.run_image
    if language.compile_argv is None or not artefacts:
        raise ValueError(f"language {language.id} has no compile command or artefact")
    wall_s = max(language.compile_wall_s, limits.compile_wall_s)
    memory_mib = max(language.compile_memory_mib, limits.compile_memory_mib)
    with sandbox.box(image_spec(recipe), memory_mib=memory_mib, role=role) as box:
        box.load(program.files)
        result = box.run(
            filled(language.compile_argv, program.sources, artefact=f"/scratch/{artefacts[0]}", memory_mib=memory_mib),
            limits=step_limits(wall_s, memory_mib, scratch_mib=COMPILE_SCRATCH_MIB),
            env=language.environment(memory_mib),
            collect=(*artefacts, *language.beside_artefact),
            collect_mib=ARTEFACT_MIB,
        )
    if compiled(result) and artefacts[0] in result.collected:
        return result.collected
    return CompileError(explained(result, wall_s, memory_mib))


def _interpreted(language: Language, program: Arranged, limits: Limits) -> Executable:
    return Executable(
        files=program.files,
        argv=filled(language.run_argv, program.sources, memory_mib=limits.memory_mib),
        env=language.environment(limits.memory_mib),
        memory_pattern=language.memory_pattern,
    )


def _built(language: Language, files: dict[str, bytes], artefact: str, limits: Limits) -> Executable:
    return Executable(
        files=tuple(BoxFile(name, content, executable=True) for name, content in files.items()),
        argv=filled(language.run_argv, (), artefact=f"/box/{artefact}", memory_mib=limits.memory_mib),
        env=language.environment(limits.memory_mib),
        memory_pattern=language.memory_pattern,
    )
