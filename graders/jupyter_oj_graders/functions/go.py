"""Go: a second file of package main, which has the main function."""

from __future__ import annotations

from functools import partial

from jupyter_oj_extension.domain.signature import Kind
from jupyter_oj_extension.starters import GO
from jupyter_oj_graders.functions.base import codec
from jupyter_oj_graders.functions.main_file import MainFile

WORDS = {kind: f"oj{kind.value.title().replace('_', '')}" for kind in Kind} | {Kind.GRAPH: "ojList(ojList(ojInt))"}
_codec = partial(codec, words=WORDS)

harness = MainFile(
    name="oj_harness.go",
    notation=GO,
    read=lambda name, type: f"{name} := {_codec(type)}.read()",
    codec=_codec,
    owner=lambda signature, code: "",
    finish="ojFinish",
)
