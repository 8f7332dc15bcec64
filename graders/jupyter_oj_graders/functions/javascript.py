"""JavaScript and TypeScript: the harness stands behind the learner's code, in a function of its own.

It is the same text for both. Where it names no type, TypeScript takes any, as it is told to by the language's file.
"""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Signature
from jupyter_oj_extension.starters import JAVASCRIPT, TYPESCRIPT
from jupyter_oj_extension.starters.base import Notation, nodes_of
from jupyter_oj_graders.functions.base import (
    NODE_NAMES,
    Harnessed,
    codec,
    declares,
    missing_nodes,
    plain,
    runtime,
    source_file,
)  # fmt: skip

WORDS = {kind: f"oj_{kind}" for kind in Kind}


def harness(signature: Signature, source: str, name: str) -> Harnessed:
    function = signature.name
    if declares(plain(source), "Solution"):
        call = f"new Solution().{function}"
    else:
        call = f'(typeof {function} === "function" ? {function} : oj_missing("{function}"))'
    return _behind(signature, source, name, JAVASCRIPT, call)


def typed_harness(signature: Signature, source: str, name: str) -> Harnessed:
    call = f"new Solution().{signature.name}" if declares(plain(source), "Solution") else signature.name
    return _behind(signature, source, name, TYPESCRIPT, call)


def _behind(signature: Signature, source: str, name: str, notation: Notation, call: str) -> Harnessed:
    reads = ", ".join(f"{codec(parameter.type, WORDS)}.read()" for parameter in signature.parameters)
    called = f"{call}({', '.join(f'oj_arguments[{index}]' for index in range(len(signature.parameters)))})"
    if signature.changes is not None:
        called = f"({called}, oj_arguments[{signature.changes}])"
    nodes = (known if kind in nodes_of(signature) else "null" for kind, known in NODE_NAMES.items())
    parts = {
        "OJ_NODES": f"[{', '.join(nodes)}]",
        "OJ_READ": f"[{reads}]",
        "OJ_CALL": called,
        "OJ_RESULT": codec(signature.result, WORDS),
    }
    text = runtime("harness.js")
    for mark, part in parts.items():
        text = text.replace(f"/*{mark}*/", part)
    return Harnessed((source_file(name, f"{source}\n\n{missing_nodes(signature, plain(source), notation)}{text}"),))
