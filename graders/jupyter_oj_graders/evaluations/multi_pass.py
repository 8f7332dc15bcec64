"""Multi-pass validation (Kattis 2025-09): a validator that accepts may ask for one more run of the program, on an input
that it has made.

It leaves that input as ``nextpass.in`` in its feedback folder. Every pass has the limits for itself. What else is in
the folder is there again in the next pass; the last pass decides. A problem of any other type has a single pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.problem import Problem
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.validators import Matter, Said
from jupyter_oj_graders.validators.said import NEXT_PASS
from jupyter_oj_sandbox.api import RunResult


@dataclass(frozen=True, slots=True)
class Pass:
    """One run of the program and what the validator said of it: None where the program's own end decides.
    `feedback` is the feedback folder as the validator left it."""

    result: RunResult
    said: Said | None
    feedback: dict[str, bytes] = field(default_factory=dict)


def in_passes(problem: Problem, matter: Matter, once: Callable[[Matter], Pass]) -> tuple[RunResult, CheckResult | None]:
    """Run passes, the first on `matter`, until one is the last. Times and memory are those of the pass that had most.

    Raises `JudgeError` for a validator that asks for more passes than ``limits.validation_passes``.
    """
    most = problem.limits.validation_passes if "multi-pass" in problem.types else 1
    total: RunResult | None = None
    for _ in range(most):
        done = once(matter)
        total = done.result if total is None else _with(total, done.result)
        if done.said is None or done.said.next_input is None:
            return total, None if done.said is None else done.said.check
        state = {name: content for name, content in done.feedback.items() if name != NEXT_PASS}
        matter = replace(matter, stdin=done.said.next_input, state=state)
    raise JudgeError(
        f"the output validator of problem {problem.slug}, on test {matter.test.name}, asks for more than {most} passes"
    )


def _with(before: RunResult, last: RunResult) -> RunResult:
    return replace(
        last,
        cpu_s=max(before.cpu_s, last.cpu_s),
        wall_s=max(before.wall_s, last.wall_s),
        memory_kib=max(before.memory_kib, last.memory_kib),
    )
