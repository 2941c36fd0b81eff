"""Our reading of a page finds what Beautiful Soup finds."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.tree import parse, parse_fragment

PAGE = """<html id="html" lang="en"><body id="body"><main id="main">
<h2 id="h2">One <b id="b">and</b></h2>
<form id="form" class="stack wide" action="/e/x/rsvp" hx-get="/e/x">
<input id="in" name="a[b]" checked><p id="p">two</p>
<a id="a" href="/o/" aria-label="Badge for Bea">go</a></form><a id="a2">nowhere</a>
<template id="t"><p id="inert" class="wide">unseen <i id="i">by</i></p></template></main>
<i id="i2" class="wider" data-guest="Ana, Bea" hx-status:404:inherited="x"></i></body></html>"""

SELECTORS = [
    *("html", "h2", "main h2", "main > h2", "main > a", "body a", "p + a", "h2+form", "main i"),
    *("#form", "form#form", "#form a, #h2", ".wide", "form.stack.wide", "main .wide", "i.wide"),
    *("[checked]", "[name='a[b]']", '[name="a[b]"]', "[href^='/']", "[action$=rsvp]", "main > *"),
    *("[action*='/x/']", "[class~=wide]", "[data-guest='Ana, Bea']", "a:not([href])", "nav"),
    *("[aria-label='Badge for Bea']", "form:not(.stack)", "main p, main > p"),
    "main > form[hx-get] > a[href='/o/'], .wider",
]


@pytest.mark.parametrize("selector", SELECTORS)
def test_a_selector_finds_what_it_should(selector):
    theirs = [tag["id"] for tag in BeautifulSoup(PAGE, "lxml").select(selector)]
    assert [tag["id"] for tag in parse(PAGE).select(selector)] == theirs


@pytest.mark.parametrize("scope", ["#main", "#form", "#inert"])
@pytest.mark.parametrize("selector", ["main a", "form", "a", "i", "#form > *"])
def test_within_a_tag_it_finds_what_is_in_there(scope, selector):
    theirs = BeautifulSoup(PAGE, "lxml").find(id=scope[1:]).select(selector)
    ours = parse(PAGE).find(id=scope[1:]).select(selector)
    assert [tag["id"] for tag in ours] == [tag["id"] for tag in theirs]


def test_a_selector_that_is_not_understood_fails():
    with pytest.raises(AssertionError, match="not understood"):
        parse(PAGE).select("p:first-child")


def test_tags_are_found_by_name_attribute_and_text():
    page = parse(PAGE)
    assert [tag["id"] for tag in page.find_all("p")] == ["p", "inert"]
    assert page.find("a", string="go")["id"] == "a"
    assert page.find("form", class_="stack wide", action=lambda to: "rsvp" in to)["id"] == "form"
    assert page.find(id="b").find_parent("form") is None
    assert page.find(id="p").find_parent(attrs={"hx-get": True})["id"] == "form"
    assert page.find(attrs={"hx-status:404:inherited": True})["id"] == "i2"
    assert page.h2.get_text("|", strip=True) == "One|and"
    assert (page.h2.text, page.h2.b.decode()) == ("One and", '<b id="b">and</b>')


def test_a_tag_is_replaced_and_what_follows_it_stays():
    page = parse(PAGE)
    page.find(id="b").replace_with(*parse_fragment("<tr id='x'></tr><i id='y'></i>"))
    assert [tag["id"] for tag in page.h2.find_all()] == ["x", "y"]
    page.h2.fill_with(parse_fragment("only <u>this</u> text"))
    assert page.h2.get_text() == "only this text"
    page.h2.u.take_out()
    assert page.h2.get_text() == "only  text"
    assert page.find(id="p").take_out().get_text() == "two"
    assert page.find(id="p") is None
