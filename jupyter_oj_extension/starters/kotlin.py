"""Kotlin: a function. What comes in is mutable; what goes out need not be."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Signature, Type
from jupyter_oj_extension.starters.base import TODO, block_comment, named, nodes_of

KEYWORDS = frozenset(
    "as break class continue do else false for fun if in interface is null object package return super this throw true "
    "try typealias typeof val var when while".split()
)
NODES = {
    Kind.LINKED_LIST: "class ListNode<T>(var `val`: T, var next: ListNode<T>? = null)\n",
    Kind.TREE: "class TreeNode<T>(var `val`: T, var left: TreeNode<T>? = null, var right: TreeNode<T>? = null)\n",
}
_SCALARS = {
    Kind.BOOL: "Boolean", Kind.INT: "Int", Kind.LONG: "Long", Kind.FLOAT: "Double", Kind.STRING: "String",
    Kind.CHAR: "Char",
}  # fmt: skip


def type_name(type: Type, mutable: str = "Mutable") -> str:
    """As a parameter; with `mutable` empty as a result."""
    match type.kind:
        case Kind.NULLABLE:
            return f"{type_name(type.item, mutable)}?"
        case Kind.LIST | Kind.GRAPH:
            return f"{mutable}List<{type_name(type.item, mutable)}>"
        case Kind.SET:
            return f"{mutable}Set<{type_name(type.item, mutable)}>"
        case Kind.MAP:
            return f"{mutable}Map<{type_name(type.key, mutable)}, {type_name(type.item, mutable)}>"
        case Kind.LINKED_LIST:
            return f"ListNode<{type_name(type.item)}>?"
        case Kind.TREE:
            return f"TreeNode<{type_name(type.item)}>?"
    return _SCALARS[type.kind]


def starter(signature: Signature) -> str:
    parameters = ", ".join(f"{named(p.name, KEYWORDS)}: {type_name(p.type)}" for p in signature.parameters)
    returns = "" if signature.changes is not None else f": {type_name(signature.result, '')}"
    nodes = "".join(f"{NODES[kind]}\n" for kind in nodes_of(signature))
    return (
        f"{nodes}{block_comment(signature)}"
        f'fun {signature.name}({parameters}){returns} {{\n    throw NotImplementedError("{TODO}")\n}}\n'
    )
