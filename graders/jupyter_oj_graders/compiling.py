"""Step 1: from source to `Executable`, in the sandbox, in a container of its own with the compiler's limits.

Only the built files are carried over. A language that builds nothing has its syntax checked here, so that CE means the
same everywhere; where a run that ended well shows that it is right, only after a first run that did not (ADR 0166).
Whatever the compiler could not do within its limits is the learner's CE; a fault of the sandbox is raised.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_graders.compiler_output import readable
from jupyter_oj_graders.executables import Executable, ExecutableCache, executable_key, pack, unpack
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_graders.sources import FOLDER, Arranged, arrange
from jupyter_oj_graders.verdicts import compiled, finished
from jupyter_oj_sandbox.api import Box, BoxFile, Ending, Role, RunLimits, RunResult, Sandbox

ARTEFACT_MIB = 64
COMPILE_SCRATCH_MIB = 256
HEADERS = frozenset({".h", ".hh", ".hpp", ".hxx", ".inc"})
"""Sources that only a compiler reads."""


@dataclass(frozen=True, slots=True)
class CompileError:
    """The learner's source does not build; `output` is what the compiler said, fit to be shown."""

    output: str


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
    `check_may_wait`: a syntax check may be left to `prove`, which is called with the program's first run.

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
    if payload is None and check_may_wait and _shown_by_a_run(language, program):
        return replace(_interpreted(language, program, limits), unproved=key)
    if payload is None:
        if language.compile_argv is not None:
            built = _compile(sandbox, language, program, artefacts, limits, role)
        else:
            built = _check(sandbox, language, program, limits, role)
        if isinstance(built, CompileError):
            return built
        payload = pack(built)
        cache.put(key, payload)
    if language.compile_argv is None:
        return _interpreted(language, program, limits)
    return _built(language, unpack(payload), artefacts[0], limits)


def _shown_by_a_run(language: Language, program: Arranged) -> bool:
    """Whether a run that ends well shows what the language's check would. Not with a NUL byte: CPython refuses it in a
    text, and takes it for the end of a line in a file."""
    return language.reads_whole and len(program.files) == 1 and b"\0" not in program.files[0].content


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
            _argv(language.compile_argv, program.sources, artefact=f"/scratch/{artefacts[0]}", memory_mib=memory_mib),
            limits=_limits(wall_s, memory_mib, scratch_mib=COMPILE_SCRATCH_MIB),
            env=language.environment(memory_mib),
            collect=(*artefacts, *language.beside_artefact),
            collect_mib=ARTEFACT_MIB,
        )
    if compiled(result) and artefacts[0] in result.collected:
        return result.collected
    return CompileError(_explain(result, wall_s, memory_mib))


def _check(
    sandbox: Sandbox, language: Language, program: Arranged, limits: Limits, role: Role
) -> dict[str, bytes] | CompileError:
    """No files, when the syntax is right. Runs in the container that the tests run in: it executes nothing of the
    source."""
    if language.check_argv is None:
        raise ValueError(f"language {language.id} has no check command")
    memory_mib = max(language.compile_memory_mib, limits.memory_mib)
    with sandbox.box(image_spec(language.run_image), memory_mib=memory_mib, role=role) as box:
        box.load(program.files)
        result = box.run(
            _argv(language.check_argv, program.sources, memory_mib=memory_mib),
            limits=_limits(language.compile_wall_s, memory_mib),
            env=language.environment(memory_mib),
        )
    return {} if compiled(result) else CompileError(_explain(result, language.compile_wall_s, memory_mib))


class Unreadable(Exception):
    """The source turned out to be none; `error` is what the learner is told."""

    def __init__(self, error: CompileError) -> None:
        super().__init__("the source does not compile")
        self.error = error


def prove(
    box: Box, cache: ExecutableCache, language: Language, program: Executable, result: RunResult, memory_mib: int
) -> None:
    """Look at the syntax of an unproved program after its first run, in the same `box`, unless its `result` shows
    that it is right. Raises `Unreadable` when it is not.

    A check that meets a limit (of `memory_mib` as well, which is the tests' here) leaves the verdict to the run.
    """
    if not finished(result):
        checked = box.run(
            _argv(language.check_argv or (), (program.files[0].name,), memory_mib=memory_mib),
            limits=_limits(language.compile_wall_s, memory_mib),
            env=language.environment(memory_mib),
        )
        if not compiled(checked):
            if checked.ending in (Ending.EXITED, Ending.SIGNALLED):
                raise Unreadable(CompileError(_explain(checked, language.compile_wall_s, memory_mib)))
            return
    cache.put(program.unproved, pack({}))


def _interpreted(language: Language, program: Arranged, limits: Limits) -> Executable:
    return Executable(
        files=program.files,
        argv=_argv(language.run_argv, program.sources, memory_mib=limits.memory_mib),
        env=language.environment(limits.memory_mib),
        memory_pattern=language.memory_pattern,
    )


def _built(language: Language, files: dict[str, bytes], artefact: str, limits: Limits) -> Executable:
    return Executable(
        files=tuple(BoxFile(name, content, executable=True) for name, content in files.items()),
        argv=_argv(language.run_argv, (), artefact=f"/box/{artefact}", memory_mib=limits.memory_mib),
        env=language.environment(limits.memory_mib),
        memory_pattern=language.memory_pattern,
    )


def _argv(
    template: tuple[str, ...], sources: tuple[str, ...], *, memory_mib: int, artefact: str = ""
) -> tuple[str, ...]:
    """Fill in the words of `Language`, and nothing else: a script in the template may have braces of its own."""
    paths = tuple(f"{FOLDER}/{name}" for name in sources)
    words = {"{artefact}": artefact, "{memory_mib}": str(memory_mib)} | ({"{source}": paths[0]} if paths else {})
    argv: list[str] = []
    for part in template:
        if part == "{sources}":
            argv += paths
            continue
        for word, value in words.items():
            part = part.replace(word, value)
        argv.append(part)
    return tuple(argv)


def _limits(wall_s: float, memory_mib: int, *, scratch_mib: int = 64) -> RunLimits:
    return RunLimits(
        cpu_s=wall_s, wall_s=wall_s, memory_mib=memory_mib, output_kib=256, error_kib=256, scratch_mib=scratch_mib
    )


def _explain(result: RunResult, wall_s: float, memory_mib: int) -> str:
    said = readable(result.stderr + result.stdout)
    match result.ending:
        case Ending.CPU_LIMIT | Ending.WALL_LIMIT:
            reason = f"Compiling took longer than {wall_s:g} s."
        case Ending.MEMORY_LIMIT:
            reason = f"The compiler needed more than {memory_mib} MiB of memory."
        case Ending.OUTPUT_LIMIT:
            reason = f"The compiler wrote too much, or the program is larger than {ARTEFACT_MIB} MiB."
        case Ending.SIGNALLED:
            reason = f"The compiler was ended by {result.signal}."
        case Ending.EXITED:
            reason = "" if result.exit_code else "The compiler made no program."
    return (
        "\n".join(part for part in (reason, said) if part) or f"The compiler ended with exit code {result.exit_code}."
    )
