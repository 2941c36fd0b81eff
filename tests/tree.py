"""A page as a tree of tags. `Tag` is lxml's element, with the names of Beautiful Soup for what
tests ask; Beautiful Soup's own tree of a page takes as long as the application to make the page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from lxml import etree

from tests.css import condition

_first_text = etree.ElementBase.text  # before the first tag in this one
_texts = etree.XPath("descendant::text()", smart_strings=False)
_own_texts = etree.XPath("text()", smart_strings=False)
Wanted = str | bool | Callable[[str], bool]


class Tag(etree.ElementBase):
    tail: str | None

    def __bool__(self) -> bool:
        return True  # lxml means: has children

    @property
    def name(self) -> str:
        return str(self.tag)

    @property
    def attrs(self) -> dict[str, str]:
        return dict(self.attrib)

    def has_attr(self, name: str) -> bool:
        return name in self.attrib

    def __getitem__(self, name: str) -> str:
        return str(self.attrib[name])

    def __delitem__(self, name: str) -> None:
        del self.attrib[name]

    def __getattr__(self, name: str) -> Tag:
        """The first tag of this name: `row.strong`."""
        if (found := self.find(name)) is None:
            raise AttributeError(name)
        return found

    # Looking for tags

    def select(self, css: str) -> list[Tag]:
        """As browsers do, finds nothing within a template, unless this is in it. Raises
        AssertionError where the selector is more than `tests.css` understands.
        """
        here, is_root = self.find_parent("template"), self.getparent() is None
        return [
            tag
            for tag in _matching(css)(self)
            if (is_root or tag is not self) and tag.find_parent("template") is here
        ]

    def select_one(self, css: str) -> Tag | None:
        return next(iter(self.select(css)), None)

    def find_all(
        self,
        name: str | None = None,
        attrs: dict[str, Wanted] | None = None,
        string: Wanted = True,
        **more: Wanted,
    ) -> list[Tag]:
        wanted = {**(attrs or {}), **{key.rstrip("_"): value for key, value in more.items()}}
        return [
            tag
            for tag in self.iter(name or etree.Element)
            if (tag is not self or self.getparent() is None)
            and all(_fits(tag.get(key), value) for key, value in wanted.items())
            and (string is True or any(_fits(text, string) for text in _own_texts(tag)))
        ]

    def find(self, *wanted: Any, **more: Any) -> Tag | None:
        return next(iter(self.find_all(*wanted, **more)), None)

    @property
    def parent(self) -> Tag | None:
        above: Tag | None = self.getparent()
        return above

    def find_parent(self, name: str | None = None, attrs: dict[str, Wanted] | None = None) -> Any:
        for above in self.iterancestors(name or etree.Element):
            if all(_fits(above.get(key), value) for key, value in (attrs or {}).items()):
                return above
        return None

    # Reading

    def get_text(self, between: str = "", *, strip: bool = False) -> str:
        texts: list[str] = _texts(self)
        return between.join(filter(None, map(str.strip, texts)) if strip else texts)

    @property
    def text(self) -> str:
        return self.get_text()

    def decode(self) -> str:
        """The HTML of this tag."""
        return str(etree.tostring(self, encoding="unicode", method="html", with_tail=False))

    # Changing

    def take_out(self) -> Tag:
        """Leaves what follows where it is."""
        above, before = self.getparent(), self.getprevious()
        if self.tail and before is not None:
            before.tail = (before.tail or "") + self.tail
        elif self.tail:
            _first_text.__set__(above, (_first_text.__get__(above) or "") + self.tail)
        self.tail = None
        above.remove(self)
        return self

    def fill_with(self, other: Tag) -> None:
        """What another tag has takes the place of what is in here."""
        for tag in list(self):
            self.remove(tag)
        _first_text.__set__(self, _first_text.__get__(other))
        self.extend(list(other))

    def replace_with(self, *others: Tag) -> None:
        for other in others:
            self.addprevious(other)
        self.take_out()


def _fits(value: str | None, wanted: Wanted) -> bool:
    if value is None or isinstance(wanted, bool):
        return (value is not None) == wanted
    return wanted(value) if callable(wanted) else wanted == value


@cache
def _matching(css: str) -> Any:
    return etree.XPath(f"descendant-or-self::*[{condition(css)}]")


_parser = etree.HTMLParser(remove_comments=True, remove_pis=True, default_doctype=False)
_parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Tag))


def parse(html: str) -> Tag:
    """The root of a page, or of what browsers make of a fragment."""
    root: Tag = etree.fromstring(html or "<html></html>", _parser)
    return root


def parse_fragment(html: str) -> Tag:
    """A tag that has the fragment's."""
    return parse(f"<body><div>{html}</div></body>").body.div
