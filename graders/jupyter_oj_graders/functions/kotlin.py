"""Kotlin: a second file, which has the main function."""

from __future__ import annotations

import re
from functools import partial

from jupyter_oj_extension.domain.signature import Kind, Signature
from jupyter_oj_extension.starters import KOTLIN
from jupyter_oj_graders.functions.base import codec
from jupyter_oj_graders.functions.main_file import MainFile

_codec = partial(
    codec,
    words={
        Kind.BOOL: "ojBool", Kind.INT: "ojInt", Kind.LONG: "ojLong", Kind.FLOAT: "ojFloat", Kind.STRING: "ojString",
        Kind.CHAR: "ojChar", Kind.NULLABLE: "ojNullable", Kind.LIST: "ojList", Kind.SET: "ojSet", Kind.MAP: "ojMap",
        Kind.LINKED_LIST: "ojLinkedList", Kind.TREE: "ojTree", Kind.GRAPH: "ojList(ojList(ojInt))",
    },
)  # fmt: skip


def _owner(signature: Signature, code: str) -> str:
    if re.search(r"\bobject\s+Solution\b", code):
        return "Solution."
    return "Solution()." if re.search(r"\bclass\s+Solution\b", code) else ""


harness = MainFile(
    name="OjHarness.kt",
    notation=KOTLIN,
    read=lambda name, type: f"val {name}: {KOTLIN.type_name(type)} = {_codec(type)}.read(ojInput)",
    codec=_codec,
    owner=_owner,
    finish="ojFinish",
)
