"""Rust: the harness is a module behind the learner's code, with the main function."""

from __future__ import annotations

import re

from jupyter_oj_extension.domain.signature import Signature
from jupyter_oj_extension.starters import RUST
from jupyter_oj_extension.starters.rust import type_name
from jupyter_oj_graders.functions.base import (
    Harnessed,
    declares,
    missing_nodes,
    node_parts,
    plain,
    runtime,
    source_file,
)  # fmt: skip


def harness(signature: Signature, source: str, name: str) -> Harnessed:
    code = plain(source)
    lines = []
    for index, parameter in enumerate(signature.parameters):
        written = _full(type_name(parameter.type))
        mutable = "mut " if signature.changes == index else ""
        lines.append(f"    let {mutable}oj_value{index}: {written} = oj_in.get();")
    arguments = (f"{'&mut ' if signature.changes == i else ''}oj_value{i}" for i in range(len(signature.parameters)))
    method = re.search(r"\bimpl\s+Solution\b", code) is not None
    call = f"{'Solution::' if method else ''}{signature.name}({', '.join(arguments)})"
    if signature.changes is None:
        lines.append(f"    let oj_result: {_full(type_name(signature.result))} = {call};")
        lines.append("    oj_harness::finish(&oj_result)")
    else:
        lines += [f"    {call};", f"    oj_harness::finish(&oj_value{signature.changes})"]
    text = runtime("harness.rs").replace("/*OJ_NODES*/", node_parts(signature, "rs"))
    nodes = missing_nodes(signature, code, RUST)
    if method and not declares(code, "Solution"):
        nodes += "struct Solution;\n"
    text = text.replace("/*OJ_CALL*/", "\n".join(lines))
    return Harnessed((source_file(name, f"{source}\n{nodes}{text}"),))


def _full(written: str) -> str:
    """With the path of what is not in scope everywhere."""
    return re.sub(r"\bHash(Map|Set)<", r"std::collections::Hash\1<", written)
