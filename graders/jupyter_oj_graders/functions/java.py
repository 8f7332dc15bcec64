"""Java: the learner's class ``Solution`` beside the class of the harness, where the program begins."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Signature
from jupyter_oj_extension.starters import JAVA
from jupyter_oj_extension.starters.java import type_name
from jupyter_oj_graders.functions.base import (
    Harnessed,
    codec,
    missing_nodes,
    node_parts,
    plain,
    runtime,
    source_file,
)  # fmt: skip

MAIN = "OjHarness"
WORDS = {
    Kind.BOOL: "BOOL", Kind.INT: "INT", Kind.LONG: "LONG", Kind.FLOAT: "FLOAT", Kind.STRING: "STRING",
    Kind.CHAR: "CHAR", Kind.NULLABLE: "nullable", Kind.LIST: "list", Kind.SET: "set", Kind.MAP: "map",
    Kind.LINKED_LIST: "linkedList", Kind.TREE: "tree", Kind.GRAPH: "list(list(INT))",
}  # fmt: skip


def harness(signature: Signature, source: str, name: str) -> Harnessed:
    lines = [
        f"        {type_name(parameter.type)} a{index} = {codec(parameter.type, WORDS)}.read(in);"
        for index, parameter in enumerate(signature.parameters)
    ]
    call = f"new Solution().{signature.name}({', '.join(f'a{index}' for index in range(len(signature.parameters)))})"
    result = codec(signature.result, WORDS)
    if signature.changes is None:
        lines.append(f"        finish({result}, {call});")
    else:
        lines += [f"        {call};", f"        finish({result}, a{signature.changes});"]
    text = runtime("OjHarness.java").replace("/*OJ_NODES*/", node_parts(signature, "java"))
    nodes = "\n".join(JAVA.nodes[kind] for kind in missing_nodes(signature, plain(source)))
    text = text.replace("/*OJ_CALL*/", "\n".join(lines)) + nodes
    return Harnessed((source_file(name, source), source_file(f"{MAIN}.java", text)), entry=f"{MAIN}.java")
