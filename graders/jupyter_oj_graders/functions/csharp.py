"""C#: the learner's class ``Solution`` beside the classes of the harness."""

from __future__ import annotations

import re

from jupyter_oj_extension.domain.signature import Kind, Signature, Type
from jupyter_oj_extension.starters import CSHARP
from jupyter_oj_extension.starters.csharp import is_value, type_name
from jupyter_oj_graders.functions.main_file import MainFile

_SCALARS = {
    Kind.BOOL: "Oj.Bool", Kind.INT: "Oj.Int", Kind.LONG: "Oj.Long", Kind.FLOAT: "Oj.Float", Kind.STRING: "Oj.String",
    Kind.CHAR: "Oj.Char", Kind.GRAPH: "new OjList<List<int>>(new OjList<int>(Oj.Int))",
}  # fmt: skip
_CLASSES = {
    Kind.LIST: "OjList", Kind.SET: "OjSet", Kind.MAP: "OjMap", Kind.LINKED_LIST: "OjLinkedList", Kind.TREE: "OjTree",
}  # fmt: skip


def _codec(type: Type) -> str:
    if type.kind is Kind.NULLABLE:
        wrapper = "OjNullable" if is_value(type.item) else "OjNullableObject"
        return f"new {wrapper}<{type_name(type.item)}>({_codec(type.item)})"
    if not type.of:
        return _SCALARS[type.kind]
    held = ", ".join(type_name(part) for part in type.of)
    return f"new {_CLASSES[type.kind]}<{held}>({', '.join(map(_codec, type.of))})"


def _owner(signature: Signature, code: str) -> str:
    static = re.search(rf"\bstatic\s[^;{{}}()]{{0,200}}\b{signature.name}\s*\(", code) is not None
    return "Solution." if static else "new Solution()."


harness = MainFile(
    name="OjHarness.cs",
    notation=CSHARP,
    read=lambda name, type: f"{type_name(type)} {name} = {_codec(type)}.Read(input)",
    codec=_codec,
    owner=_owner,
    finish="Finish",
    end=";",
)
