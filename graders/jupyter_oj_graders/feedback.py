"""What a learner sees of a test they may see (samples, own input). A hidden test never comes here."""

from __future__ import annotations

import re
from dataclasses import replace

from jupyter_oj_extension.domain.judgement import RunOutcome
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_sandbox.api import Ending, RunLimits, RunResult

SHOWN_CHARS = 4096
NOT_COMPARED = "The program ran on your own input. Its output is not compared with anything."

_OUR_FOLDERS = re.compile(r"(?:/box|/scratch)/")


def open_run(
    outcome: RunOutcome,
    result: RunResult,
    checked: CheckResult | None,
    *,
    stdin: bytes,
    answer: bytes | None,
    limits: RunLimits,
) -> RunOutcome:
    """`outcome` with the texts of the test, each cut to a few KiB. `answer` is None where nothing is compared."""
    return replace(
        outcome,
        message=_message(result, checked, limits, compared=answer is not None),
        input=cut(stdin),
        expected=None if answer is None else cut(answer),
        output=cut(result.stdout),
        error=_OUR_FOLDERS.sub("", cut(result.stderr, end=True)),
    )


def cut(text: bytes, *, end: bool = False) -> str:
    """`text` decoded, and only its beginning (or `end`: of an error the last lines matter) with how much is left
    out."""
    if len(text) <= SHOWN_CHARS:
        return _text(text)
    left = f"… ({len(text) - SHOWN_CHARS} more bytes)"
    return f"{left}\n{_text(text[-SHOWN_CHARS:])}" if end else f"{_text(text[:SHOWN_CHARS])}\n{left}"


def _text(text: bytes) -> str:
    return text.decode("utf-8", "replace").replace("\0", "\N{SYMBOL FOR NULL}")  # PostgreSQL's text holds no NUL


def _message(result: RunResult, checked: CheckResult | None, limits: RunLimits, *, compared: bool) -> str | None:
    match result.ending:
        case Ending.CPU_LIMIT:
            return f"The program used more than its {limits.cpu_s:g} s of processor time."
        case Ending.WALL_LIMIT:
            return f"The program was not done after {limits.wall_s:g} s (does it wait for input that does not come?)."
        case Ending.MEMORY_LIMIT:
            return f"The program needed more than its {limits.memory_mib} MiB of memory."
        case Ending.OUTPUT_LIMIT:
            return f"The program wrote more than {limits.output_kib} KiB."
        case Ending.SIGNALLED:
            return f"The program was ended by {result.signal}."
        case Ending.EXITED:
            if result.exit_code:
                return f"The program ended with exit code {result.exit_code}."
    return checked.message if compared and checked is not None else None
