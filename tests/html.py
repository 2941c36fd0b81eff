"""Reading and linting HTML: quickly by lxml, and once for each template by the standard's own
algorithm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, Tag

from tests.tree import LISTS, tree

REFERENCES = {"aria-describedby", "aria-labelledby", "for", "hx-target"}
NOT_OURS = re.compile(r"^(on\w+|hx-on.*|hx-ext|hx-disabled-elt|sse-swap|hx-vars)$")

TYPED = "invalid-codepoint"  # a control character, which a page gives back as it was typed
_conform: set[Any] = set()


def parse(html: str) -> BeautifulSoup:
    """The tree of a page or a fragment. In text without errors it is the one that browsers make,
    but for the letter case of SVG's attributes, at a third of html5lib's time.
    """
    page = tree(html)
    if "<source" in html:  # libxml2 does not know that it is a void element
        for source in page.find_all("source"):
            for child in reversed(list(source.contents)):
                source.insert_after(child)
    return page


def check_conforms(html: str, page: BeautifulSoup, key: Any) -> None:
    """Fail where the standard calls a whole page's text an error, or where browsers make another
    tree of it than `parse` did. Looks at the first page of each key only: it is slow.

    https://html.spec.whatwg.org/multipage/parsing.html#parse-errors
    """
    if key in _conform:
        return
    import html5lib  # for those who look at pages

    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    standard = parser.parse(html)
    found = [error for error in parser.errors if error[1] != TYPED]
    errors = [f"line {place[0]}: {code} {more}" for place, code, more in found]
    assert not errors, f"{key}: {errors}"
    assert [*_shape_of_standard(standard)] == [*_shape(page)], key
    _conform.add(key)


Shape = Iterator[tuple[str, dict[str, Any], int]]


def _shape(page: BeautifulSoup) -> Shape:
    """Each tag with its attributes and how deep it stands, in the order of the text."""
    depths = {id(page): -1}
    for tag in page.find_all(True):
        depths[id(tag)] = depth = depths[id(tag.parent)] + 1
        yield tag.name, {name.lower(): value for name, value in tag.attrs.items()}, depth


def _shape_of_standard(element: Any, depth: int = 0) -> Shape:
    """The same of html5lib's tree. BeautifulSoup makes lists of some attributes, as `class`."""
    name = element.tag.partition("}")[2] or element.tag  # SVG has a namespace
    lists = LISTS["*"] | LISTS.get(name, set())
    found = {key.lower(): v.split() if key in lists else v for key, v in element.attrib.items()}
    yield name, found, depth
    for child in element:
        if isinstance(child.tag, str):  # no comment
            yield from _shape_of_standard(child, depth + 1)


def words_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def is_within(tag: Tag, name: str) -> bool:
    return any(parent.name == name for parent in tag.parents)


def shown(page: Tag, is_meant: Callable[[Tag], bool]) -> list[Tag]:
    """The tags that are meant, but for what scripts keep in a template. At a quarter of the time
    that a selector takes.
    """
    meant = [tag for tag in page.find_all(True) if is_meant(tag)]
    return [tag for tag in meant if not is_within(tag, "template")]


def check_page(page: BeautifulSoup, url: str) -> None:
    """Lint a page as it stands: what any reader, screen reader or browser relies on.

    Reads the tree once: it is asked after every step of every test.
    """
    tags = page.find_all(True)
    ids = Counter(str(tag.attrs["id"]) for tag in tags if "id" in tag.attrs)
    labelled = {tag.get("for") for tag in tags if tag.name == "label"}
    problems = [*_whole(tags), *(f"id {one} twice" for one, times in ids.items() if times > 1)]
    path = url.partition("?")[0].split("/")
    for tag in tags:
        if tag.name == "form":
            problems += _same_in_each_row(tag, path)
        if not REFERENCES.isdisjoint(tag.attrs):
            problems += _references(tag, ids)
        problems += _policy(tag)
        problems += [f"{what}: {tag.name} {tag.attrs}" for what in _wrong_with(tag, labelled)]
    assert not problems, f"{url}: " + "; ".join(problems)


def _whole(tags: Iterable[Tag]) -> Iterator[str]:
    by_name = {name: [tag for tag in tags if tag.name == name] for name in ("html", "title", "h1")}
    if not any(tag.get("lang") for tag in by_name["html"]):
        yield "no language"
    if not by_name["title"] or not words_of(by_name["title"][0]):
        yield "no title"
    if len(by_name["h1"]) != 1:
        yield f"{len(by_name['h1'])} h1"


def _references(tag: Tag, ids: Collection[str]) -> Iterator[str]:
    """To other parts of the page."""
    for attribute in REFERENCES - {"hx-target"}:
        for one in str(tag.attrs.get(attribute, "")).split():
            if one not in ids:
                yield f"{attribute} names no id {one}"
    target = str(tag.attrs.get("hx-target", ""))
    if target.startswith("#") and target[1:] not in ids:
        yield f"no place for {target}"


def _same_in_each_row(form: Tag, path: Collection[str]) -> Iterator[str]:
    """Ids that a page would have twice if it had another row: of a form whose action names a row,
    where the page's own address does not. Tests seldom have two rows of everything.
    """
    action = str(form.get("action", "")).partition("?")[0].split("/")
    rows = {part for part in action if part.isdigit() and part not in path}
    for tag in form.find_all(True, id=True) if rows else ():
        if rows.isdisjoint(re.findall(r"\d+", str(tag["id"]))):
            yield f"id {tag['id']} in each row"


def _policy(tag: Tag) -> Iterator[str]:
    """What the content security policy would block, and htmx attributes of version 2."""
    if tag.name == "style" or "style" in tag.attrs:
        yield f"inline style: {tag.name}"
    is_data = tag.attrs.get("type") == "application/ld+json"
    if tag.name == "script" and "src" not in tag.attrs and not is_data:
        yield "inline script"
    for name in tag.attrs:
        if _is_not_ours(name):
            yield f"{name} on {tag.name}"


@cache
def _is_not_ours(attribute: str) -> bool:
    return bool(NOT_OURS.match(attribute))


def _wrong_with(tag: Tag, labelled: Collection[Any]) -> Iterator[str]:
    match tag.name:
        case "img" if "alt" not in tag.attrs:
            yield "a picture without alt"
        case "a" if "href" not in tag.attrs:
            yield "a link to nowhere"
        case "button" if not words_of(tag) and not tag.get("aria-label"):
            yield "a button without words"
        case "input" | "select" | "textarea" if tag.get("type") not in ("hidden", "submit"):
            has_label = is_within(tag, "label") or tag.get("id") in labelled
            if not (has_label or tag.get("aria-label")):
                yield "a field without label"
        case "form":
            yield from _wrong_with_form(tag)
    if tag.name != "form" and ("hx-get" in tag.attrs or "hx-post" in tag.attrs):
        polls = str(tag.get("hx-trigger", "")).startswith("every ")
        if not polls and tag.get("href") != tag.get("hx-get"):
            yield "hx-get without its href"


def _wrong_with_form(form: Tag) -> Iterator[str]:
    if not form.get("action"):
        yield "a form without action"
    if form.get("method") == "post" and not form.find(True, {"name": "csrf_token"}):
        yield "a form without token"
    for verb in ("hx-post", "hx-get"):
        if verb in form.attrs and form[verb] != form.get("action"):
            yield f"{verb} differs from action"
