"""Step 2 of a test: run the learner's program on one input, in the sandbox. The answer is not here.

The place for a second look at a time that is near the limit (run again, take the better) is `execute`: it alone knows
both the limits and the result.
"""

from __future__ import annotations

from dataclasses import replace

from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_graders.executables import Executable
from jupyter_oj_sandbox.api import Box, RunLimits, RunResult


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


def execute(box: Box, executable: Executable, stdin: bytes, limits: RunLimits) -> RunResult:
    """Run the program once. Raises `SandboxFault` when the sandbox failed."""
    return box.run(executable.argv, limits=limits, stdin=stdin, env=dict(executable.env))
