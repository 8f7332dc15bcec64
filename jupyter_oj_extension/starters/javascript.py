"""JavaScript and TypeScript: a long is a BigInt, since numbers are exact up to 2**53 only; maps and sets are Map and
Set."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Signature, Type
from jupyter_oj_extension.starters.base import TODO, doc_lines, named, nodes_of

KEYWORDS = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends "
    "false finally for function if implements import in instanceof interface let new null package private protected "
    "public return static super switch this throw true try typeof undefined var void while with yield require process "
    "module exports globalThis console Map Set Array BigInt Object String Number any".split()
)
NODES = {
    Kind.LINKED_LIST: """class ListNode {
  constructor(val, next = null) {
    this.val = val;
    this.next = next;
  }
}
""",
    Kind.TREE: """class TreeNode {
  constructor(val, left = null, right = null) {
    this.val = val;
    this.left = left;
    this.right = right;
  }
}
""",
}
TYPED_NODES = {
    Kind.LINKED_LIST: """class ListNode<T> {
  val: T;
  next: ListNode<T> | null;
  constructor(val: T, next: ListNode<T> | null = null) {
    this.val = val;
    this.next = next;
  }
}
""",
    Kind.TREE: """class TreeNode<T> {
  val: T;
  left: TreeNode<T> | null;
  right: TreeNode<T> | null;
  constructor(val: T, left: TreeNode<T> | null = null, right: TreeNode<T> | null = null) {
    this.val = val;
    this.left = left;
    this.right = right;
  }
}
""",
}
_SCALARS = {
    Kind.BOOL: "boolean", Kind.INT: "number", Kind.LONG: "bigint", Kind.FLOAT: "number", Kind.STRING: "string",
    Kind.CHAR: "string", Kind.GRAPH: "number[][]",
}  # fmt: skip


def type_name(type: Type) -> str:
    match type.kind:
        case Kind.NULLABLE:
            return f"{type_name(type.item)} | null"
        case Kind.LIST:
            item = type_name(type.item)
            return f"({item})[]" if "|" in item else f"{item}[]"
        case Kind.SET:
            return f"Set<{type_name(type.item)}>"
        case Kind.MAP:
            return f"Map<{type_name(type.key)}, {type_name(type.item)}>"
        case Kind.LINKED_LIST:
            return f"ListNode<{type_name(type.item)}> | null"
        case Kind.TREE:
            return f"TreeNode<{type_name(type.item)}> | null"
    return _SCALARS[type.kind]


def starter(signature: Signature) -> str:
    names = [named(p.name, KEYWORDS) for p in signature.parameters]
    doc = [
        *doc_lines(signature),
        *(f"@param {{{type_name(p.type)}}} {n}" for p, n in zip(signature.parameters, names, strict=True)),
    ]
    if signature.changes is None:
        doc.append(f"@returns {{{type_name(signature.result)}}}")
    comment = "/**\n" + "".join(f" * {line}\n" for line in doc) + " */\n"
    nodes = "".join(f"{NODES[kind]}\n" for kind in nodes_of(signature))
    return f'{nodes}{comment}function {signature.name}({", ".join(names)}) {{\n  throw new Error("{TODO}");\n}}\n'


def typed_starter(signature: Signature) -> str:
    parameters = ", ".join(f"{named(p.name, KEYWORDS)}: {type_name(p.type)}" for p in signature.parameters)
    returns = "void" if signature.changes is not None else type_name(signature.result)
    comment = "/**\n" + "".join(f" * {line}\n" for line in doc_lines(signature)) + " */\n"
    nodes = "".join(f"{TYPED_NODES[kind]}\n" for kind in nodes_of(signature))
    return f'{nodes}{comment}function {signature.name}({parameters}): {returns} {{\n  throw new Error("{TODO}");\n}}\n'
