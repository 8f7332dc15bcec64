"""Go: a function of package main. A set is a ``map[T]bool``, a nullable a pointer, a char a rune."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Signature
from jupyter_oj_extension.starters.base import TODO, line_comment, named, nodes_of, writing_types

KEYWORDS = frozenset(
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package "
    "range return select struct switch type var nil true false init bool int int64 float64 string rune".split()
)
NODES = {
    Kind.LINKED_LIST: "type ListNode[T any] struct {\n\tVal  T\n\tNext *ListNode[T]\n}\n",
    Kind.TREE: "type TreeNode[T any] struct {\n\tVal         T\n\tLeft, Right *TreeNode[T]\n}\n",
}
type_name = writing_types(
    {
        Kind.BOOL: "bool", Kind.INT: "int", Kind.LONG: "int64", Kind.FLOAT: "float64", Kind.STRING: "string",
        Kind.CHAR: "rune", Kind.GRAPH: "[][]int",
        Kind.NULLABLE: "*{}", Kind.LIST: "[]{}", Kind.SET: "map[{}]bool", Kind.MAP: "map[{}]{}",
        Kind.LINKED_LIST: "*ListNode[{}]", Kind.TREE: "*TreeNode[{}]",
    }
)  # fmt: skip


def starter(signature: Signature) -> str:
    parameters = ", ".join(f"{named(p.name, KEYWORDS)} {type_name(p.type)}" for p in signature.parameters)
    returns = "" if signature.changes is not None else f"{type_name(signature.result)} "
    nodes = "".join(f"{NODES[kind]}\n" for kind in nodes_of(signature))
    return (
        f"package main\n\n{nodes}{line_comment(signature, '//')}"
        f'func {signature.name}({parameters}) {returns}{{\n\tpanic("{TODO}")\n}}\n'
    )
