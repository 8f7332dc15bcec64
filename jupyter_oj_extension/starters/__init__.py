"""How each language writes a signature: its types' names, the code that a learner starts from.

A language is in `NOTATIONS` exactly when the graders have a harness for it; submissions to function problems in others
are refused. A dialect (PyPy, another compiler) shares the notation of its language.
"""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_oj_extension.domain.signature import Signature
from jupyter_oj_extension.starters import cpp, csharp, go, java, javascript, kotlin, python, rust
from jupyter_oj_extension.starters.base import Notation

PYTHON = Notation(python.type_name, python.starter, python.NODES, python.KEYWORDS)
JAVASCRIPT = Notation(javascript.type_name, javascript.starter, javascript.NODES, javascript.KEYWORDS)
TYPESCRIPT = Notation(javascript.type_name, javascript.typed_starter, javascript.TYPED_NODES, javascript.KEYWORDS)
JAVA = Notation(java.type_name, java.starter, java.NODES, java.KEYWORDS)
CPP = Notation(cpp.type_name, cpp.starter, cpp.NODES, cpp.KEYWORDS)
CSHARP = Notation(csharp.type_name, csharp.starter, csharp.NODES, csharp.KEYWORDS)
GO = Notation(go.type_name, go.starter, go.NODES, go.KEYWORDS)
RUST = Notation(rust.type_name, rust.starter, rust.NODES, rust.KEYWORDS)
KOTLIN = Notation(kotlin.type_name, kotlin.starter, kotlin.NODES, kotlin.KEYWORDS)

NOTATIONS: dict[str, Notation] = {
    "python3": PYTHON,
    "pypy3": PYTHON,
    "javascript": JAVASCRIPT,
    "typescript": TYPESCRIPT,
    "java": JAVA,
    "cpp": CPP,
    "cppclang": CPP,
    "csharp": CSHARP,
    "go": GO,
    "rust": RUST,
    "kotlin": KOTLIN,
}
"""By the language's id."""

TAKEN = frozenset({"main", "solution", "listnode", "treenode", "init"})
"""What no function may be called, in any case of letters: the harness or the starter has it."""


def starters(signature: Signature, languages: Iterable[str] = NOTATIONS) -> dict[str, str]:
    """The starter in each of these languages that has a notation."""
    return {name: NOTATIONS[name].starter(signature) for name in languages if name in NOTATIONS}


def keyword_in(name: str) -> str | None:
    """A language that a function of this name cannot be written in, or None."""
    return next((language for language, notation in NOTATIONS.items() if name in notation.keywords), None)
