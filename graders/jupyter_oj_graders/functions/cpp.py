"""C++: the harness's readers and writers before the learner's code, so that its macros do not reach them, the call
behind it. ``#line`` gives the learner's lines their numbers."""

from __future__ import annotations

import re

from jupyter_oj_extension.domain.signature import Signature
from jupyter_oj_extension.starters import CPP
from jupyter_oj_extension.starters.base import nodes_of
from jupyter_oj_extension.starters.cpp import type_name
from jupyter_oj_graders.functions.base import (
    NODE_NAMES,
    Harnessed,
    declares,
    missing_nodes,
    node_parts,
    plain,
    runtime,
    source_file,
)  # fmt: skip

HEADER = "#include <bits/stdc++.h>\n"
"""First of all, since it is precompiled and a compiler takes such a header only there. The learner's own line for it is
blanked: g++ does not find a precompiled header's source a second time."""
_HEADER_LINE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*<bits/stdc\+\+\.h>", re.MULTILINE)


def harness(signature: Signature, source: str, name: str) -> Harnessed:
    code = plain(source)
    declared = "".join(f"template <class T> struct {NODE_NAMES[kind]};\n" for kind in nodes_of(signature))
    nodes = declared + missing_nodes(signature, code, CPP)
    before = [HEADER, runtime("harness.hpp"), nodes, node_parts(signature, "hpp"), _aliases(signature)]
    method = declares(code, "Solution") and re.search(rf"\b{signature.name}\s*\(", code) is not None
    learners = _HEADER_LINE.sub("", source)
    parts = [f'#line 1 "{name}"', learners, "#undef int", "#undef main", '#line 1 "harness.cpp"']
    text = "".join(before) + "\n".join([*parts, _main(signature, method)])
    return Harnessed((source_file(name, text),))


def _aliases(signature: Signature) -> str:
    types = [f"using oj_type{index} = {type_name(p.type)};\n" for index, p in enumerate(signature.parameters)]
    return "".join([*types, f"using oj_result = {type_name(signature.result)};\n"])


def _main(signature: Signature, method: bool) -> str:
    indices = range(len(signature.parameters))
    reads = "".join(f"  oj_type{i} oj_value{i} = oj::read<oj_type{i}>(oj_input);\n" for i in indices)
    call = f"{'Solution().' if method else '::'}{signature.name}({', '.join(f'oj_value{i}' for i in indices)})"
    if signature.changes is None:
        end = f"  oj_result oj_returned = {call};\n  oj::finish<oj_result>(oj_returned);\n"
    else:
        end = f"  {call};\n  oj::finish<oj_result>(oj_value{signature.changes});\n"
    return f"int main() {{\n  oj::Input oj_input;\n{reads}{end}}}\n"
