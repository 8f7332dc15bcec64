"""Python: built-in types with annotations; nodes are classes with the names that the world knows them by."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Signature
from jupyter_oj_extension.starters.base import TODO, doc_lines, named, nodes_of, writing_types

KEYWORDS = frozenset(
    "and as assert async await break class continue def del elif else except finally for from global if import in is "
    "lambda nonlocal not or pass raise return try while with yield True False None print".split()
)
NODES = {
    Kind.LINKED_LIST: """class ListNode:
    def __init__(self, val, next=None):
        self.val = val
        self.next = next
""",
    Kind.TREE: """class TreeNode:
    def __init__(self, val, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right
""",
}
type_name = writing_types(
    {
        Kind.BOOL: "bool", Kind.INT: "int", Kind.LONG: "int", Kind.FLOAT: "float", Kind.STRING: "str",
        Kind.CHAR: "str", Kind.GRAPH: "list[list[int]]",
        Kind.NULLABLE: "Optional[{}]", Kind.LIST: "list[{}]", Kind.SET: "set[{}]", Kind.MAP: "dict[{}, {}]",
        Kind.LINKED_LIST: "Optional[ListNode]", Kind.TREE: "Optional[TreeNode]",
    }
)  # fmt: skip


def starter(signature: Signature) -> str:
    parameters = ", ".join(f"{named(p.name, KEYWORDS)}: {type_name(p.type)}" for p in signature.parameters)
    returns = "None" if signature.changes is not None else type_name(signature.result)
    head = f"def {signature.name}({parameters}) -> {returns}:\n"
    first, *rest = doc_lines(signature)
    doc = (
        f'    """{first}"""\n'
        if not rest
        else f'    """{first}\n\n' + "".join(f"    {line}\n" for line in rest) + '    """\n'
    )
    imports = "from typing import Optional\n\n\n" if "Optional[" in head else ""
    nodes = "".join(f"{NODES[kind]}\n\n" for kind in nodes_of(signature))
    return f'{imports}{nodes}{head}{doc}    raise NotImplementedError("{TODO}")\n'
