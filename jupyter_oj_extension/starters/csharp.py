"""C#: a method of class ``Solution``. Lists are ``List``; arrays may go out too."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import SCALARS, Kind, Signature, Type
from jupyter_oj_extension.starters.base import TODO, doc_lines, named, nodes_of

KEYWORDS = frozenset(
    "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double "
    "else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal "
    "is lock long namespace new null object operator out override params private protected public readonly ref return "
    "sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked "
    "unsafe ushort using virtual void volatile while".split()
)
NODES = {
    Kind.LINKED_LIST: """public class ListNode<T>
{
    public T val;
    public ListNode<T> next;

    public ListNode(T val, ListNode<T> next = null)
    {
        this.val = val;
        this.next = next;
    }
}
""",
    Kind.TREE: """public class TreeNode<T>
{
    public T val;
    public TreeNode<T> left, right;

    public TreeNode(T val, TreeNode<T> left = null, TreeNode<T> right = null)
    {
        this.val = val;
        this.left = left;
        this.right = right;
    }
}
""",
}
_SCALARS = {
    Kind.BOOL: "bool", Kind.INT: "int", Kind.LONG: "long", Kind.FLOAT: "double", Kind.STRING: "string",
    Kind.CHAR: "char", Kind.GRAPH: "List<List<int>>",
}  # fmt: skip


def type_name(type: Type) -> str:
    match type.kind:
        case Kind.NULLABLE:
            return f"{type_name(type.item)}{'?' if is_value(type.item) else ''}"
        case Kind.LIST:
            return f"List<{type_name(type.item)}>"
        case Kind.SET:
            return f"HashSet<{type_name(type.item)}>"
        case Kind.MAP:
            return f"Dictionary<{type_name(type.key)}, {type_name(type.item)}>"
        case Kind.LINKED_LIST:
            return f"ListNode<{type_name(type.item)}>"
        case Kind.TREE:
            return f"TreeNode<{type_name(type.item)}>"
    return _SCALARS[type.kind]


def is_value(type: Type) -> bool:
    """Whether it is a value type, which has no null of its own."""
    return type.kind in SCALARS - {Kind.STRING}


def starter(signature: Signature) -> str:
    parameters = ", ".join(f"{type_name(p.type)} {named(p.name, KEYWORDS)}" for p in signature.parameters)
    returns = "void" if signature.changes is not None else type_name(signature.result)
    doc = "".join(f"    /// {line}\n" for line in doc_lines(signature))
    nodes = "".join(f"\n{NODES[kind]}" for kind in nodes_of(signature))
    return (
        f"using System;\nusing System.Collections.Generic;\nusing System.Linq;\n\npublic class Solution\n{{\n{doc}"
        f"    public {returns} {signature.name}({parameters})\n    {{\n"
        f'        throw new NotImplementedException("{TODO}");\n    }}\n}}\n{nodes}'
    )
