"""Go: a second file of package main, which has the main function."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Signature
from jupyter_oj_extension.starters import GO
from jupyter_oj_graders.functions.base import (
    Harnessed,
    codec,
    missing_nodes,
    node_parts,
    plain,
    runtime,
    source_file,
)  # fmt: skip

MAIN = "oj_harness.go"
WORDS = {kind: f"oj{kind.value.title().replace('_', '')}" for kind in Kind} | {Kind.GRAPH: "ojList(ojList(ojInt))"}


def harness(signature: Signature, source: str, name: str) -> Harnessed:
    lines = [f"\ta{index} := {codec(p.type, WORDS)}.read()" for index, p in enumerate(signature.parameters)]
    call = f"{signature.name}({', '.join(f'a{index}' for index in range(len(signature.parameters)))})"
    if signature.changes is None:
        lines.append(f"\tojFinish({codec(signature.result, WORDS)}, {call})")
    else:
        lines += [f"\t{call}", f"\tojFinish({codec(signature.result, WORDS)}, a{signature.changes})"]
    text = runtime("harness.go").replace("/*OJ_NODES*/", node_parts(signature, "go"))
    nodes = "\n".join(GO.nodes[kind] for kind in missing_nodes(signature, plain(source)))
    text = f"{text.replace('/*OJ_CALL*/', chr(10).join(lines))}\n{nodes}"
    return Harnessed((source_file(name, source), source_file(MAIN, text)), entry=MAIN)
