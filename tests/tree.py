"""The tree that BeautifulSoup makes of a page, in half the time: every step of every test asks for
one. Leaves out what HTML has not, such as namespaces.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Doctype, NavigableString, PageElement

BLANKS = " \n\t\f\r"
LISTS = LXMLTreeBuilder().cdata_list_attributes or {}
LOOSE_WORDS = vars(NavigableString(""))


class TreeBuilder(LXMLTreeBuilder):
    """What a tag has beside its attributes and its content is copied from another of its name."""

    def reset(self) -> None:
        self._open: list[Tag] = [self.soup]
        self._words: list[str] = []
        self._last: PageElement | None = None
        self._loose_tags: dict[str, dict[str, Any]] = {}

    def start(self, name: Any, attrib: Any, nsmap: Any = None) -> None:
        self._end_words()
        if name not in self._loose_tags:
            self._loose_tags[name] = vars(Tag(self.soup, self, name))
        attrs: dict[str, Any] = dict(attrib)
        for key in LISTS["*"] | LISTS[name] if name in LISTS else LISTS["*"]:
            if key in attrs:
                attrs[key] = attrs[key].split()
        tag = Tag.__new__(Tag)
        tag.__dict__ |= self._loose_tags[name]
        tag.attrs, tag.contents = attrs, []
        self._place(tag)
        self._open.append(tag)

    def end(self, name: Any) -> None:
        self._end_words()
        self._open.pop()

    def data(self, data: Any) -> None:
        self._words.append(data)

    def comment(self, text: Any) -> None:
        self._end_words()
        self._place(Comment(text))

    def doctype(self, name: str, pubid: str, system: str) -> None:
        self._place(Doctype.for_name_and_ids(name, pubid, system))

    def close(self) -> None:
        self._end_words()

    def _end_words(self) -> None:
        """Blanks alone become one, but for where they are shown."""
        if not self._words:
            return
        said = "".join(self._words)
        self._words.clear()
        if not said.strip(BLANKS) and not self._keeps_blanks():
            said = "\n" if "\n" in said else " "
        words = str.__new__(NavigableString, said)
        words.__dict__ |= LOOSE_WORDS
        self._place(words)

    def _keeps_blanks(self) -> bool:
        names = map(attrgetter("name"), self._open)
        return not self.preserve_whitespace_tags.isdisjoint(names)

    def _place(self, element: PageElement) -> None:
        """At the end of the tag that is open."""
        parent, last = self._open[-1], self._last
        element.parent, element.previous_element = parent, last
        if last is not None:
            last.next_element = element
        if siblings := parent.contents:
            element.previous_sibling = siblings[-1]
            siblings[-1].next_sibling = element
        siblings.append(element)
        self._last = element


def tree(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, builder=TreeBuilder(string_containers={}))  # all words are words
