"""The syntax of what is not built: checked in the sandbox, or shown by a run that ended well (ADR 0166)."""

from __future__ import annotations

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_graders.compile_step import CompileError, explained, filled, step_limits
from jupyter_oj_graders.executables import Executable, ExecutableCache, pack
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_graders.sources import Arranged
from jupyter_oj_graders.verdicts import compiled, finished
from jupyter_oj_sandbox.api import Box, Ending, Role, RunResult, Sandbox


def check(
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
            filled(language.check_argv, program.sources, memory_mib=memory_mib),
            limits=step_limits(language.compile_wall_s, memory_mib),
            env=language.environment(memory_mib),
        )
    return {} if compiled(result) else CompileError(explained(result, language.compile_wall_s, memory_mib))


def shown_by_a_run(language: Language, program: Arranged) -> bool:
    """Whether a run that ends well shows what the language's check would. Not with a NUL byte: CPython refuses it in a
    text, and takes it for the end of a line in a file."""
    return language.reads_whole and len(program.files) == 1 and b"\0" not in program.files[0].content


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
            filled(language.check_argv or (), (program.files[0].name,), memory_mib=memory_mib),
            limits=step_limits(language.compile_wall_s, memory_mib),
            env=language.environment(memory_mib),
        )
        if not compiled(checked):
            if checked.ending in (Ending.EXITED, Ending.SIGNALLED):
                raise Unreadable(CompileError(explained(checked, language.compile_wall_s, memory_mib)))
            return
    cache.put(program.unproved, pack({}))
