"""Files that a problem adds to every submission: ``include/default/`` and ``include/<language>/``, the latter first."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jupyter_oj_extension.domain.judgement import SourceFile
from jupyter_oj_extension.domain.problem import Problem

_CONSTANT = re.compile(rb"\{\{([A-Za-z_][A-Za-z0-9_]*)\}\}")


def included(problem: Problem, language: str) -> tuple[SourceFile, ...]:
    """The files for a submission in `language`, with the problem's constants in place of their names (Kattis 2025-09,
    "Included files"). Raises `OSError`."""
    if problem.root is None:
        return ()
    found: dict[str, bytes] = {}
    for name in ("default", language):
        folder = problem.root / "include" / name
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.is_file() and not path.name.startswith((".", "-")):
                    found[path.name] = with_constants(path.read_bytes(), problem.constants)
    return tuple(SourceFile(name, content) for name, content in found.items())


def with_constants(content: bytes, constants: Mapping[str, str]) -> bytes:
    """`content` with each ``{{name}}`` of a constant replaced by its value; others stay as they are."""
    if not constants or b"{{" not in content:
        return content
    return _CONSTANT.sub(lambda match: constants.get(match[1].decode(), match[0].decode()).encode(), content)
