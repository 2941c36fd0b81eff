"""A person at a browser, without one: opens pages, presses buttons, reads what is there.

`Browser(client)` submits forms as a browser without JavaScript does; with `htmx=True` it
does as htmx does, swaps what comes back into the page, and goes where it is sent.
Every page and every swap is linted by `check_page`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

REDIRECTS = (301, 302, 303, 307, 308)
NOT_OURS = re.compile(r"^(on\w+|hx-on.*|hx-ext|hx-disabled-elt|sse-swap|hx-vars)$")


def words_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


class Browser:
    def __init__(self, client: FlaskClient, *, htmx: bool = False, language: str = "en") -> None:
        self.client = client
        self.htmx = htmx
        self.language = language
        self.url = "/"
        self.status = 0
        self.response: TestResponse
        self.page = BeautifulSoup("", "html5lib")

    # Going places

    def open(self, url: str) -> Browser:
        """Open an address (a whole one, as a mail has it, or a path) and follow redirects."""
        self._show(self._ask("GET", url))
        return self

    def follow(self, label: str) -> Browser:
        """Press the link with this text."""
        for link in self.page.find_all("a"):
            if label.lower() in words_of(link).lower():
                return self.open(str(link["href"]))
        raise AssertionError(f"no link {label!r} on {self.url}: {self.text}")

    # Filling in and pressing

    def press(self, button: str, **fields: Any) -> Browser:
        """Fill in the form that has this button, and press the button."""
        pressed = self._button(button)
        form = pressed.find_parent("form")
        assert form is not None, f"the button {button!r} has no form"
        data = form_data(form) | fields
        for name in fields:
            assert form.find(attrs={"name": name}), f"no field {name!r} beside {button!r}"
        if pressed.get("name"):
            data[str(pressed["name"])] = str(pressed.get("value", ""))
        return self.submit(form, data)

    def search(self, words: str) -> Browser:
        """Type into the page's search, and press Enter."""
        return self.submit(self.one("form[role=search]"), {"q": words})

    def download(self, label: str) -> bytes:
        """What the link with this text brings, as a file."""
        link = next(a for a in self.page.find_all("a") if label in words_of(a))
        answer = self.client.get(str(link["href"]))
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return answer.data

    def submit(self, form: Tag, data: dict[str, Any]) -> Browser:
        method = str(form.get("method", "get")).upper()
        action = str(form["action"])
        by_htmx = self.htmx and (form.has_attr("hx-post") or form.has_attr("hx-get"))
        headers = {}
        if by_htmx:
            headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        if method == "GET":
            answer = self._ask("GET", action, query_string=data, headers=headers)
        else:
            files = {n: (v.open("rb"), v.name) for n, v in data.items() if isinstance(v, Path)}
            answer = self._ask("POST", action, data={**data, **files}, headers=headers)
        if by_htmx and "HX-Redirect" in answer.headers:
            return self.open(answer.headers["HX-Redirect"])
        if by_htmx:
            self._swap(form, answer)
        else:
            self._show(answer)
        return self

    # Reading

    @property
    def text(self) -> str:
        body = self.page.find("main") or self.page
        return words_of(body)

    def sees(self, words: str) -> bool:
        return words.lower() in self.text.lower()

    def one(self, selector: str) -> Tag:
        found = self.page.select(selector)
        assert len(found) == 1, f"{len(found)} of {selector!r} on {self.url}: {self.text}"
        return found[0]

    def guests(self) -> list[str]:
        """The names of the attendees listed, in their order."""
        return [str(row["data-guest"]) for row in self.page.select("[data-guest]")]

    def codes(self) -> list[str]:
        """The codes of what was refused."""
        return [str(message["data-code"]) for message in self.page.select("[data-code]")]

    # Underneath

    def _ask(self, method: str, url: str, **more: Any) -> TestResponse:
        path = re.sub(r"^https?://[^/]+", "", url) or "/"
        headers = {"Accept-Language": self.language, **more.pop("headers", {})}
        answer = self.client.open(path, method=method, headers=headers, **more)
        self.url = path.partition("#")[0]
        hops = 0
        while answer.status_code in REDIRECTS:
            hops += 1
            assert hops < 6, f"redirected in circles at {self.url}"
            assert answer.status_code == 303, f"{method} {self.url} answered {answer.status_code}"
            self.url = re.sub(r"^https?://[^/]+", "", answer.headers["Location"])
            headers.pop("HX-Request", None)
            answer = self.client.get(self.url, headers=headers)
        self.response, self.status = answer, answer.status_code
        return answer

    def _show(self, answer: TestResponse) -> None:
        if answer.mimetype == "text/html":
            self.page = BeautifulSoup(answer.text, "html5lib")
            check_page(self.page, self.url)

    def _swap(self, form: Tag, answer: TestResponse) -> None:
        if answer.status_code in (204, 304) or answer.status_code >= 500:
            return
        target = answer.headers.get("HX-Retarget") or str(form["hx-target"])
        inner = answer.headers.get("HX-Reswap", str(form.get("hx-swap"))) == "innerHTML"
        fragment = BeautifulSoup(answer.text, "html.parser")
        for part in fragment.select("[hx-swap-oob]"):
            del part["hx-swap-oob"]
            old = self.page.find(id=str(part["id"]))
            assert old is not None, f"an out-of-band #{part['id']} has no place on {self.url}"
            old.replace_with(part.extract())
        place = self.one(target)
        if inner:
            place.clear()
            place.extend(list(fragment.contents))
        elif words_of(fragment) or fragment.find():
            place.replace_with(*list(fragment.contents))
        check_page(self.page, self.url)

    def _button(self, label: str) -> Tag:
        buttons = self.page.select("form button, form input[type=submit]")
        for button in buttons:
            name = str(button.get("aria-label") or words_of(button))
            if label.lower() == name.lower():
                return button
        for button in buttons:
            if label.lower() in words_of(button).lower():
                return button
        names = [words_of(button) for button in buttons]
        raise AssertionError(f"no button {label!r} on {self.url}: {names}; {self.text}")


def form_data(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form as it stands."""
    data: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(control["name"]), control.get("type", "text")
        if kind in ("submit", "file") or control.has_attr("disabled"):
            continue
        if kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                data.setdefault(name, []).append(str(control.get("value", "on")))
        elif control.name == "select":
            options = control.select("option")
            chosen = control.select_one("option[selected]") or (options[0] if options else None)
            if chosen is not None:
                data[name] = str(chosen.get("value", words_of(chosen)))
        elif control.name == "textarea":
            data[name] = control.get_text().removeprefix("\r").removeprefix("\n")
        else:
            data[name] = str(control.get("value", ""))
    return data


def check_page(page: BeautifulSoup, url: str) -> None:
    """Lint a page as it stands: what any reader, screen reader or browser relies on.

    Reads the tree once: it is asked after every step of every test.
    """
    tags = page.find_all(True)
    ids = Counter(str(tag["id"]) for tag in tags if tag.has_attr("id"))
    labelled = {tag.get("for") for tag in tags if tag.name == "label"}
    problems = [*_whole(tags), *(f"id {one} twice" for one, times in ids.items() if times > 1)]
    for tag in tags:
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
    for attribute in ("aria-describedby", "aria-labelledby", "for"):
        for one in str(tag.attrs.get(attribute, "")).split():
            if one not in ids:
                yield f"{attribute} names no id {one}"
    target = str(tag.attrs.get("hx-target", ""))
    if target.startswith("#") and target[1:] not in ids:
        yield f"no place for {target}"


def _policy(tag: Tag) -> Iterator[str]:
    """What the content security policy would block, and htmx attributes of version 2."""
    if tag.name == "style" or "style" in tag.attrs:
        yield f"inline style: {tag.name}"
    if tag.name == "script" and "src" not in tag.attrs:
        yield "inline script"
    for name in tag.attrs:
        if NOT_OURS.match(name):
            yield f"{name} on {tag.name}"


def _wrong_with(tag: Tag, labelled: Collection[Any]) -> Iterator[str]:
    match tag.name:
        case "img" if not tag.has_attr("alt"):
            yield "a picture without alt"
        case "a" if not tag.has_attr("href"):
            yield "a link to nowhere"
        case "button" if not words_of(tag) and not tag.get("aria-label"):
            yield "a button without words"
        case "input" | "select" | "textarea" if tag.get("type") not in ("hidden", "submit"):
            if not (tag.find_parent("label") or tag.get("aria-label") or tag.get("id") in labelled):
                yield "a field without label"
        case "form":
            yield from _wrong_with_form(tag)
    asks = tag.name != "form" and (tag.has_attr("hx-get") or tag.has_attr("hx-post"))
    polls = str(tag.get("hx-trigger", "")).startswith("every ")
    if asks and not polls and tag.get("href") != tag.get("hx-get"):
        yield "hx-get without its href"


def _wrong_with_form(form: Tag) -> Iterator[str]:
    if not form.get("action"):
        yield "a form without action"
    if form.get("method") == "post" and not form.find(attrs={"name": "csrf_token"}):
        yield "a form without token"
    for verb in ("hx-post", "hx-get"):
        if form.has_attr(verb) and form[verb] != form.get("action"):
            yield f"{verb} differs from action"
