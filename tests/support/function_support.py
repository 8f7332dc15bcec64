"""Signatures, programs that give back what they are given, and how to call them in a box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.language import Language
from jupyter_oj_extension.domain.problem import Limits
from jupyter_oj_extension.domain.signature import Comparison, Parameter, Signature, parse_type
from jupyter_oj_extension.starters import NOTATIONS
from jupyter_oj_graders import compiling
from jupyter_oj_graders.executables import Executable, ExecutableCache
from jupyter_oj_graders.execute import run_limits
from jupyter_oj_graders.functions import REPLY, harnessed
from jupyter_oj_graders.functions.compare import compare
from jupyter_oj_graders.functions.wire import encode_arguments
from jupyter_oj_graders.image_specs import image_spec
from jupyter_oj_sandbox.api import RunResult, Sandbox

LIMITS = Limits(cpu_s=10, memory_mib=512)
_TODO = re.compile(
    r'raise NotImplementedError\(.*\)|throw (?:new )?\w+\("not written yet"\)|panic\(.*\)|todo!\(.*\)|\bTODO\(.*\)'
)


def signature(returns: str, *, changes: int | None = None, name: str = "same", **parameters: str) -> Signature:
    held = tuple(Parameter(key, parse_type(text)) for key, text in parameters.items())
    return Signature(name, held, parse_type(returns), changes)


def giving_back(language: str, of: Signature, name: str) -> str:
    """The starter, with a body that returns the parameter `name`."""
    body = {"python3": f"return {name}", "pypy3": f"return {name}", "rust": name, "go": f"return {name}"}
    text, count = _TODO.subn(body.get(language, f"return {name}"), NOTATIONS[language].starter(of))
    assert count == 1
    return text


@dataclass(frozen=True, slots=True)
class Called:
    """One call: how the program ended, and the reply it left."""

    result: RunResult

    @property
    def reply(self) -> bytes | None:
        return self.result.collected.get(REPLY)


class Caller:
    """A built program in a box."""

    def __init__(self, box: Any, program: Executable, language: Language, of: Signature) -> None:
        self._box, self._program, self._language, self._of = box, program, language, of

    def __call__(self, *values: Any) -> Called:
        return Called(
            self._box.run(
                self._program.argv,
                limits=run_limits(LIMITS, self._language),
                stdin=encode_arguments(self._of.parameters, values),
                env=self._program.env,
                collect=(REPLY,),
            )
        )


@contextmanager
def called(
    sandbox: Sandbox, cache: ExecutableCache, language: Language, of: Signature, source: str
) -> Iterator[Caller]:
    """The harnessed program, built and loaded. A compile error is an AssertionError with the compiler's words."""
    made = harnessed(of, language, (SourceFile("source", source.encode()),))
    program = compiling.build(sandbox, cache, language, made.files, LIMITS, entry=made.entry)
    assert isinstance(program, Executable), f"{program.output}\n{source}"
    limits = run_limits(LIMITS, language)
    with sandbox.box(image_spec(language.run_image), memory_mib=limits.memory_mib) as box:
        box.load(program.files)
        yield Caller(box, program, language, of)


def same(of: Signature, given: Any, wanted: Any) -> bool:
    return compare(of.result, Comparison(tolerance=0), wanted, given).ok
