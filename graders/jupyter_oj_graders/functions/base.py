"""What the harnesses of all languages share.

A harness is source code that reads the arguments (see `wire`) from standard input, calls the learner's function and
writes the reply to a file of the run's working folder, which is brought out when the run is over. Standard output stays
the learner's. Where a language allows it, the learner's file keeps its name and its lines keep their numbers, so that
compilers' and interpreters' messages fit the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.signature import Kind, Signature, Type
from jupyter_oj_extension.starters.base import Notation, nodes_of

REPLY = "oj_reply"
"""The file of the working folder that a harness writes."""

NODE_NAMES = {Kind.LINKED_LIST: "ListNode", Kind.TREE: "TreeNode"}
_COMMENTS = re.compile(r"""'(?:\\.|[^'\\\n])'|"(?:\\.|[^"\\\n])*+"?|//[^\n]*|/\*.*?(?:\*/|\Z)""", re.DOTALL)
"""A string that is not closed ends with its line: each byte of a source is looked at once."""


@dataclass(frozen=True, slots=True)
class Harnessed:
    """The files that are built in place of the learner's one, and where the program begins; None: in the only one."""

    files: tuple[SourceFile, ...]
    entry: str | None = None


Harness = Callable[[Signature, str, str], Harnessed]
"""Signature, the learner's source, the name that its language gives a single file."""


@cache
def runtime(name: str) -> str:
    """The part of a harness that is the same for every signature."""
    return (Path(__file__).parent / "runtime" / name).read_text(encoding="utf-8")


def plain(source: str) -> str:
    """The source without comments (of the C kind), to look for declarations in."""
    return _COMMENTS.sub(lambda match: match[0] if match[0][0] in "'\"" else " ", source)


def declares(source: str, name: str) -> bool:
    """Whether the learner's code (already `plain`) declares the type `name` itself."""
    return re.search(rf"\b(?:class|struct|type|interface|object|enum|record|union)\s+{name}\b", source) is not None


def missing_nodes(signature: Signature, source: str, notation: Notation) -> str:
    """The definitions of the nodes that the signature needs and the learner's code (already `plain`) lacks."""
    kinds = (kind for kind in nodes_of(signature) if not declares(source, NODE_NAMES[kind]))
    return "\n".join(notation.nodes[kind] for kind in kinds)


def node_parts(signature: Signature, ending: str) -> str:
    """The runtime's parts for the nodes that the signature needs."""
    files = {Kind.LINKED_LIST: f"nodes_list.{ending}", Kind.TREE: f"nodes_tree.{ending}"}
    return "\n".join(runtime(files[kind]) for kind in nodes_of(signature))


def codec(type: Type, words: dict[Kind, str], call: str = "{}({})") -> str:
    """The expression that makes the reader and writer of a type, in languages whose types do not say it."""
    held = ", ".join(codec(part, words, call) for part in type.of)
    return call.format(words[type.kind], held) if type.of else words[type.kind]


def source_file(name: str, text: str) -> SourceFile:
    return SourceFile(name, text.encode("utf-8", "replace"))
