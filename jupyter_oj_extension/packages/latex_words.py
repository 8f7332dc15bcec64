"""What LaTeX's commands become in Markdown, as tables for `latex`."""

from __future__ import annotations

MARKS: dict[str, str] = {
    "``": "\N{LEFT DOUBLE QUOTATION MARK}",
    "''": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "`": "\N{LEFT SINGLE QUOTATION MARK}",
    "'": "\N{RIGHT SINGLE QUOTATION MARK}",
    "--": "\N{EN DASH}",
    "---": "\N{EM DASH}",
}

SYMBOLS: dict[str, str] = {
    "ldots": "…", "dots": "…", "textellipsis": "…", "%": "%", "&": "&amp;", "#": r"\#", "_": r"\_", "$": r"\$",
    "{": r"\{", "}": r"\}", " ": " ", "\n": " ", ",": "\N{THIN SPACE}", ";": " ", ":": " ", "!": "", "/": "",
    "-": "", "@": "", "quad": " ", "qquad": " ", "par": "\n\n", "textbackslash": "\\\\",
    "textasciitilde": r"\~", "textasciicircum": "^",
    "textless": "&lt;", "textgreater": ">", "textbar": "|", "textbullet": "•", "textdegree": "°", "copyright": "©",
    "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "\u0131",
    "j": "\u0237",
    "euro": "€", "pounds": "£", "S": "§", "P": "¶", "LaTeX": "LaTeX", "TeX": "TeX", "textemdash": "\u2014",
    "textendash": "\u2013",
    "textquotesingle": "'", "textquotedblleft": "“", "textquotedblright": "”", "textunderscore": r"\_",
}  # fmt: skip

TYPED: dict[str, str] = {r"\textbackslash": "\\", r"\textasciitilde": "~", r"\textasciicircum": "^"}

STYLES: dict[str, str] = {
    "emph": "*", "textit": "*", "textsl": "*", "textbf": "**", "texttt": "`", "code": "`",
    "text": "", "textrm": "", "textsf": "", "textsc": "", "textnormal": "", "underline": "", "mbox": "", "hbox": "",
    "textup": "", "textsuperscript": "", "textsubscript": "",
}  # fmt: skip
"""What is put around the argument; a backtick: it is code."""

SWITCHES: dict[str, str] = {
    "bf": "**", "bfseries": "**", "it": "*", "itshape": "*", "em": "*", "sl": "*", "tt": "`", "ttfamily": "`",
    "rm": "", "sf": "", "sc": "", "small": "", "footnotesize": "", "tiny": "", "large": "", "Large": "",
    "normalsize": "",
}  # fmt: skip
"""The same for a group that begins with one of these."""

HEADINGS: dict[str, str] = {
    "section": "##", "subsection": "###", "subsubsection": "####", "paragraph": "####", "subparagraph": "#####",
}  # fmt: skip

DROPPED: dict[str, int] = {
    "problemname": 1, "label": 1, "vspace": 1, "hspace": 1, "vskip": 0, "noindent": 0, "indent": 0, "centering": 0,
    "medskip": 0, "bigskip": 0, "smallskip": 0, "newpage": 0, "clearpage": 0, "pagebreak": 0, "hfill": 0, "vfill": 0,
    "hline": 0, "toprule": 0, "midrule": 0, "bottomrule": 0, "cline": 1, "cmidrule": 1, "raggedright": 0, "sloppy": 0,
    "nextsample": 0, "remainingsamples": 0, "small": 0, "footnotesize": 0, "normalsize": 0, "large": 0, "protect": 0,
    "setlength": 2, "addtolength": 2, "itemsep": 0, "displaystyle": 0, "relax": 0, "usepackage": 1, "documentclass": 1,
    "maketitle": 0, "title": 1, "author": 1, "date": 1, "selectlanguage": 1, "null": 0, "ignorespaces": 0,
    "rmfamily": 0, "sffamily": 0, "ttfamily": 0, "bfseries": 0, "itshape": 0, "bf": 0, "it": 0, "em": 0, "tt": 0,
    "arraystretch": 0, "renewcommand": 2, "nopagebreak": 0, "leavevmode": 0, "allowbreak": 0,
}  # fmt: skip
"""Commands that say how it looks on paper, with the number of their arguments."""

ACCENTS: dict[str, str] = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
}  # fmt: skip
"""Combining marks."""

MATH = frozenset({"equation", "align", "gather", "eqnarray", "displaymath", "math", "alignat", "multline", "flalign"})
VERBATIM = frozenset({"verbatim", "lstlisting", "Verbatim", "alltt", "minted"})
TABLES: dict[str, int] = {"tabular": 1, "tabularx": 2, "array": 1, "longtable": 1}
"""With the number of arguments that say how wide the columns are."""
LISTS: dict[str, str] = {"itemize": "-", "enumerate": "1.", "description": "-", "compactitem": "-", "compactenum": "1."}
ENVIRONMENT_ARGUMENTS: dict[str, int] = {
    "minipage": 1, "wrapfigure": 2, "multicols": 1, "adjustbox": 1, "tabbing": 0, "wraptable": 2,
}  # fmt: skip
