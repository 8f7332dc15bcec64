"""C++: a function; containers come in by value, and by reference where they are to be changed."""

from __future__ import annotations

from jupyter_oj_extension.domain.signature import Kind, Parameter, Signature
from jupyter_oj_extension.starters.base import TODO, block_comment, named, nodes_of, writing_types

KEYWORDS = frozenset(
    "alignas alignof and asm auto bitand bitor bool break case catch char class compl concept const consteval "
    "constexpr constinit continue co_await co_return co_yield decltype default delete do double dynamic_cast else "
    "enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept "
    "not nullptr operator or private protected public register requires return short signed sizeof static struct "
    "switch template this throw true try typedef typeid typename union unsigned using virtual void volatile while "
    "xor std".split()
)
NODES = {
    Kind.LINKED_LIST: """template <class T> struct ListNode {
    T val;
    ListNode *next;
    ListNode(T val, ListNode *next = nullptr) : val(val), next(next) {}
};
""",
    Kind.TREE: """template <class T> struct TreeNode {
    T val;
    TreeNode *left, *right;
    TreeNode(T val, TreeNode *left = nullptr, TreeNode *right = nullptr) : val(val), left(left), right(right) {}
};
""",
}
type_name = writing_types(
    {
        Kind.BOOL: "bool", Kind.INT: "int", Kind.LONG: "long long", Kind.FLOAT: "double", Kind.STRING: "std::string",
        Kind.CHAR: "char", Kind.GRAPH: "std::vector<std::vector<int>>",
        Kind.NULLABLE: "std::optional<{}>", Kind.LIST: "std::vector<{}>", Kind.SET: "std::set<{}>",
        Kind.MAP: "std::map<{}, {}>", Kind.LINKED_LIST: "ListNode<{}> *", Kind.TREE: "TreeNode<{}> *",
    }
)  # fmt: skip


def _parameter(index: int, parameter: Parameter, signature: Signature) -> str:
    name = type_name(parameter.type).replace("std::", "")
    mark = "" if name.endswith("*") else " "
    return f"{name}{mark}{'&' if signature.changes == index else ''}{named(parameter.name, KEYWORDS)}"


def starter(signature: Signature) -> str:
    parameters = ", ".join(_parameter(index, p, signature) for index, p in enumerate(signature.parameters))
    returns = "void" if signature.changes is not None else type_name(signature.result).replace("std::", "")
    nodes = "".join(f"{NODES[kind]}\n" for kind in nodes_of(signature))
    space = "" if returns.endswith("*") else " "
    return (
        f"#include <bits/stdc++.h>\nusing namespace std;\n\n{nodes}{block_comment(signature)}"
        f'{returns}{space}{signature.name}({parameters}) {{\n    throw logic_error("{TODO}");\n}}\n'
    )
