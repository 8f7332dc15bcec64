"""Step 2 of a test: run the learner's program on one input, in the sandbox. The answer is not here.

A measured time is the program's own and what the machine added: a neighbour's cache misses, a virtual machine's stolen
cycles. The error has one sign, so that the least of several times is the truest. A run that is over its time limit by
less than `ZONE` is therefore *in doubt*: it is let run to its end, and repeated on a quiet machine, at most `REPEATS`
times, until it is within the limit. A run within the limit is never in doubt.

A program cannot gain from it by being different each time: a repetition counts only if it did the same as the first run
(exit code and output, byte for byte). Each submission has a bounded number of repetitions. (ADR 0161.)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.quiet import Quiet
from jupyter_oj_graders.verdicts import told_of_memory
from jupyter_oj_sandbox.api import Box, Ending, RunLimits, RunResult

ZONE = 0.25
"""How far above the limit, as a share of it, a time is in doubt. A tenth was measured with eight programs to a core;
two threads that share a core, and guests of a full host, see more."""
ZONE_LEAST_S = 0.05
"""The zone of short limits: a few of the scheduler's ticks."""
REPEATS = 2
"""How often one run is repeated."""
REPEATS_IN_ALL = 10
"""How often a submission's runs are repeated, so that none can keep a grader busy with its doubts."""


@dataclass(slots=True)
class Doubt:
    """What one submission may still have of the benefit of the doubt, and where it is had."""

    quiet: Quiet = field(default_factory=Quiet)
    left: int = REPEATS_IN_ALL


def run_limits(limits: Limits, language: Language) -> RunLimits:
    """The problem's limits for this language: its time factor and extras applied."""
    scaled = replace(
        limits,
        cpu_s=limits.cpu_s * language.time_factor + language.time_extra_s,
        memory_mib=limits.memory_mib + language.memory_extra_mib,
    )
    return RunLimits(
        cpu_s=scaled.cpu_s,
        wall_s=scaled.wall_s,
        memory_mib=scaled.memory_mib,
        output_kib=scaled.output_kib,
        processes=scaled.processes,
    )


def execute(box: Box, executable: Executable, stdin: bytes, limits: RunLimits, doubt: Doubt | None = None) -> RunResult:
    """Run the program once, and again while its time is in doubt. Without `doubt`, nothing is repeated.

    Raises `SandboxFault` when the sandbox failed.
    """
    if doubt is None:
        return _once(box, executable, stdin, limits)
    longer = with_zone(limits)

    def once() -> RunResult:
        return within(_once(box, executable, stdin, longer), limits)

    with doubt.quiet.among_others():
        best = first = once()
    for _ in range(REPEATS):
        if not in_doubt(best, limits) or not doubt.left:
            break
        doubt.left -= 1
        with doubt.quiet.alone():
            again = once()
        if not _same(first, again):
            break
        best = min(best, again, key=lambda result: (result.ending in _OVER, result.cpu_s))
    return replace(best, exit_code=None, signal=None) if best.ending is Ending.CPU_LIMIT else best


def _once(box: Box, executable: Executable, stdin: bytes, limits: RunLimits) -> RunResult:
    result = box.run(
        executable.argv,
        limits=limits,
        stdin=stdin,
        env=dict(executable.env),
        collect=executable.collect,
        collect_mib=-(-limits.output_kib // 1024),
    )
    return told_of_memory(result, executable.memory_pattern)


def with_zone(limits: RunLimits) -> RunLimits:
    """`limits` with processor time enough to see how far a run is over its own."""
    return replace(limits, cpu_s=limits.cpu_s + _zone_s(limits))


def within(result: RunResult, limits: RunLimits) -> RunResult:
    """A result got `with_zone`, held against the limits that count: over them is CPU_LIMIT, with the exit code or
    signal of a run that came to its end in the zone."""
    over = result.cpu_s > limits.cpu_s and result.ending in (Ending.EXITED, Ending.SIGNALLED, Ending.WALL_LIMIT)
    return replace(result, ending=Ending.CPU_LIMIT) if over else result


_OVER = (Ending.CPU_LIMIT, Ending.WALL_LIMIT)


def in_doubt(result: RunResult, limits: RunLimits) -> bool:
    """Whether a quiet machine may have found this run within its limits.

    A run that met the wall limit is in doubt when it was given all the time that the runner adds for a machine that
    kept it from its core, and still had too little.
    """
    if result.ending is Ending.CPU_LIMIT:
        return result.exit_code is not None or result.signal is not None  # it came to its end in the zone
    return result.ending is Ending.WALL_LIMIT and result.wall_s > 1.9 * limits.wall_s


def _zone_s(limits: RunLimits) -> float:
    return max(ZONE * limits.cpu_s, ZONE_LEAST_S)


def _same(first: RunResult, again: RunResult) -> bool:
    """Whether two runs did the same, as far as the first one got: one that was ended early had no exit code, and
    wrote the beginning of its output."""
    if first.exit_code is None and first.signal is None:
        return again.stdout.startswith(first.stdout)
    ended = (first.exit_code, first.signal, first.stdout) == (again.exit_code, again.signal, again.stdout)
    return ended and first.collected == again.collected
