"""What an uncaught error is called and where in the learner's source it happened, read off the standard error.

One function a family of languages, chosen by the source's file extension. What it finds may be told of a hidden test,
so that it must not carry what the program read there: a *type* is one of the names below, or an identifier that stands
in the source; a *line* is a line of the source. Nothing of an error's text gets through. (ADR 0162.)
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from jupyter_oj_graders.trace_names import PHRASES, TYPES

NAME_CHARS = 80
LINE_CHARS = 400
"""As much of a line of standard error is read."""

Found = tuple[str | None, int | None]
"""A type as the program's runtime wrote it, and a line; either may be missing."""
Source = Mapping[str, str]
"""The learner's files: name and text."""


@dataclass(frozen=True, slots=True)
class Uncaught:
    """An uncaught error. `line` is counted from 1, in the file where the program begins."""

    type: str
    line: int | None


def uncaught(stderr: bytes, sources: Source, entry: str) -> Uncaught | None:
    """The error that ended a program written in `sources`, of which `entry` is where lines are told from.

    None when standard error tells of none that we know.
    """
    family = FAMILIES.get(PurePosixPath(entry).suffix.lower())
    if family is None:
        return None
    # Short lines, so that no pattern can be made to look at a long one from each of its places.
    text = "\n".join(line[:LINE_CHARS] for line in stderr.decode("utf-8", "replace").split("\n"))
    kind, line = family(text, _frames(entry))
    if kind is None and line is None:
        return None
    if line is not None and not 1 <= line <= sources[entry].count("\n") + 1:
        line = None
    return Uncaught(_told(kind, sources) or "error", line)


def _told(kind: str | None, sources: Source) -> str | None:
    """A type's name, if it may be told: a known one, or one that the learner wrote down in the source."""
    if kind is None:
        return None
    if kind in PHRASES.values() or kind in TYPES:
        return kind
    last = re.split(r"[.:$]", kind)[-1]
    if last in TYPES:
        return last
    word = re.compile(rf"(?<![\w$]){re.escape(last)}(?![\w$])")
    if re.fullmatch(rf"[A-Za-z_]\w{{0,{NAME_CHARS - 1}}}", last, re.ASCII) and any(map(word.search, sources.values())):
        return last
    return None


Frames = Callable[[str], str]


def _frames(entry: str) -> Frames:
    """Patterns for a frame in the learner's file: ``{file}`` stands for its name behind any folders."""
    file = rf"(?:[^\s:\"'()]*/)?{re.escape(entry)}"
    return lambda pattern: pattern.replace("{file}", file)


def _first(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, re.MULTILINE)


def _last(pattern: str, text: str) -> re.Match[str] | None:
    return deque(re.finditer(pattern, text, re.MULTILINE), maxlen=1).pop() if _first(pattern, text) else None


def _number(match: re.Match[str] | None) -> int | None:
    """The line that a match's last group is; no number that is too long to be one."""
    digits = match[match.lastindex or 0] if match else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 7 else None


def _phrase(text: str) -> str | None:
    """Our name for one of the fixed sentences with which runtimes without exception types end."""
    return next((name for words, name in PHRASES.items() if words in text), None)


def _python(text: str, frames: Frames) -> Found:
    """The last traceback is that of the error that was not caught, its last frame in our file where it happened. Of a
    group of errors the outermost is told, whose lines stand behind one bar."""
    text = re.sub(r"^  \| ", "", text, flags=re.MULTILINE)
    begins = _last(r"(?<!\| )Traceback \(most recent call last\):$", text)
    if begins is None:
        return None, None
    trace = text[begins.end() + 1 :]
    kind = _first(r"^([A-Za-z_][\w.]*)(?::|$)", trace)
    body = trace[: kind.start()] if kind else trace
    return kind and kind[1], _number(_last(frames(r'^  File "{file}", line (\d+)'), body))


def _jvm(text: str, frames: Frames) -> Found:
    kind = _first(r'^Exception in thread "[^"\n]*" ([\w.$]+)', text)
    kind = kind or _first(r"^(?:Terminating due to )?(java\.lang\.\w+Error)\b", text)
    rest = text[kind.start() :] if kind else ""
    return kind and kind[1], _number(_first(frames(r"^[ \t]+at [^\n(]*\({file}:(\d+)\)"), rest))


def _node(text: str, frames: Frames) -> Found:
    if "JavaScript heap out of memory" in text:
        return "out of memory", None
    at = _first(frames(r"^ +at (?:[^\n]*\()?(?:file://)?{file}:(\d+):\d+\)?$"), text) or _first(
        frames(r"^(?:file://)?{file}:(\d+)$"), text
    )
    caret = _first(r"^[ \t]*\^+[ \t]*$", text)  # below the line of source it shows
    kind = _first(
        r"^(?:Uncaught )?([A-Za-z_$][\w$.]*)(?: \[\w+\])?(?::[^\n]*)?(?:\n(?! +at )[^\n]*){0,20}?\n +at ",
        text[caret.end() :] if caret else text,
    )
    thrown = at or "(Use `node --trace-uncaught" in text  # what it says of a thrown value that is no Error
    return (kind and kind[1]) or ("exception" if thrown else None), _number(at)


def _go(text: str, frames: Frames) -> Found:
    failed = _first(r"^(?:panic|fatal error): ", text)
    if failed is None:
        return None, None
    rest = text[failed.start() :]
    kind = _phrase(rest.partition("\n")[0]) or ("panic" if rest.startswith("panic") else "fatal error")
    return kind, _number(_first(frames(r"^[ \t]+{file}:(\d+)(?: |$)"), rest))


def _rust(text: str, frames: Frames) -> Found:
    if failed := _first(r"^thread '[^'\n]*'(?: \(\d+\))? panicked at ", text):
        rest = text[failed.start() :]
        line = _first(frames(r"(?:panicked at |, ){file}:(\d+):\d+:?$"), rest)
        return _phrase(rest) or "panic", _number(line)
    if returned := _first(r"^Error: ([A-Za-z_]\w*)?", text):  # by `main`: no panic, so it has no line
        return returned[1] or "Error", None
    return _phrase(text), _traced(text, frames)


def _traced(text: str, frames: Frames) -> int | None:
    """The innermost frame that is told by what `tracing` builds beside a program."""
    return _number(_first(frames(r"^at {file}:(\d+)$"), text))


def _c(text: str, frames: Frames) -> Found:
    if failed := _first(frames(r"^[^\n]*?{file}:(\d+): [^\n]*Assertion `"), text):
        return "assertion failed", _number(failed)
    at = _traced(text, frames)
    kind = _first(r"^terminate called after throwing an instance of '([\w:]*\w)", text)
    kind = kind or _first(r"uncaught exception of type ([\w:]*\w)", text)
    return kind[1] if kind else _phrase(text), at


def _csharp(text: str, frames: Frames) -> Found:
    """Of an exception that carries another, the frames of the inner one come first, so it is the one to name."""
    kind = _first(
        r"^(?:Unhandled Exception:[ \r\n]{1,4}|Unhandled exception\. |\[ERROR\] FATAL UNHANDLED EXCEPTION: )([\w.+]+)",
        text,
    )
    rest = text[kind.start() :] if kind else ""
    told = kind
    if "--- End of inner exception stack trace ---" in rest:
        told = _last(r" ---> ([\w.+]+): ", re.split(r"\n +at ", rest, maxsplit=1)[0]) or kind
    line = _first(frames(r"^[ \t]+at [^\n]* in {file}:(?:line )?(\d+)[ \t\r]*$"), rest)
    return told and told[1], _number(line)


def _r(text: str, frames: Frames) -> Found:
    """The last place that our handler told (``languages/r.toml``): it tells one of a signalled condition too."""
    failed = _first(r"^Error(?: in [^\n]*)?(?::|$)", text)
    if failed is None:
        return None, None
    return "error", _number(_last(frames(r"^at {file}#(\d+)$"), text[: failed.start()]))


def _bash(text: str, frames: Frames) -> Found:
    at = _last(frames(r"^{file}: line (\d+): "), text)
    return (_phrase(text[at.start() :].partition("\n")[0]) or "error") if at else None, _number(at)


def _sqlite(text: str, frames: Frames) -> Found:
    at = _first(r"^(?:Error: near|(?:Parse|Runtime) error near) line (\d+)", text)
    if at is None:
        return None, None
    return "parse error" if at[0].startswith("Parse") else "runtime error", _number(at)


Family = Callable[[str, Frames], Found]

_EXTENSIONS: dict[Family, str] = {
    _python: ".py .py3",
    _jvm: ".java .kt .scala",
    _node: ".js .mjs .cjs .ts .mts",
    _go: ".go",
    _rust: ".rs",
    _c: ".c .cc .cpp .cxx .c++",
    _csharp: ".cs",
    _r: ".r",
    _bash: ".sh",
    _sqlite: ".sql",
}
FAMILIES = {extension: family for family, extensions in _EXTENSIONS.items() for extension in extensions.split()}
"""By the extension of the file where the program begins, in small letters."""
