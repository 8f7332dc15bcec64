"""Python: the learner's file gets one more line, which hands its names to the harness beside it."""

from __future__ import annotations

from typing import Any

from jupyter_oj_extension.domain.signature import Signature, Type
from jupyter_oj_graders.functions.base import Harnessed, runtime, source_file

MODULE = "oj_harness"


def harness(signature: Signature, source: str, name: str) -> Harnessed:
    types = [spec(parameter.type) for parameter in signature.parameters]
    call = f"run(globals(), {signature.name!r}, {types!r}, {spec(signature.result)!r}, {signature.changes!r})"
    learners = source_file(name, f'{source}\n__import__("{MODULE}").{call}\n')
    return Harnessed((learners, source_file(f"{MODULE}.py", runtime("oj_harness.py"))), entry=name)


def spec(type: Type) -> tuple[Any, ...]:
    """A type as the harness is told it."""
    return (type.kind.value, *map(spec, type.of))
