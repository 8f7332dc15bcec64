"""HTML statements, cleaned to what a Markdown cell may show: no scripts, styles, frames or forms, nothing from afar."""

from __future__ import annotations

import re

import nh3

PICTURE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.(png|jpe?g|gif|webp|svg)", re.IGNORECASE)
"""Names of pictures beside a statement that are given out."""

TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 "
    "hr i img ins kbd li ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr tt u ul "
    "var".split()
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "ol": {"start", "type"},
}
_PRE = re.compile(r"(<pre\b[^>]*>.*?</pre>)", re.DOTALL)


def cleaned(html: str) -> str:
    """One block of HTML that may stand in Markdown: it holds no blank line, which would end it."""
    body = re.search(r"<body\b[^>]*>(.*)", html, re.DOTALL | re.IGNORECASE)
    safe = nh3.clean(
        body[1] if body else html,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "title", "template", "noscript"},
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        strip_comments=True,
    )
    parts = _PRE.split(safe)
    parts[::2] = [re.sub(r"\s*\n\s*", "\n", part) for part in parts[::2]]
    parts[1::2] = [part.replace("\n", "&#10;") for part in parts[1::2]]
    text = "".join(parts).strip()
    return f"<div>\n{text}\n</div>\n" if text else ""


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Pictures are those of the package: one from elsewhere would tell its server who reads the statement."""
    if tag == "img" and name == "src":
        value = value.strip().removeprefix("./")
        return value if PICTURE.fullmatch(value) else None
    return value
