"""Kotlin: a function. What comes in is mutable; what goes out need not be."""

from __future__ import annotations

from collections.abc import Callable

from jupyter_oj_extension.domain.signature import Kind, Signature, Type
from jupyter_oj_extension.starters.base import TODO, block_comment, named, nodes_of, writing_types

KEYWORDS = frozenset(
    "as break class continue do else false for fun if in interface is null object package return super this throw true "
    "try typealias typeof val var when while".split()
)
NODES = {
    Kind.LINKED_LIST: "class ListNode<T>(var `val`: T, var next: ListNode<T>? = null)\n",
    Kind.TREE: "class TreeNode<T>(var `val`: T, var left: TreeNode<T>? = null, var right: TreeNode<T>? = null)\n",
}


def _types(mutable: str) -> Callable[[Type], str]:
    return writing_types(
        {
            Kind.BOOL: "Boolean", Kind.INT: "Int", Kind.LONG: "Long", Kind.FLOAT: "Double", Kind.STRING: "String",
            Kind.CHAR: "Char", Kind.GRAPH: f"{mutable}List<{mutable}List<Int>>",
            Kind.NULLABLE: "{}?", Kind.LIST: f"{mutable}List<{{}}>", Kind.SET: f"{mutable}Set<{{}}>",
            Kind.MAP: f"{mutable}Map<{{}}, {{}}>", Kind.LINKED_LIST: "ListNode<{}>?", Kind.TREE: "TreeNode<{}>?",
        }
    )  # fmt: skip


type_name = _types("Mutable")
"""As a parameter."""
result_name = _types("")


def starter(signature: Signature) -> str:
    parameters = ", ".join(f"{named(p.name, KEYWORDS)}: {type_name(p.type)}" for p in signature.parameters)
    returns = "" if signature.changes is not None else f": {result_name(signature.result)}"
    nodes = "".join(f"{NODES[kind]}\n" for kind in nodes_of(signature))
    return (
        f"{nodes}{block_comment(signature)}"
        f'fun {signature.name}({parameters}){returns} {{\n    throw NotImplementedError("{TODO}")\n}}\n'
    )
