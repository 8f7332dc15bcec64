"""Java: a method of class ``Solution``. Lists are ``List`` (an ArrayList comes in; any List or array may go out)."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Signature, Type
from jupyter_oj_extension.starters.base import TODO, block_comment, named, nodes_of, writing_types

KEYWORDS = frozenset(
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends final "
    "finally float for goto if implements import instanceof int interface long native new null package private "
    "protected public return short static strictfp super switch synchronized this throw throws transient true false "
    "try void volatile while var record yield".split()
)
NODES = {
    Kind.LINKED_LIST: """class ListNode<T> {
    T val;
    ListNode<T> next;

    ListNode(T val) {
        this.val = val;
    }

    ListNode(T val, ListNode<T> next) {
        this.val = val;
        this.next = next;
    }
}
""",
    Kind.TREE: """class TreeNode<T> {
    T val;
    TreeNode<T> left, right;

    TreeNode(T val) {
        this.val = val;
    }

    TreeNode(T val, TreeNode<T> left, TreeNode<T> right) {
        this.val = val;
        this.left = left;
        this.right = right;
    }
}
""",
}
_PLAIN = {Kind.BOOL: "boolean", Kind.INT: "int", Kind.LONG: "long", Kind.FLOAT: "double", Kind.CHAR: "char"}
boxed = writing_types(
    {
        Kind.BOOL: "Boolean", Kind.INT: "Integer", Kind.LONG: "Long", Kind.FLOAT: "Double", Kind.STRING: "String",
        Kind.CHAR: "Character", Kind.GRAPH: "List<List<Integer>>",
        Kind.NULLABLE: "{}", Kind.LIST: "List<{}>", Kind.SET: "Set<{}>", Kind.MAP: "Map<{}, {}>",
        Kind.LINKED_LIST: "ListNode<{}>", Kind.TREE: "TreeNode<{}>",
    }
)  # fmt: skip
"""As what a generic type holds."""


def type_name(type: Type) -> str:
    """As a parameter or result: a primitive type where there is one."""
    return _PLAIN.get(type.kind) or boxed(type)


def starter(signature: Signature) -> str:
    parameters = ", ".join(f"{type_name(p.type)} {named(p.name, KEYWORDS)}" for p in signature.parameters)
    returns = "void" if signature.changes is not None else type_name(signature.result)
    nodes = "".join(f"\n{NODES[kind]}" for kind in nodes_of(signature))
    return (
        f"import java.util.*;\n\nclass Solution {{\n{block_comment(signature, '    ')}"
        f"    public {returns} {signature.name}({parameters}) {{\n"
        f'        throw new UnsupportedOperationException("{TODO}");\n    }}\n}}\n{nodes}'
    )
