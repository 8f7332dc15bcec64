"""Small problem packages, written for a test."""

from __future__ import annotations

from pathlib import Path

PROBLEM = "problem_format_version: 2025-09\nname: Doubling\nuuid: 4a2f2f0e-4c1e-4a52-9a0b-3f2b5ad3f0a1\n"

FILES: dict[str, str] = {
    "problem.yaml": PROBLEM,
    "statement/problem.en.md": "Print twice the number.\n",
    "data/sample/1.in": "1\n",
    "data/sample/1.ans": "2\n",
    "data/secret/1.in": "21\n",
    "data/secret/1.ans": "42\n",
    "submissions/accepted/ok.py": "print(2 * int(input()))\n",
}


def write_package(folder: Path, changes: dict[str, str | None] | None = None) -> Path:
    """The smallest package in `folder`, with files replaced, added or (None) left out."""
    for name, text in (FILES | (changes or {})).items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    return folder
