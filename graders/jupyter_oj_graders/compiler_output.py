"""What a compiler said, made fit to be shown: ``solution.cpp:3:5`` is line 3 of the cell, and nothing tells of our
folders, temporary files, colours or tools. One set of rules for every compiler there is; `readable` is pure.

A long output loses what helps least first: the notes (a template's candidates), then the warnings, then what comes
after the first errors. Whoever looks for the first mistake finds it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OUTPUT_CHARS = 6000
LINE_CHARS = 400
"""A line longer than that is the name of a type, mostly."""
READ_BYTES = 512 << 10

_NOT_TEXT = re.compile(
    r"\x1b\[[0-9;?]*[A-Za-z]"  # colours
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # links
    r"|[\x00-\x08\x0b-\x1f\x7f]"
)
_REPLACED = (
    (re.compile(r"(?:\.\./)*(?:\.\.)?/(?:box|scratch)/cc\w{6}\.\w+"), "the program"),  # GCC's object files
    (re.compile(r"(?:\.\./)+(?:box|scratch)/|(?<![\w.])/(?:box|scratch)/"), ""),
    (re.compile(r"(?<![\w.])\./(?=[\w.-]+:\d)"), ""),  # Go: ./solution.go:3:2
    (re.compile(r"(?<![\w.+-])(?:/[\w.+-]+)+/([\w.+-]+\.jar)\b"), r"\1"),
    (re.compile(r"^/usr/(?:local/)?bin/([\w.+-]+): ", re.MULTILINE), r"\1: "),  # /usr/bin/ld: …
)
_NOISE = re.compile(
    r"# command-line-arguments$"  # Go
    r"|(?:OpenJDK|Java HotSpot)[^:]* VM warning: "
    r"|Picked up (?:_JAVA_OPTIONS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS)"
    r"|warning: unable to find kotlin-\S+ in the Kotlin home"
    r"| +at .*\(?node:internal/"
    r"|Node\.js v\d"
    r"|error: aborting due to "  # Rust, after its errors
    r"|For more information about this error, try "
    r"|Some errors have detailed explanations: "
)
_KIND = re.compile(r"(?:^|[:)] )(?:fatal )?(error|warning|note)(?: \w+)?(?:\[[\w:]+\])?:", re.IGNORECASE)
_OPENS = re.compile(r"In file included from |\S.*: In |\S.*: At global scope:|.*required (?:from|by) | +from ")
"""Lines of GCC's and Clang's that stand before the message they belong to."""


@dataclass(frozen=True, slots=True)
class _Message:
    """Lines that belong together; `weight` 0 for an error, 1 for a warning, 2 for a note."""

    weight: int
    lines: tuple[str, ...]


def readable(output: bytes) -> str:
    """A compiler's output as the learner sees it, at most `OUTPUT_CHARS` long and a line that says what is left out."""
    text = _NOT_TEXT.sub("", output[:READ_BYTES].decode("utf-8", "replace").replace("\r\n", "\n"))
    text = "\n".join(map(_cut, text.split("\n")))  # first of all, so that no pattern can be given a long line
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    text = "\n".join(line for line in text.split("\n") if not _NOISE.match(line)).strip("\n")
    if len(text) <= OUTPUT_CHARS:
        return text
    lines = text.split("\n")
    messages = list(_messages(lines))
    for weight in (1, 0):
        kept = [line for message in messages if message.weight <= weight for line in message.lines]
        if kept and sum(len(line) + 1 for line in kept) <= OUTPUT_CHARS:
            break
    return _beginning(kept or lines, len(lines))


def _cut(line: str) -> str:
    return line if len(line) <= LINE_CHARS else f"{line[:LINE_CHARS]} …"


def _messages(lines: list[str]) -> Iterator[_Message]:
    """A message begins with a line that says its kind, or with one that announces it. What no compiler's rule tells
    apart counts as an error."""
    weight, held, announced = 0, list[str](), False
    for line in lines:
        kind = _KIND.search(line[:LINE_CHARS])
        opens = kind is None and _OPENS.match(line) is not None
        if (kind or opens) and not announced and held:
            yield _Message(weight, tuple(held))
            held = []
        if kind:
            weight = {"error": 0, "warning": 1, "note": 2}[kind[1].lower()]
        held.append(line)
        announced = opens or (announced and kind is None)
    if held:
        yield _Message(weight, tuple(held))


def _beginning(lines: list[str], of: int) -> str:
    """As many whole lines as fit, and how many there are beside them."""
    kept, room = 0, OUTPUT_CHARS
    while kept < len(lines) and (room := room - len(lines[kept]) - 1) >= 0:
        kept += 1
    return "\n".join([*lines[:kept], f"… ({of - kept} more lines)"]).strip("\n")
