"""Plain text that somebody wrote, as HTML: its paragraphs and lines, and its addresses as links."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from eventapp.core.public import may_link_to

_ADDRESS = re.compile(r'https?://[^\s<>"“”«»]+', re.IGNORECASE)
_ENDS_SENTENCE = ".,;:!?'’…"
_LINK = Markup('<a href="{0}" rel="noopener nofollow ugc">{0}</a>')


def linked_paragraphs(words: str) -> list[Markup]:
    """Each paragraph, with links where `may_link_to` allows."""
    parts = re.split(r"\n\s*\n", words.strip())
    return [Markup("<br>\n").join(map(_linked, part.split("\n"))) for part in parts]


def _linked(line: str) -> Markup:
    pieces, at = [], 0
    for found in _ADDRESS.finditer(line):
        address = _without_end(found[0])
        if may_link_to(address):
            pieces += [escape(line[at : found.start()]), _LINK.format(address)]
            at = found.start() + len(address)
    return Markup("").join([*pieces, escape(line[at:])])


def _without_end(address: str) -> str:
    """Without what ends the sentence that the address stands in, or its brackets."""
    while address and (address[-1] in _ENDS_SENTENCE or _closes_what_is_around(address)):
        address = address[:-1]
    return address


def _closes_what_is_around(address: str) -> bool:
    return any(
        address.endswith(end) and address.count(begin) < address.count(end)
        for begin, end in ("()", "[]", "{}")
    )
