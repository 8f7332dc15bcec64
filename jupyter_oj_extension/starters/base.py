"""What the starters of all languages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jupyter_oj_extension.domain.signature import Kind, Signature, Type

TODO = "not written yet"


@dataclass(frozen=True, slots=True)
class Notation:
    """How one language writes a signature. `nodes` are the definitions of a list's and a tree's node, which stand in
    the starter and, where the learner's file lacks them, in the harness."""

    type_name: Callable[[Type], str]
    starter: Callable[[Signature], str]
    nodes: Mapping[Kind, str]
    keywords: frozenset[str]


def writing_types(words: Mapping[Kind, str]) -> Callable[[Type], str]:
    """Writes types with the word of each kind, which has ``{}`` for each type that one of that kind holds."""

    def type_name(type: Type) -> str:
        return words[type.kind].format(*map(type_name, type.of))

    return type_name


def named(name: str, keywords: frozenset[str]) -> str:
    """A parameter's name, which may be a keyword of this language."""
    return f"{name}_" if name in keywords else name


def nodes_of(signature: Signature) -> list[Kind]:
    """The kinds of node that occur, the list's first."""
    return [kind for kind in (Kind.LINKED_LIST, Kind.TREE) if kind in signature.kinds()]


def doc_lines(signature: Signature) -> list[str]:
    """What the comment above or in a starter's function says."""
    if signature.changes is None:
        return ["Called once for each test; what it returns is compared with the answer."]
    changed = signature.parameters[signature.changes].name
    return [
        f"Changes {changed} in place and returns nothing.",
        f"Called once for each test; {changed} as it is afterwards is compared with the answer.",
    ]


def block_comment(signature: Signature, indent: str = "") -> str:
    """The comment as ``/** … */``."""
    return "".join(f"{indent}{line}\n" for line in ("/**", *(f" * {line}" for line in doc_lines(signature)), " */"))


def line_comment(signature: Signature, mark: str) -> str:
    return "".join(f"{mark} {line}\n" for line in doc_lines(signature))
