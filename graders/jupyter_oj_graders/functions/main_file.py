"""Harnesses that are a file of their own, with the main function, beside the learner's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jupyter_oj_extension.domain.signature import Signature, Type
from jupyter_oj_extension.starters.base import Notation
from jupyter_oj_graders.functions.base import Harnessed, missing_nodes, node_parts, plain, runtime, source_file


@dataclass(frozen=True, slots=True, kw_only=True)
class MainFile:
    """What one language writes into the file `name`, whose other part has that name in ``runtime/``.

    `read` is the statement that makes a variable of this name from the input, `codec` the expression that reads and
    writes a type, `owner` what stands before the function's name in the (`plain`) source given; `finish` takes a codec
    and the value to be compared. `end` ends a statement.
    """

    name: str
    notation: Notation
    read: Callable[[str, Type], str]
    codec: Callable[[Type], str]
    owner: Callable[[Signature, str], str]
    finish: str
    end: str = ""

    def __call__(self, signature: Signature, source: str, name: str) -> Harnessed:
        code = plain(source)
        parts = {
            "/*OJ_NODES*/": node_parts(signature, self.name.rpartition(".")[2]),
            "/*OJ_CALL*/": "\n".join(f"    {line}{self.end}" for line in self._statements(signature, code)),
        }
        text = runtime(self.name)
        for mark, part in parts.items():
            text = text.replace(mark, part)
        text = f"{text}\n{missing_nodes(signature, code, self.notation)}"
        return Harnessed((source_file(name, source), source_file(self.name, text)), entry=self.name)

    def _statements(self, signature: Signature, code: str) -> list[str]:
        names = [f"a{index}" for index in range(len(signature.parameters))]
        reads = [self.read(name, parameter.type) for name, parameter in zip(names, signature.parameters, strict=True)]
        call = f"{self.owner(signature, code)}{signature.name}({', '.join(names)})"
        codec = self.codec(signature.result)
        if signature.changes is None:
            return [*reads, f"{self.finish}({codec}, {call})"]
        return [*reads, call, f"{self.finish}({codec}, {names[signature.changes]})"]
