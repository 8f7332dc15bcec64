r"""LaTeX statements, as problemtools typesets them, to Markdown with math. Pure, in linear time, nothing is executed.

What authors of statements use is turned over: sections, paragraphs, lists, tables, emphasis, verbatim text, quotes,
dashes, accents, links, footnotes, pictures. Math stays as it is, as MathJax reads it. A command that is not known stays
with its argument as it stands: a reader then sees that something is there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.packages import latex_words as words

DEPTH = 60
"""Groups and environments may lie in each other that deep."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg")

_ITEM, _CELL, _ROW = "\ue000", "\ue001", "\ue002"
"""Stand for ``\\item``, ``&`` and ``\\\\`` until the list or table around them is whole."""
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\\|[{}$&~]|\n[ \t]*(?:\n[ \t]*)+|`+|'{2}|-{2,3}|[^\\{}$&~\n`'-]+|.", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*%.*\n?|(?<!\\)%.*$", re.MULTILINE)
_SPECIAL = re.compile(r"[*_<#\[\]]")
_LINE_START = re.compile(r"^([-+>])(?=\s)", re.MULTILINE)


def to_markdown(source: str, pictures: Collection[str] = (), where: str = "the statement") -> str:
    """The body of a LaTeX file as Markdown. `pictures` are the files beside it, since LaTeX leaves their endings out.
    Raises `PackageError` when groups lie too deep in each other."""
    unmarked = {ord(mark): None for mark in (_ITEM, _CELL, _ROW)}
    source = source.translate(unmarked)
    body = re.search(r"\\begin\{document\}(.*?)(\\end\{document\}|\Z)", source, re.DOTALL)
    text = _Reader(body[1] if body else source, pictures, where).read()
    text = text.translate(unmarked)
    text = re.sub(r"([ \t]+)\n(\n?)", lambda match: _line_end(match[1], match[2]), text)
    return re.sub(r"\n\s*\n", "\n\n", text).strip("\n") + "\n" if text.strip() else ""


class _Reader:
    """Goes through the text once. `_at` is where the next token begins."""

    def __init__(self, text: str, pictures: Collection[str], where: str) -> None:
        self._text, self._pictures, self._where = text, pictures, where
        self._at = self._depth = 0
        self._tables = 0
        self._missing: set[str] = set()
        """Ends that were looked for in vain: what is not behind one place is not behind a later one."""

    def read(self) -> str:
        found = []
        while self._at < len(self._text):
            found.append(self._until(""))
        return "".join(found)

    def _until(self, end: str) -> str:
        r"""The Markdown up to `end` (``}`` or ``\end{…}``), which is passed over, or to the end of the text."""
        self._depth += 1
        if self._depth > DEPTH:
            raise PackageError(f"{self._where}: groups lie too deep in each other")
        found: list[str] = []
        while self._at < len(self._text):
            if end and self._text.startswith(end, self._at):
                self._at += len(end)
                break
            if self._text.startswith("%", self._at) or (self._at and self._text[self._at - 1] == "\n"):
                self._skip_comment()
            match = _TOKEN.match(self._text, self._at)
            if match is None or (end and self._text.startswith(end, self._at)):
                continue
            self._at = match.end()
            if match[0] == "}" and end != "}":
                if end:
                    continue  # one too many
                break
            found.append(self._token(match[0]))
        self._depth -= 1
        return "".join(found)

    def _skip_comment(self) -> None:
        if match := _COMMENT.match(self._text, self._at):
            self._at = match.end()

    def _token(self, token: str) -> str:
        match token[0]:
            case "\\":
                return self._command(token[1:])
            case "{":
                return self._group()
            case "$":
                return self._math("$$" if self._text.startswith("$", self._at) else "$")
            case "&":
                return _CELL if self._tables else "&amp;"
            case "\n":
                return "\n\n" if token.count("\n") > 1 else "\n"
            case "~":
                return "\N{NO-BREAK SPACE}"
        if (plain := words.MARKS.get(token)) is not None:
            return plain
        return self._plain(token)

    def _plain(self, text: str) -> str:
        """Text up to a comment in it, with what Markdown would take for its own marked as text."""
        cut = text.find("%")
        if cut >= 0:
            self._at -= len(text) - cut
            self._skip_comment()
            text = text[:cut]
        text = _SPECIAL.sub(lambda match: "&lt;" if match[0] == "<" else "\\" + match[0], text)
        return _LINE_START.sub(r"\\\1", text.lstrip(" \t") if self._starts_line(text) else text)

    def _starts_line(self, text: str) -> bool:
        before = self._at - len(text) - 1
        return before < 0 or self._text[before] == "\n"

    def _group(self) -> str:
        r"""``{\bf x}`` and the like; other groups only hold together what is in them."""
        match = re.compile(r"\s*\\([a-z]+)(?![A-Za-z])\s*").match(self._text, self._at)
        style = words.SWITCHES.get(match[1]) if match else None
        if match and style is not None:
            self._at = match.end()
            return self._styled(style)
        return self._until("}")

    def _styled(self, style: str) -> str:
        if style == "`":
            self._at -= 1 if self._text[self._at - 1] == "{" else 0
            return _code(self._raw() if self._text.startswith("{", self._at) else self._rest_raw())
        inner = self._until("}")
        return _around(inner, style)

    def _math(self, mark: str) -> str:
        """Math that begins with one or two dollars, which have been read but for the second."""
        start = self._at + len(mark) - 1
        return self._math_to(start, mark, mark, mark)

    def _math_to(self, start: int, close: str, before: str, after: str) -> str:
        end = -1 if close in self._missing else self._find(start, close)
        if end < 0:
            self._missing.add(close)
            return r"\$" if close.startswith("$") else ""
        inner = _COMMENT.sub("", self._text[start:end])
        self._at = end + len(close)
        inner = inner.strip() if len(before) == 1 else inner
        if self._tables:
            inner = re.sub(r"(?<!\\)\|", r"\\vert ", inner).replace("\n", " ")
        if before != "$$" or self._tables:
            return f"{before}{inner}{after}"
        self._spaces()
        return f"\n{before}{inner}{after}\n"

    def _find(self, start: int, close: str) -> int:
        end = self._text.find(close, start)
        while close == "$" and end > start and self._text[end - 1] == "\\":
            end = self._text.find(close, end + 1)
        return end

    def _command(self, name: str) -> str:
        bare = name.rstrip("*")
        if bare in words.SYMBOLS:
            if bare.isalpha() and self._text.startswith("{}", self._at):
                self._at += 2
            return words.SYMBOLS[bare]
        if bare in words.STYLES:
            return self._argument_styled(words.STYLES[bare])
        if bare in words.HEADINGS:
            title = self._argument().strip()
            self._spaces()
            return f"\n\n{words.HEADINGS[bare]} {title}\n\n"
        if bare in words.DROPPED:
            self._drop(words.DROPPED[bare])
            return ""
        if bare in words.ACCENTS:
            return self._accented(words.ACCENTS[bare])
        match bare:
            case "(" | "[":
                mark = "$" if bare == "(" else "$$"
                return self._math_to(self._at, r"\)" if bare == "(" else r"\]", mark, mark)
            case "\\" | "newline" | "tabularnewline":
                self._option()
                return _ROW if self._tables else "  \n"
            case "item":
                label = self._option()
                return _ITEM + (f"**{label}** " if label else "")
            case "begin":
                return self._environment(self._raw())
            case "end":
                self._raw()  # of nothing that was begun
                return ""
            case "includegraphics":
                self._option()
                return self._picture(self._raw())
            case "illustration":
                self._raw()
                name, caption = self._raw(), self._argument()
                return f"\n\n{self._picture(name)}\n\n{caption.strip()}\n\n"
            case "caption":
                return f"\n\n{self._argument().strip()}\n\n"
            case "footnote":
                return f" ({self._argument().strip()})"
            case "url":
                return f"<{self._raw()}>"
            case "href":
                address = self._raw()
                return f"[{self._argument().strip()}]({address})"
            case "verb":
                return self._verb()
            case "multicolumn":
                number = self._raw()
                self._raw()
                return self._argument() + _CELL * (min(int(number), 50) - 1 if number.isdigit() else 0)
        self._at += 1 if bare.isalpha() and self._text.startswith(" ", self._at) else 0
        return f"\\\\{name}" + (f"{{{_SPECIAL.sub(_escaped, self._raw())}}}" if self._has_argument() else " ")

    def _environment(self, name: str) -> str:
        end = f"\\end{{{name}}}"
        bare = name.rstrip("*")
        if bare in words.MATH:
            begin = f"\\begin{{{name}}}"
            return f"\n\n{self._math_to(self._at, end, begin, end)}\n\n"
        if bare in words.VERBATIM:
            self._option()
            at = self._text.find(end, self._at)
            inner, self._at = (
                self._text[self._at : at if at >= 0 else None],
                (at + len(end) if at >= 0 else len(self._text)),
            )
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", inner)), default=0))
            return f"\n\n{fence}text\n{inner.strip(chr(10))}\n{fence}\n\n"
        if bare in words.TABLES:
            self._option()
            for _ in range(words.TABLES[bare]):
                self._raw()
            self._tables += 1
            inner = self._until(end)
            self._tables -= 1
            return f"\n\n{_table(inner)}\n\n"
        self._option()
        self._drop(words.ENVIRONMENT_ARGUMENTS.get(bare, 0))
        tables, self._tables = self._tables, 0
        inner = self._until(end)
        self._tables = tables
        if bare in words.LISTS:
            return f"\n\n{_list(inner, words.LISTS[bare])}\n\n"
        if bare in ("quote", "quotation"):
            return "\n\n" + "\n".join(f"> {line}" for line in inner.strip().splitlines()) + "\n\n"
        return f"\n\n{inner.strip()}\n\n"

    def _has_argument(self) -> bool:
        return self._text.startswith("{", self._at)

    def _argument(self) -> str:
        """The command's next argument as Markdown: a group, or the one character behind it."""
        self._spaces()
        if self._has_argument():
            self._at += 1
            return self._until("}")
        match = _TOKEN.match(self._text, self._at)
        if match is None:
            return ""
        self._at += len(match[0]) if match[0].startswith("\\") else 1
        return match[0] if match[0].startswith("\\") else match[0][0]

    def _argument_styled(self, style: str) -> str:
        self._spaces()
        if style == "`" and self._has_argument():
            return _code(self._raw())
        return _around(self._argument(), style)

    def _raw(self) -> str:
        """The next argument as it stands; nothing where there is none."""
        self._spaces()
        if not self._has_argument():
            return ""
        self._at += 1
        return self._rest_raw()

    def _rest_raw(self) -> str:
        start, depth = self._at, 1
        for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(self._text, start):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0:
                self._at = match.end()
                return self._text[start : match.start()]
        self._at = len(self._text)
        return self._text[start:]

    def _option(self) -> str:
        """``[…]`` right behind a command or an environment's beginning."""
        match = re.compile(r"[ \t]*\[([^\[\]{}\n]{0,200})\]").match(self._text, self._at)
        if match is None:
            return ""
        self._at = match.end()
        return match[1].strip()

    def _drop(self, arguments: int) -> None:
        self._option()
        for _ in range(arguments):
            self._raw()
            self._option()

    def _spaces(self) -> None:
        while self._text.startswith((" ", "\t"), self._at):
            self._at += 1

    def _accented(self, mark: str) -> str:
        letter = self._argument().strip().removeprefix("\\")
        return unicodedata.normalize("NFC", letter[:1] + mark) + letter[1:] if letter else ""

    def _verb(self) -> str:
        mark = self._text[self._at : self._at + 1]
        end = self._text.find(mark, self._at + 1) if mark and "verb" + mark not in self._missing else -1
        if end < 0:
            self._missing.add("verb" + mark)
            return ""
        inner, self._at = self._text[self._at + 1 : end], end + 1
        return _span(inner)

    def _picture(self, name: str) -> str:
        name = name.strip().removeprefix("./")
        found = next((one for one in (name, *(name + ending for ending in PICTURES)) if one in self._pictures), None)
        if found is None or not found.lower().endswith(PICTURES):
            return f"*(a picture that cannot be shown here: {_SPECIAL.sub(_escaped, name)})*"
        return f"![]({found})"


def _line_end(spaces: str, paragraph: str) -> str:
    """Two spaces at the end break a line; fewer mean nothing, and at a paragraph's end none do."""
    return "\n\n" if paragraph else "  \n" if spaces.startswith("  ") else "\n"


def _escaped(match: re.Match[str]) -> str:
    return "&lt;" if match[0] == "<" else "\\" + match[0]


def _around(inner: str, style: str) -> str:
    """Emphasis holds no white space at its ends, and no paragraphs."""
    core = inner.strip()
    if not core or not style or "\n\n" in core:
        return inner
    lead, tail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{lead}{style}{core}{style}{tail}"


def _code(raw: str) -> str:
    """Typewriter text: its commands for single characters are the characters."""
    text = re.sub(
        r"\\text(?:backslash|asciitilde|asciicircum)(?:\{\}|[ ])?", lambda m: words.TYPED[m[0].rstrip("{} ")], raw
    )
    if "$" in text.replace(r"\$", ""):
        return text  # math in it is set as math
    return _span(re.sub(r"\\([#$%&_{}~^ -])", r"\1", text).replace("{}", "").replace("~", " "))


def _span(text: str) -> str:
    text = " ".join(text.split("\n"))
    if not text.strip():
        return text
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _list(inner: str, marker: str) -> str:
    items = [item.strip() for item in inner.split(_ITEM)[1:]]
    indent = "\n" + " " * (len(marker) + 1)
    return "\n".join(f"{marker} {re.sub(chr(10) + '+(?=.)', lambda m: m[0] + indent[1:], item)}" for item in items)


def _table(inner: str) -> str:
    rows = [[" ".join(cell.split()).replace("|", r"\|") for cell in row.split(_CELL)] for row in inner.split(_ROW)]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
