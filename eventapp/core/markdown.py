"""Markdown that people wrote, as safe HTML and as plain text."""

from __future__ import annotations

import re
from html import escape, unescape

import mistune
import nh3

from eventapp.core.public import may_link_to

ALLOWED_TAGS = {
    "p", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "br", "blockquote", "code",
}  # fmt: skip
# Parsing unmatched brackets and stars takes quadratic time in their
# number. A page of prose has a few hundred.
MARKS_MOST = 1000
_MARKS = re.compile(r"[][*_`<>~!&\\]")

_LINK = re.compile(r'<a href="(?P<address>[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)


class _Renderer(mistune.HTMLRenderer):
    """HTML in which links lead only where `may_link_to` allows; of other links, the words stay."""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, url, title) if may_link_to(url) else text


_markdown = mistune.create_markdown(renderer=_Renderer(escape=True), hard_wrap=True)


def _to_html(written: str) -> str:
    """A text with more than MARKS_MOST Markdown characters is shown as it was typed."""
    if len(_MARKS.findall(written)) > MARKS_MOST:
        return f"<p>{escape(written)}</p>".replace("\n", "<br>\n")
    return str(_markdown(written))


def safe_html(written: str) -> str:
    """Without pictures and raw HTML; headings start at h3."""
    html = _to_html(written)
    for level, lower in ((2, 4), (1, 3)):
        html = html.replace(f"<h{level}>", f"<h{lower}>").replace(f"</h{level}>", f"</h{lower}>")
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )


def plain(written: str) -> str:
    """Only the words, in their lines and paragraphs."""
    return _words(_to_html(written))


def plain_with_links(written: str) -> str:
    """The same, with the address of each link after its words: "the map (https://…)"."""
    return _words(_LINK.sub(_with_address, _to_html(written)))


def _with_address(link: re.Match[str]) -> str:
    address, words = link["address"], link["words"]
    return words if address in (words, f"mailto:{words}") else f"{words} ({address})"


def _words(html: str) -> str:
    return unescape(nh3.clean(html.replace("</p>", "</p>\n"), tags=set())).strip()
