"""C#: the learner's class ``Solution`` beside the classes of the harness."""

from __future__ import annotations

import re

from jupyter_oj_extension.domain.signature import Kind, Signature, Type
from jupyter_oj_extension.starters import CSHARP
from jupyter_oj_extension.starters.csharp import is_value, type_name
from jupyter_oj_graders.functions.base import (
    Harnessed,
    missing_nodes,
    node_parts,
    plain,
    runtime,
    source_file,
)  # fmt: skip

MAIN = "OjHarness.cs"
_SCALARS = {
    Kind.BOOL: "Oj.Bool", Kind.INT: "Oj.Int", Kind.LONG: "Oj.Long", Kind.FLOAT: "Oj.Float", Kind.STRING: "Oj.String",
    Kind.CHAR: "Oj.Char", Kind.GRAPH: "new OjList<List<int>>(new OjList<int>(Oj.Int))",
}  # fmt: skip
_CLASSES = {
    Kind.LIST: "OjList", Kind.SET: "OjSet", Kind.MAP: "OjMap", Kind.LINKED_LIST: "OjLinkedList", Kind.TREE: "OjTree",
}  # fmt: skip


def harness(signature: Signature, source: str, name: str) -> Harnessed:
    code = plain(source)
    lines = [
        f"        {type_name(parameter.type)} a{index} = {_codec(parameter.type)}.Read(input);"
        for index, parameter in enumerate(signature.parameters)
    ]
    static = re.search(rf"\bstatic\s[^;{{}}()]*\b{signature.name}\s*\(", code) is not None
    arguments = ", ".join(f"a{index}" for index in range(len(signature.parameters)))
    call = f"{'Solution' if static else 'new Solution()'}.{signature.name}({arguments})"
    if signature.changes is None:
        lines.append(f"        Finish({_codec(signature.result)}, {call});")
    else:
        lines += [f"        {call};", f"        Finish({_codec(signature.result)}, a{signature.changes});"]
    text = runtime("OjHarness.cs").replace("/*OJ_NODES*/", node_parts(signature, "cs"))
    nodes = "\n".join(CSHARP.nodes[kind] for kind in missing_nodes(signature, code))
    text = text.replace("/*OJ_CALL*/", "\n".join(lines)) + nodes
    return Harnessed((source_file(name, source), source_file(MAIN, text)), entry=MAIN)


def _codec(type: Type) -> str:
    if type.kind is Kind.NULLABLE:
        wrapper = "OjNullable" if is_value(type.item) else "OjNullableObject"
        return f"new {wrapper}<{type_name(type.item)}>({_codec(type.item)})"
    if not type.of:
        return _SCALARS[type.kind]
    held = ", ".join(type_name(part) for part in type.of)
    return f"new {_CLASSES[type.kind]}<{held}>({', '.join(map(_codec, type.of))})"
