"""Codes compared without regard to the case of their letters A to Z.

A column with what is compared stands beside that with the code: databases do not agree on the case
of letters, nor on how to index it. Letters other than A to Z are compared as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_lowercase, ascii_uppercase
from typing import Any

_IN_LOWER_CASE = str.maketrans(ascii_uppercase, ascii_lowercase)


def caseless(text: str) -> str:
    """The text with its letters A to Z in lower case."""
    return text.translate(_IN_LOWER_CASE)


def caseless_of(column: str) -> Callable[[Any], str]:
    """A column's default: what another one of the row has, caseless."""

    def default(context: Any) -> str:
        return caseless(context.get_current_parameters()[column])

    return default
