"""Rust: a function; values come in owned, and as ``&mut`` where they are to be changed."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Parameter, Signature
from jupyter_oj_extension.starters.base import TODO, line_comment, named, nodes_of, writing_types

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
type_name = writing_types(
    {
        Kind.BOOL: "bool", Kind.INT: "i32", Kind.LONG: "i64", Kind.FLOAT: "f64", Kind.STRING: "String",
        Kind.CHAR: "char", Kind.GRAPH: "Vec<Vec<i32>>",
        Kind.NULLABLE: "Option<{}>", Kind.LIST: "Vec<{}>", Kind.SET: "HashSet<{}>", Kind.MAP: "HashMap<{}, {}>",
        Kind.LINKED_LIST: "Option<Box<ListNode<{}>>>", Kind.TREE: "Option<Box<TreeNode<{}>>>",
    }
)  # fmt: skip


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
