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
_LINKS = {Kind.LINKED_LIST: ("ListNode", ("next",)), Kind.TREE: ("TreeNode", ("left", "right"))}


def _node(kind: Kind, typed: bool) -> str:
    """The class of a node, which has a value and links to nodes of its kind."""
    name, links = _LINKS[kind]
    types = {"val": "T"} | dict.fromkeys(links, f"{name}<T> | null")
    annotated = {field: f"{field}: {type}" if typed else field for field, type in types.items()}
    parameters = [annotated["val"], *(f"{annotated[link]} = null" for link in links)]
    fields = "".join(f"  {field};\n" for field in annotated.values()) if typed else ""
    sets = "".join(f"    this.{field} = {field};\n" for field in types)
    return f"class {name}{'<T>' * typed} {{\n{fields}  constructor({', '.join(parameters)}) {{\n{sets}  }}\n}}\n"


NODES = {kind: _node(kind, typed=False) for kind in _LINKS}
TYPED_NODES = {kind: _node(kind, typed=True) for kind in _LINKS}
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
    doc = [f"@param {{{type_name(p.type)}}} {n}" for p, n in zip(signature.parameters, names, strict=True)]
    if signature.changes is None:
        doc.append(f"@returns {{{type_name(signature.result)}}}")
    return _written(signature, NODES, doc, f"({', '.join(names)})")


def typed_starter(signature: Signature) -> str:
    parameters = ", ".join(f"{named(p.name, KEYWORDS)}: {type_name(p.type)}" for p in signature.parameters)
    returns = "void" if signature.changes is not None else type_name(signature.result)
    return _written(signature, TYPED_NODES, [], f"({parameters}): {returns}")


def _written(signature: Signature, nodes: dict[Kind, str], doc: list[str], head: str) -> str:
    comment = "".join(f" * {line}\n" for line in [*doc_lines(signature), *doc])
    defined = "".join(f"{nodes[kind]}\n" for kind in nodes_of(signature))
    return f'{defined}/**\n{comment} */\nfunction {signature.name}{head} {{\n  throw new Error("{TODO}");\n}}\n'
