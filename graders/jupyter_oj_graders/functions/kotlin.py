"""Kotlin: a second file, which has the main function."""

from __future__ import annotations

import re

from jupyter_oj_extension.domain.signature import Kind, Signature
from jupyter_oj_extension.starters import KOTLIN
from jupyter_oj_extension.starters.kotlin import type_name
from jupyter_oj_graders.functions.base import (
    Harnessed,
    codec,
    missing_nodes,
    node_parts,
    plain,
    runtime,
    source_file,
)  # fmt: skip

MAIN = "OjHarness.kt"
WORDS = {
    Kind.BOOL: "ojBool", Kind.INT: "ojInt", Kind.LONG: "ojLong", Kind.FLOAT: "ojFloat", Kind.STRING: "ojString",
    Kind.CHAR: "ojChar", Kind.NULLABLE: "ojNullable", Kind.LIST: "ojList", Kind.SET: "ojSet", Kind.MAP: "ojMap",
    Kind.LINKED_LIST: "ojLinkedList", Kind.TREE: "ojTree", Kind.GRAPH: "ojList(ojList(ojInt))",
}  # fmt: skip


def harness(signature: Signature, source: str, name: str) -> Harnessed:
    code = plain(source)
    lines = [
        f"    val a{index}: {type_name(parameter.type)} = {codec(parameter.type, WORDS)}.read(ojInput)"
        for index, parameter in enumerate(signature.parameters)
    ]
    owner = "Solution()." if re.search(r"\bclass\s+Solution\b", code) else ""
    owner = "Solution." if re.search(r"\bobject\s+Solution\b", code) else owner
    call = f"{owner}{signature.name}({', '.join(f'a{index}' for index in range(len(signature.parameters)))})"
    if signature.changes is None:
        lines.append(f"    ojFinish({codec(signature.result, WORDS)}, {call})")
    else:
        lines += [f"    {call}", f"    ojFinish({codec(signature.result, WORDS)}, a{signature.changes})"]
    text = runtime("OjHarness.kt").replace("/*OJ_NODES*/", node_parts(signature, "kt"))
    nodes = "\n".join(KOTLIN.nodes[kind] for kind in missing_nodes(signature, code))
    text = f"{text.replace('/*OJ_CALL*/', chr(10).join(lines))}\n{nodes}"
    return Harnessed((source_file(name, source), source_file(MAIN, text)), entry=MAIN)
