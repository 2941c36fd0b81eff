"""A person at a browser, without one: opens pages, presses buttons, reads what is there.

`Browser(client)` submits forms as a browser without JavaScript does; with `htmx=True` it
does as htmx does, swaps what comes back into the page, and goes where it is sent.
Every page and every swap is linted by `check_page`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import template_rendered
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.html import check_conforms, check_page, is_within, parse, shown, words_of

REDIRECTS = (301, 302, 303, 307, 308)


class Browser:
    def __init__(self, client: FlaskClient, *, htmx: bool = False, language: str = "en") -> None:
        self.client = client
        self.htmx = htmx
        self.language = language
        self.url = "/"
        self.status = 0
        self.response: TestResponse
        self.page = parse("")
        self.templates: list[str] = []  # that the last answer was made of

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
        there = {tag["name"] for tag in shown(form, lambda tag: "name" in tag.attrs)}
        assert fields.keys() <= there, f"of {[*fields]}, beside {button!r} is only {there}"
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

    def keep_cookie(self, name: str, value: str) -> None:
        self.client.set_cookie(name, value)

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
        return self._all_that_say("data-guest")

    def codes(self) -> list[str]:
        """The codes of what was refused."""
        return self._all_that_say("data-code")

    def _all_that_say(self, attribute: str) -> list[str]:
        tags = shown(self.page, lambda tag: attribute in tag.attrs)
        return [str(tag[attribute]) for tag in tags]

    # Underneath

    def _ask(self, method: str, url: str, **more: Any) -> TestResponse:
        path = re.sub(r"^https?://[^/]+", "", url) or "/"
        headers = {"Accept-Language": self.language, **more.pop("headers", {})}
        with self._noting_templates():
            answer = self.client.open(path, method=method, headers=headers, **more)
            self.url = path.partition("#")[0]
            hops = 0
            while answer.status_code in REDIRECTS:
                hops += 1
                assert hops < 6, f"redirected in circles at {self.url}"
                assert answer.status_code == 303, f"{method} {path} answered {answer.status_code}"
                self.url = re.sub(r"^https?://[^/]+", "", answer.headers["Location"])
                headers.pop("HX-Request", None)
                answer = self.client.get(self.url, headers=headers)
        self.response, self.status = answer, answer.status_code
        return answer

    @contextmanager
    def _noting_templates(self) -> Iterator[None]:
        self.templates = []

        def note(_: Any, template: Any, **__: Any) -> None:
            self.templates.append(template.name)

        with template_rendered.connected_to(note):
            yield

    def _show(self, answer: TestResponse) -> None:
        if answer.mimetype == "text/html":
            self.page = parse(answer.text)
            check_conforms(answer.text, self.page, (self.status, *self.templates))
            check_page(self.page, self.url)

    def _swap(self, form: Tag, answer: TestResponse) -> None:
        shown = form.find_parent(attrs={f"hx-status:{answer.status_code}:inherited": True})
        if answer.status_code in (204, 304) or (answer.status_code >= 500 and not shown):
            return
        target = answer.headers.get("HX-Retarget") or str(form["hx-target"])
        inner = answer.headers.get("HX-Reswap", str(form.get("hx-swap"))) == "innerHTML"
        fragment: Any = BeautifulSoup(answer.text, "html.parser")
        if chosen := answer.headers.get("HX-Reselect"):
            part = fragment.select_one(chosen).extract()
            fragment = BeautifulSoup("", "html.parser")
            fragment.append(part)
        beside = [self._out_of_band(part) for part in fragment.select("[hx-swap-oob]")]
        place = self.one(target)
        if inner:
            place.clear()
            place.extend(list(fragment.contents))
        elif words_of(fragment) or fragment.find():
            place.replace_with(*list(fragment.contents))
        for swap in beside:
            swap()
        check_page(self.page, self.url)

    def _out_of_band(self, part: Tag) -> Callable[[], object]:
        """What htmx does with it once the target is swapped. It looks for the place before."""
        how, _, where = str(part.extract().attrs.pop("hx-swap-oob")).partition(":")
        place = self.page.select_one(where or f"#{part['id']}")
        if how == "delete":
            return place.decompose if place else lambda: None
        assert place is not None, f"an out-of-band {part} has no place on {self.url}"
        if how == "afterbegin":
            return lambda: place.insert(0, *part.contents)
        return lambda: place.replace_with(part)

    def _button(self, label: str) -> Tag:
        buttons = [tag for tag in shown(self.page, _is_button) if is_within(tag, "form")]
        for button in buttons:
            name = str(button.get("aria-label") or words_of(button))
            if label.lower() == name.lower():
                return button
        for button in buttons:
            if label.lower() in words_of(button).lower():
                return button
        names = [words_of(button) for button in buttons]
        raise AssertionError(f"no button {label!r} on {self.url}: {names}; {self.text}")


def _is_button(tag: Tag) -> bool:
    return tag.name == "button" or (tag.name == "input" and tag.get("type") == "submit")


def form_data(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form as it stands."""
    data: dict[str, Any] = {}
    for control in shown(form, lambda tag: "name" in tag.attrs):
        name, kind = str(control["name"]), control.get("type", "text")
        if kind in ("submit", "file") or control.has_attr("disabled"):
            continue
        if kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                data.setdefault(name, []).append(str(control.get("value", "on")))
        elif control.name == "select":
            options = control.find_all("option")
            selected = (option for option in options if option.has_attr("selected"))
            if chosen := next(selected, options[0] if options else None):
                data[name] = str(chosen.get("value", words_of(chosen)))
        elif control.name == "textarea":
            data[name] = control.get_text().removeprefix("\r").removeprefix("\n")
        elif control.name == "input":
            data[name] = str(control.get("value", ""))
    return data
