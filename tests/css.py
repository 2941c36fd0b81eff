"""CSS selectors as XPath, as far as tests ask: `main h2`, `#rsvp form[action$='/x'] > a, .pill`."""

from __future__ import annotations

import re
from functools import cache

COMBINATORS = {" ": "ancestor::", ">": "parent::", "+": "preceding-sibling::*[1]/self::"}
PART = re.compile(
    r"""
    \s* (?P<combinator> [>+,] ) \s*
    | (?P<space> \s+ )
    | \# (?P<id> [\w-]+ )
    | \. (?P<class> [\w-]+ )
    | \[ (?P<attribute> [\w:-]+ ) (?: (?P<relation> [~^$*]?= ) (?P<value> '[^']*' | "[^"]*" | [^\]]+ ) )? \]
    | :not\( (?P<not> [^()]+ ) \)
    | (?P<tag> [\w*-]+ )
    """,  # noqa: E501
    re.VERBOSE,
)


@cache
def condition(selector: str) -> str:
    """The XPath condition under which a tag matches, whatever is asked for its descendants."""
    return " or ".join(f"({one})" for one in _alternatives(selector))


def _alternatives(selector: str) -> list[str]:
    """Each selector of a list. What stands before a combinator becomes a condition of the next."""
    done, here, at = [], ["true()"], 0
    while at < len(selector):
        part = PART.match(selector, at)
        assert part, f"not understood here: {selector[at:]!r} of {selector!r}"
        at = part.end()
        combinator = part["combinator"] or (part["space"] and " ")
        if combinator == ",":
            done.append(" and ".join(here))
            here = ["true()"]
        elif combinator:
            here = [f"{COMBINATORS[combinator]}*[{' and '.join(here)}]"]
        else:
            here.append(_simple(part))
    return [*done, " and ".join(here)]


def _simple(part: re.Match[str]) -> str:
    if part["tag"]:
        return "true()" if part["tag"] == "*" else f"self::{part['tag']}"
    if part["id"]:
        return f"@id='{part['id']}'"
    if part["class"]:
        return _has_word("class", f"'{part['class']}'")
    if part["not"]:
        return f"not({condition(part['not'])})"
    return _attribute(part["attribute"], part["relation"], part["value"])


def _attribute(name: str, relation: str | None, value: str | None) -> str:
    found = f"@*[name()='{name}']"  # XPath takes what stands before a colon for a namespace
    if not relation or value is None:
        return found
    text = value if value[0] in "'\"" else f"'{value}'"
    length = len(text) - 2
    match relation:
        case "=":
            return f"{found}={text}"
        case "^=":
            return f"starts-with({found}, {text})"
        case "*=":
            return f"contains({found}, {text})"
        case "$=":
            return f"substring({found}, string-length({found}) - {length - 1})={text}"
    return _has_word(name, text)


def _has_word(name: str, text: str) -> str:
    return f"contains(concat(' ', normalize-space(@{name}), ' '), concat(' ', {text}, ' '))"
