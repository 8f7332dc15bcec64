"""Rust: a function; values come in owned, and as ``&mut`` where they are to be changed."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Parameter, Signature, Type
from jupyter_oj_extension.starters.base import TODO, line_comment, named, nodes_of

KEYWORDS = frozenset(
    "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod "
    "move mut pub ref return self Self static struct super trait true type unsafe use where while abstract become "
    "box do final macro override priv try typeof unsized virtual yield".split()
)
NODES = {
    Kind.LINKED_LIST: "pub struct ListNode<T> {\n    pub val: T,\n    pub next: Option<Box<ListNode<T>>>,\n}\n",
    Kind.TREE: (
        "pub struct TreeNode<T> {\n    pub val: T,\n    pub left: Option<Box<TreeNode<T>>>,\n"
        "    pub right: Option<Box<TreeNode<T>>>,\n}\n"
    ),
}
_SCALARS = {
    Kind.BOOL: "bool", Kind.INT: "i32", Kind.LONG: "i64", Kind.FLOAT: "f64", Kind.STRING: "String", Kind.CHAR: "char",
    Kind.GRAPH: "Vec<Vec<i32>>",
}  # fmt: skip


def type_name(type: Type) -> str:
    match type.kind:
        case Kind.NULLABLE:
            return f"Option<{type_name(type.item)}>"
        case Kind.LIST:
            return f"Vec<{type_name(type.item)}>"
        case Kind.SET:
            return f"HashSet<{type_name(type.item)}>"
        case Kind.MAP:
            return f"HashMap<{type_name(type.key)}, {type_name(type.item)}>"
        case Kind.LINKED_LIST:
            return f"Option<Box<ListNode<{type_name(type.item)}>>>"
        case Kind.TREE:
            return f"Option<Box<TreeNode<{type_name(type.item)}>>>"
    return _SCALARS[type.kind]


def _parameter(index: int, parameter: Parameter, signature: Signature) -> str:
    mark = "&mut " if signature.changes == index else ""
    return f"{named(parameter.name, KEYWORDS)}: {mark}{type_name(parameter.type)}"


def starter(signature: Signature) -> str:
    parameters = ", ".join(_parameter(index, p, signature) for index, p in enumerate(signature.parameters))
    returns = "" if signature.changes is not None else f" -> {type_name(signature.result)}"
    head = f'pub fn {signature.name}({parameters}){returns} {{\n    todo!("{TODO}")\n}}\n'
    uses = "".join(f"use std::collections::{name};\n" for name in ("HashMap", "HashSet") if f"{name}<" in head)
    nodes = "".join(f"{NODES[kind]}\n" for kind in nodes_of(signature))
    return f"{uses}{chr(10) if uses else ''}{nodes}{line_comment(signature, '///')}{head}"
