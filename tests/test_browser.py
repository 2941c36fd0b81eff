"""The lint that every page of every test goes through finds what it is there for."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.html import check_conforms, check_page, parse
from tests.tree import tree

PAGE = """<html lang="en"><head><title>A page</title></head><body><h1>A page</h1>
<label for="q">Search</label><input id="q" name="q"><a href="/">Home</a>{}</body></html>"""

FAULTS = [
    ("<h1>Another</h1>", "2 h1"),
    ("<p id='q'></p>", "id q twice"),
    ("<p aria-describedby='q r'></p>", "aria-describedby names no id r"),
    ("<label for='r'>R</label>", "for names no id r"),
    ("<img src='/x.png'>", "a picture without alt"),
    ("<a>Nowhere</a>", "a link to nowhere"),
    ("<button></button>", "a button without words"),
    ("<input name='r'>", "a field without label"),
    ("<form></form>", "a form without action"),
    ("<form action='/x' method='post'></form>", "a form without token"),
    ("<form action='/x' hx-get='/y'></form>", "hx-get differs from action"),
    ("<form action='/row/3/keep'><p id='p'></p></form>", "id p in each row"),
    ("<p hx-target='#r'></p>", "no place for #r"),
    ("<p hx-get='/x'></p>", "hx-get without its href"),
    ("<p style='color: red'></p>", "inline style"),
    ("<script>1</script>", "inline script"),
    ("<p onclick='go()'></p>", "onclick on p"),
    ("<p hx-ext='sse'></p>", "hx-ext on p"),
]


DOCTYPE = "<!doctype html>"
NEIGHBOURS = "parent", "next_element", "previous_element", "next_sibling", "previous_sibling"


def read(more: str) -> BeautifulSoup:
    return parse(PAGE.format(more))


def test_a_good_page_passes():
    check_page(read("<p hx-get='/x' hx-trigger='every 4s'></p>"), "/")
    check_page(read("<form action='/row/3/keep'><p id='p-3'></p></form>"), "/rows")
    check_page(read("<form action='/row/3/keep'><p id='p'></p></form>"), "/row/3?from=1")


@pytest.mark.parametrize(("more", "problem"), FAULTS)
def test_a_fault_is_found(more, problem):
    with pytest.raises(AssertionError, match=problem):
        check_page(read(more), "/")


@pytest.mark.parametrize("part", [' lang="en"', "<title>A page</title>", "<h1>A page</h1>"])
def test_what_every_page_has_is_missed(part):
    page = parse(PAGE.format("").replace(part, ""))
    with pytest.raises(AssertionError, match=r"no language|no title|0 h1"):
        check_page(page, "/")


@pytest.mark.parametrize(
    "more",
    [
        "<p class='a  b' id='c'>1 &lt; 2 &amp;c.<b> <i>two</i>\n </b></p>tail",
        "<pre> \n </pre><textarea>\n\n</textarea><td headers='a b' class></td>",
        "<!-- 2 --><svg viewBox='0 0 1 1'><path d='M0'/></svg><input checked><br>",
        "<template><p>1</p></template><script type='application/ld+json'>{}</script>",
        "<p>not <b>closed<p>at all",
    ],
)
def test_the_tree_is_the_one_that_beautiful_soup_makes(more):
    html = f"<!-- 1 -->{DOCTYPE}{PAGE.format(more)}<!-- 3 -->"
    ours, theirs = tree(html), BeautifulSoup(html, "lxml", string_containers={})
    assert [*ours.descendants] == [*theirs.descendants]
    assert ours.decode() == theirs.decode()
    for one, other in zip(ours.descendants, theirs.descendants, strict=True):
        assert vars(one).keys() == vars(other).keys()
        for neighbour in NEIGHBOURS:
            assert getattr(one, neighbour) == getattr(other, neighbour)


def test_what_the_standard_calls_an_error_is_found():
    html = DOCTYPE + PAGE.format("<p>One<div></p></div>")
    with pytest.raises(AssertionError, match="unexpected-end-tag"):
        check_conforms(html, parse(html), "an error")


@pytest.mark.parametrize("other", ["<p class='b a'>1</p>", "<p>1</p>", "<b class='a b'>1</b>", ""])
def test_another_tree_than_browsers_make_is_found(other):
    drawn = "<!-- 2 --><svg viewBox='0 0 1 1'><path d='M0'/></svg>"
    html = DOCTYPE + PAGE.format(f"<p class='a b'>1</p>{drawn}")
    check_conforms(html, parse(html), f"the same as {other}")
    with pytest.raises(AssertionError, match="another"):
        check_conforms(html, read(other + drawn), f"another than {other}")
