"""Java: the learner's class ``Solution`` beside the class of the harness, where the program begins."""

from __future__ import annotations

from functools import partial

from jupyter_oj_extension.domain.signature import Kind
from jupyter_oj_extension.starters import JAVA
from jupyter_oj_graders.functions.base import codec
from jupyter_oj_graders.functions.main_file import MainFile

_codec = partial(
    codec,
    words={
        Kind.BOOL: "BOOL", Kind.INT: "INT", Kind.LONG: "LONG", Kind.FLOAT: "FLOAT", Kind.STRING: "STRING",
        Kind.CHAR: "CHAR", Kind.NULLABLE: "nullable", Kind.LIST: "list", Kind.SET: "set", Kind.MAP: "map",
        Kind.LINKED_LIST: "linkedList", Kind.TREE: "tree", Kind.GRAPH: "list(list(INT))",
    },
)  # fmt: skip

harness = MainFile(
    name="OjHarness.java",
    notation=JAVA,
    read=lambda name, type: f"{JAVA.type_name(type)} {name} = {_codec(type)}.read(in)",
    codec=_codec,
    owner=lambda signature, code: "new Solution().",
    finish="finish",
    end=";",
)
