"""One run of a compiler or of a syntax check: its arguments, its limits, and what is said of it when it fails."""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_oj_graders.compiler_output import readable
from jupyter_oj_graders.sources import FOLDER
from jupyter_oj_sandbox.api import Ending, RunLimits, RunResult

ARTEFACT_MIB = 64


@dataclass(frozen=True, slots=True)
class CompileError:
    """The learner's source does not build; `output` is what the compiler said, fit to be shown."""

    output: str


def filled(
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


def step_limits(wall_s: float, memory_mib: int, *, scratch_mib: int = 64) -> RunLimits:
    return RunLimits(
        cpu_s=wall_s, wall_s=wall_s, memory_mib=memory_mib, output_kib=256, error_kib=256, scratch_mib=scratch_mib
    )


def explained(result: RunResult, wall_s: float, memory_mib: int) -> str:
    """What the learner reads of a compiler that did not do its work within these limits."""
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
