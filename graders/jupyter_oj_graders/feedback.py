"""What a learner sees of a run: of a hidden test what its uncaught error is called and where it happened (`failure`),
of a test they may see (samples, own input) its texts as well (`open_run`)."""

from __future__ import annotations

import re
import signal
from dataclasses import replace

from jupyter_oj_extension.domain.judgement import RunOutcome, SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.verdict import Verdict
from jupyter_oj_graders import traces
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.sources import arrange
from jupyter_oj_sandbox.api import Ending, RunLimits, RunResult

SHOWN_CHARS = 4096
NOT_COMPARED = "The program ran on your own input. Its output is not compared with anything."

_SIGNALS = {
    "SIGSEGV": "it touched memory that is not its own, or its stack overflowed",
    "SIGBUS": "it touched memory that is not its own",
    "SIGFPE": "it divided a whole number by zero",
    "SIGABRT": "it gave up: a failed assertion or an uncaught exception",
    "SIGILL": "it came upon an instruction that does not exist",
    "SIGSYS": "it made a system call that is not allowed here",
    "SIGXFSZ": "it wrote too large a file",
}

_OUR_FOLDERS = re.compile(r"(?:/box|/scratch)/")


def failure(outcome: RunOutcome, result: RunResult, language: Language, sources: tuple[SourceFile, ...]) -> RunOutcome:
    """`outcome` with the type and line of the error that ended the program, where its standard error tells them."""
    if outcome.verdict not in (Verdict.RTE, Verdict.MLE):
        return outcome
    files = arrange(language, sources)
    texts = {file.name: file.content.decode("utf-8", "replace") for file in files.files}
    error = traces.uncaught(result.stderr, texts, files.entry)
    return outcome if error is None else replace(outcome, error_type=error.type, error_line=error.line)


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
        message=_message(outcome, result, checked, limits, compared=answer is not None),
        input=cut(stdin),
        expected=None if answer is None else cut(answer),
        output=cut(result.stdout),
        error=_OUR_FOLDERS.sub("", cut(result.stderr, end=True)),
    )


def with_line(outcome: RunOutcome, result: RunResult, line: int) -> RunOutcome:
    """`outcome` of a run that a signal ended at `line`. What is known by no other name is called by the signal's."""
    message = outcome.message and outcome.message.replace(_signalled(result), _signalled(result, line))
    return replace(outcome, error_type=outcome.error_type or result.signal, error_line=line, message=message)


def cut(text: bytes, *, end: bool = False) -> str:
    """`text` decoded, and only its beginning (or `end`: of an error the last lines matter) with how much is left
    out."""
    if len(text) <= SHOWN_CHARS:
        return _text(text)
    left = f"… ({len(text) - SHOWN_CHARS} more bytes)"
    return f"{left}\n{_text(text[-SHOWN_CHARS:])}" if end else f"{_text(text[:SHOWN_CHARS])}\n{left}"


def _text(text: bytes) -> str:
    return text.decode("utf-8", "replace").replace("\0", "\N{SYMBOL FOR NULL}")  # PostgreSQL's text holds no NUL


def _message(
    outcome: RunOutcome, result: RunResult, checked: CheckResult | None, limits: RunLimits, *, compared: bool
) -> str | None:
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
            return _signalled(result)
        case Ending.EXITED:
            if result.exit_code:
                return _failed(outcome, result.exit_code)
    return checked.message if compared and checked is not None else None


def _signalled(result: RunResult, line: int | None = None) -> str:
    meaning = _SIGNALS.get(result.signal or "")
    where = f" at line {line}" if line else ""
    return f"The program was ended by {result.signal}{where}{f' ({meaning})' if meaning else ''}."


def _failed(outcome: RunOutcome, code: int) -> str:
    if outcome.error_type is not None:
        return f"{outcome.error_type}{f' at line {outcome.error_line}' if outcome.error_line else ''}."
    ended = code - 128 if 128 < code <= 128 + signal.SIGSYS else 0  # as shells tell of a program they started
    by = f" (a program it started was ended by {signal.Signals(ended).name})" if ended else ""
    return f"The program ended with exit code {code}{by}."
