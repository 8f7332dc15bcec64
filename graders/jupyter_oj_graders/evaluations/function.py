"""Function problems: the learner's function is called in the sandbox, its result compared out here.

The expected result never enters the sandbox. What comes out of it is a file of bytes that anything in there may have
written; `wire.decode_reply` makes a plain value of the signature's type of it, or nothing. So neither the harness nor
the learner's objects have a say in whether the result is right: a forged reply is no more than a result.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jupyter_oj_extension.domain.errors import JudgeError
from jupyter_oj_extension.domain.problem import Problem, TestCase
from jupyter_oj_extension.domain.values import ValueMismatch, arguments, dump, load_json, typed
from jupyter_oj_graders.checkers.result import CheckResult
from jupyter_oj_graders.evaluations.base import OwnInput, Parts, Test, Tools, Tried
from jupyter_oj_graders.evaluations.learner import Learner
from jupyter_oj_graders.executables import Executable
from jupyter_oj_graders.functions import REPLY
from jupyter_oj_graders.functions.compare import compare
from jupyter_oj_graders.functions.wire import InvalidReply, decode_reply, encode_arguments
from jupyter_oj_graders.validators import Matter, Validator
from jupyter_oj_graders.verdicts import finished
from jupyter_oj_sandbox.api import RunResult

NO_REPLY = "The program ended before the function returned."
TOO_LARGE = "The result is far larger than the expected one."
ROOM = 64 << 10
LARGER = 5
"""A reply may have this many bytes for each byte of the answer, and `ROOM`. What is right has: the most for a byte of
JSON takes a list of numbers like ``0,``. What has more would only keep the grader busy."""


class FunctionCall(Parts):
    """An `Evaluation` in one warm box, and the jury's where the problem brings its own validator."""

    def __init__(self, problem: Problem, program: Executable, tools: Tools) -> None:
        if problem.function is None:
            raise JudgeError(f"problem {problem.slug} has no signature")
        self._problem, self._tools, self._function = problem, tools, problem.function
        self._learner = Learner(replace(program, collect=(REPLY,)), tools)
        self._validator = Validator(problem, tools) if problem.validator.kind == "custom" else None
        super().__init__(self._validator, self._learner)

    def try_on(self, test: Test) -> Tried:
        """`Tried.stdin` is the JSON of the arguments, its result's output the JSON of the function's result with what
        was printed."""
        signature = self._function.signature
        given = self._learner.stdin(test)
        try:
            call = encode_arguments(signature.parameters, arguments(signature.parameters, load_json(_text(given))))
        except ValueMismatch as error:
            raise JudgeError(f"{self._problem.slug}, {test.name}: {error}") from error
        result = self._learner.run(test, call)
        answer = None if isinstance(test, OwnInput) else self._tools.problems.read(test.answer)
        most = None if answer is None or self._validator else LARGER * len(answer) + ROOM
        value, fault = self._value(result, most) if finished(result) else (None, "")
        shown = replace(result, stdout=_shown(result, value, fault))
        wrong = CheckResult(ok=False, message=fault) if fault else None
        if isinstance(test, OwnInput) or answer is None:
            return Tried(shown, wrong, given, None)
        checked = self._check(test, given, answer, value) if finished(result) and not fault else wrong
        return Tried(shown, checked, given, answer)

    def _value(self, result: RunResult, most: int | None) -> tuple[Any, str]:
        """The function's result, or why there is none. A reply above `most` bytes is not read."""
        reply = result.collected.get(REPLY)
        if reply is None:
            return None, NO_REPLY
        if most is not None and len(reply) > most:
            return None, TOO_LARGE
        try:
            return decode_reply(self._function.signature.result, reply), ""
        except InvalidReply as why:
            return None, f"The result is no {self._function.signature.result}: {why}."

    def _check(self, test: TestCase, given: bytes, answer: bytes, value: Any) -> CheckResult:
        if self._validator is not None:
            return self._validator.check(Matter(test, given, answer), f"{dump(value)}\n".encode())
        try:
            expected = typed(self._function.signature.result, load_json(_text(answer)), "the answer")
        except ValueMismatch as error:
            raise JudgeError(f"{self._problem.slug}, {test.name}: {error}") from error
        return compare(self._function.signature.result, self._function.comparison, expected, value)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise ValueMismatch("not UTF-8") from None


def _shown(result: RunResult, value: Any, fault: str) -> bytes:
    """The result as JSON, and below it what the program printed."""
    parts = []
    if finished(result):
        parts.append(f"({fault})\n".encode() if fault else f"{dump(value)}\n".encode())
    if result.stdout:
        parts.append(b"Printed:\n" + result.stdout)
    return b"\n".join(parts)
