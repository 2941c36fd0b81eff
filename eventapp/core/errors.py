"""What actions and queries raise for the web to answer: a rule's refusal, and a missing row."""

from __future__ import annotations

from typing import Any


class NotFound(LookupError):
    """There is no such row, or none that whoever asks may know of (404)."""


class Refusal(Exception):
    """A rule refused it. Actions raise it; one handler shows it (409).

    A subclass names the rule by its `code` (a stable word for machines) and its `message`: a lazy
    translation for the person, with named placeholders that the keyword arguments fill; if it has a
    plural, a function of the `count`.
    """

    code = "refused"
    message: Any = "That is not possible."

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        message = self.message
        text = str(message(self.values["count"]) if callable(message) else message)
        return text % self.values if self.values else text
