"""Narrative text to safe HTML: Markdown where it is used, plain paragraphs where it is not."""

from __future__ import annotations

import re
from functools import cache

import nh3
from markdown import Markdown
from markupsafe import Markup

_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SOFT_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
# Anything that Markdown could read as more than text. Plain prose takes the short way, some thirty times as fast.
_MARKED_UP = re.compile(r"[*_`\[\]<>#|~\\&]|^\s*(?:[-+>]|[0-9]+[.)])\s|^\s*[-=]{2,}\s*$| {2,}$|^ {4}", re.MULTILINE)
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "hr", "h3", "h4", "h5", "h6", "del"}
_HEADINGS = re.compile(r"<(/?)h([1-6])>")


def prose(text: str) -> Markup:
    """Return narrative text as HTML that holds nothing but harmless elements and links to http, https and mailto."""
    joined = _SOFT_BREAK.sub("", text.strip())
    if not joined:
        return Markup()
    if _MARKED_UP.search(joined) is None:
        paragraphs = (line.strip() for line in joined.split("\n") if line.strip())
        return Markup().join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)
    html = _markdown().reset().convert(joined)
    # Headings of the page enclose those of a text.
    lowered = _HEADINGS.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + 3, 6)}>", html)
    clean = nh3.clean(
        lowered,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704  # sanitised on the line above


def inline(text: str) -> str:
    """Return a text on one line, without the breaks that only the file needed."""
    return " ".join(_SOFT_BREAK.sub("", text.strip()).split())


def safe_url(text: str) -> str:
    """Return an address a page may link to, or nothing."""
    return text if text.startswith(("https://", "http://")) and not re.search(r"[\s\"'<>]", text) else ""


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=["sane_lists", "nl2br"], output_format="html")
