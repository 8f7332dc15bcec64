"""Statements in every format that packages bring them in."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from package_support import write_package

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import PackageError
from jupyter_oj_extension.packages.hypertext import cleaned
from jupyter_oj_extension.packages.latex import to_markdown

NONE: dict[str, str | None] = {"statement/problem.en.md": None}
LEGACY = "name: Doubling\n"


def read(folder: Path, files: dict[str, str | None], problem: str | None = None) -> tuple[str, str]:
    """The statement's text and PDF."""
    given = {"problem.yaml": problem} if problem else {}
    found = packages.read(write_package(folder / "doubling", NONE | given | files))
    return found.statement, found.statement_pdf


@pytest.mark.parametrize(
    ("files", "text", "pdf"),
    [
        ({}, "", ""),
        ({"statement/problem.en.pdf": "%PDF"}, "", "statement/problem.en.pdf"),
        ({"statement/problem.sv.pdf": "%PDF", "statement/problem.pdf": "%PDF"}, "", "statement/problem.pdf"),
        ({"problem.pdf": "%PDF"}, "", "problem.pdf"),
        ({"statement/problem.en.tex": r"\emph{Twice}.", "statement/problem.sv.md": "Dubbelt."}, "*Twice*.\n", ""),
        ({"statement/problem.sv.md": "Dubbelt."}, "Dubbelt.\n", ""),
        ({"statement/problem.md": "Twice.", "problem.pdf": "%PDF"}, "Twice.\n", "problem.pdf"),
        ({"statement/problem.html": "<p onclick=x>Twice.</p>"}, "<div>\n<p>Twice.</p>\n</div>\n", ""),
        ({"problem.html": "<p>Twice.</p>"}, "<div>\n<p>Twice.</p>\n</div>\n", ""),
        ({"problem.txt": "Twice.\n```\n"}, "```text\nTwice.\n\n\n```\n", ""),
        ({"statement/problem.en.md": "Twice.\n\n{{nextsample}}\n"}, "Twice.\n", ""),
    ],
)
def test_what_is_shown(tmp_path: Path, files: dict[str, str | None], text: str, pdf: str) -> None:
    assert read(tmp_path, files) == (text, pdf)


def test_older_formats_have_another_folder_and_constants_go_in_first(tmp_path: Path) -> None:
    assert read(tmp_path / "a", {"problem_statement/problem.tex": r"\texttt{x}"}, LEGACY) == ("`x`\n", "")
    draft = "problem_format_version: 2023-07-draft\nname: P\nconstants: {most: 7}\n"
    assert read(tmp_path / "b", {"statement/problem.en.tex": r"At most ${{most}}$."}, draft)[0] == "At most $7$.\n"


def test_the_version_follows_the_pdf(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "doubling", NONE | {"problem.pdf": "%PDF-1"})
    before = packages.read(folder).version
    (folder / "problem.pdf").write_text("%PDF-2")
    assert packages.read(folder).version != before


def test_a_pdf_outside_of_the_package_is_refused(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "doubling", NONE)
    (tmp_path / "secret.pdf").write_text("%PDF")
    (folder / "problem.pdf").symlink_to(tmp_path / "secret.pdf")
    with pytest.raises(PackageError, match="leads out"):
        packages.read(folder)


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        (r"\problemname{Odd Echo} ECHO!", "ECHO!"),
        (r"\section*{Input} One \(N\) and \[x^2\] here.", "## Input\n\nOne $N$ and\n$$x^2$$\nhere."),
        ("a $x_1 * y_2$ b", "a $x_1 * y_2$ b"),
        (r"{\bf b} {\tt a\_b} \emph{e \textbf{f}} \texttt{\textbackslash n}", r"**b** `a_b` *e **f*** `\n`"),
        ("``q'' 'r' 1--2 a---b 100\\% \\$5 x~y", "“q” \u2019r\u2019 1\u20132 a—b 100% \\$5 x\N{NO-BREAK SPACE}y"),
        (r"caf\'e \"{o} na\"ive \c{c} \o", "café ö naïve ç ø"),
        ("a*b_c <d> #e [f]", r"a\*b\_c &lt;d> \#e \[f\]"),
        ("one % not this\ntwo\n% nor this\nthree", "one\ntwo\nthree"),
        (r"\begin{itemize}\item a \item b\end{itemize}", "- a\n- b"),
        (r"\begin{enumerate}\item a \begin{itemize}\item n\end{itemize}\end{enumerate}", "1. a\n\n   - n"),
        ("\\begin{verbatim}\n a % b\n\\end{verbatim}", "```text\n a % b\n```"),
        (r"\begin{tabular}{|l|r|}\hline A & $|x|$ \\ \hline 1 & 2 \\\end{tabular}",
         "| A | $\\vert x\\vert $ |\n| --- | --- |\n| 1 | 2 |"),
        (r"\begin{align*}a &= b\\c &= d\end{align*}", r"\begin{align*}a &= b\\c &= d\end{align*}"),
        (r"\includegraphics[width=3cm]{pic} \includegraphics{gone}",
         "![](pic.png) *(a picture that cannot be shown here: gone)*"),
        (r"\url{http://e.org/a_b} \href{http://e.org}{there}", "<http://e.org/a_b> [there](http://e.org)"),
        (r"see\footnote{at the end} and \verb|a_b|", "see (at the end) and `a_b`"),
        (r"\newthing{arg} rest", r"\\newthing{arg} rest"),
        ("\\documentclass{x}\\begin{document}\nBody\n\\end{document} after", "Body"),
        ("costs $5", r"costs \$5"),
        ("", ""),
    ],
)  # fmt: skip
def test_latex(source: str, markdown: str) -> None:
    assert to_markdown(source, ["pic.png", "doc.pdf"]).strip() == markdown


@given(st.text(alphabet="\\{}$&%~[]()ab \n`'-*|^\"", max_size=60) | st.text(max_size=40))
def test_any_text_is_turned_over(source: str) -> None:
    for marker in ("", r"\begin{tabular}{l}", r"\begin{itemize}", r"\emph{", "$", r"\verb"):
        assert isinstance(to_markdown(marker + source), str)


@pytest.mark.parametrize(
    "part", ["$", "\\[", "{", "}", "\\begin{itemize}", "\\verb|", "\\item ", "%\n", "`", "a\n\n", "\\emph"]
)
def test_hostile_latex_takes_linear_time_or_is_refused(part: str) -> None:
    """A quadratic reader would need minutes."""
    begun = time.monotonic()
    try:
        to_markdown(part * (200_000 // len(part)))
    except PackageError as error:
        assert "too deep" in error.detail
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize(
    ("html", "left", "gone"),
    [
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>", "alert"),
        ('<img src="a.png" onerror="x()"><img src="http://e.org/b.png">', 'src="a.png"', "e.org"),
        ('<a href="javascript:x()">a</a>', "a</a>", "javascript"),
        ('<a href="http://e.org/">a</a>', 'href="http://e.org/"', "target"),
        ("<iframe src=x></iframe><form><input></form><p>b</p>", "<p>b</p>", "input"),
        ("<style>p{}</style><svg onload=x()><p style='color:red'>c</p>", "c</p>", "color"),
        ("<head><title>t</title></head><body><p>d</p></body>", "<p>d</p>", "<title"),
        ("<p>e\n\n\nf</p>", "<p>e\nf</p>", "\n\n"),
        ("<pre>g\n\nh &lt;</pre>", "<pre>g&#10;&#10;h &lt;</pre>", "\n\n"),
        ("<b>i", "<b>i</b>", "\n\n"),
    ],
)
def test_html(html: str, left: str, gone: str) -> None:
    found = cleaned(html)
    assert left in found and gone not in found and found.startswith("<div>\n") and found.endswith("\n</div>\n")


def test_html_of_nothing_is_no_statement() -> None:
    assert cleaned("<script>x</script>") == ""
