"""JavaScript and TypeScript: the harness stands behind the learner's code, in a function of its own."""

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
    text = _tail(signature, source, JAVASCRIPT, call).replace(": any", "").replace(" as any", "")
    return Harnessed((source_file(name, f"{source}\n{text}"),))


def typed_harness(signature: Signature, source: str, name: str) -> Harnessed:
    call = f"new Solution().{signature.name}" if declares(plain(source), "Solution") else signature.name
    return Harnessed((source_file(name, f"{source}\n{_tail(signature, source, TYPESCRIPT, call)}"),))


def _tail(signature: Signature, source: str, notation: Notation, call: str) -> str:
    nodes = "\n".join(notation.nodes[kind] for kind in missing_nodes(signature, plain(source)))
    reads = ", ".join(f"{codec(parameter.type, WORDS)}.read()" for parameter in signature.parameters)
    arguments = ", ".join(f"oj_arguments[{index}]" for index in range(len(signature.parameters)))
    called = f"{call}({arguments})"
    if signature.changes is not None:
        called = f"({called}, oj_arguments[{signature.changes}])"
    text = runtime("harness.ts")
    for kind in NODE_NAMES:
        known = NODE_NAMES[kind] if kind in nodes_of(signature) else "null"
        text = text.replace(f"OJ_{NODE_NAMES[kind][:4].upper()}_NODE", known)
    text = text.replace("OJ_READ", f"[{reads}]").replace("OJ_CALL", called)
    return f"\n{nodes}{text.replace('OJ_RESULT', codec(signature.result, WORDS))}"
