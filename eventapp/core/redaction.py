"""Remove from log lines who somebody is, where their mail goes, and secrets that open pages.

Names have no recognisable shape, so the values that hold them are kept out: SQL parameters are
hidden by the engine, addresses are logged as routes, and in an exception's text everything between
quotes is removed, which is where Python and the databases put values.
"""

from __future__ import annotations

import re

MESSAGE_CHARACTERS = 300
READ_CHARACTERS = 1000  # of a message: the patterns take quadratic time

_RULES = (
    # Between quotes: from the first to the last, for a value may hold quotes itself.
    (re.compile(r"(?<![\w])b?([\"'`«“]).*([\"'`»”])(?!\w)", re.DOTALL), "“…”"),
    (re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+"), "<address>"),
    # Of an address of ours the first part stays: /r/…, https://host/door/…
    (re.compile(r"(https?://[^/\s]+)/[^\s]*"), r"\1/…"),
    (re.compile(r"(?<![\w/:.>…])(/[\w.-]*)/[^\s]*"), r"\1/…"),
    (re.compile(r"\?[^\s]+"), "?…"),
    # Secrets and signed tokens, but not a long_name or a LongName of the program.
    (
        re.compile(
            r"(?<![\w-])(?!(?:[a-z_]+|(?:[A-Z]+[a-z]{2,})+)(?![\w-]))[\w-]{20,}(?:\.[\w-]+)*"
        ),
        "<secret>",
    ),
)


def redact(text: str) -> str:
    """The text without values, on one line of at most MESSAGE_CHARACTERS."""
    line = _shortened(text.partition("\n")[0])
    for pattern, instead in _RULES:
        line = pattern.sub(instead, line)
    return line if len(line) <= MESSAGE_CHARACTERS else line[: MESSAGE_CHARACTERS - 1] + "…"


def _shortened(line: str) -> str:
    """At most READ_CHARACTERS, in whole words, as half a secret would not be recognised. A cut
    value between quotes gets its closing quote.
    """
    if len(line) <= READ_CHARACTERS:
        return line
    return line[:READ_CHARACTERS].rpartition(" ")[0] + " ”"


def describe(error: BaseException) -> str:
    """The kind of an error and its text, redacted."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    words = redact(str(error)).strip()
    return f"{name}: {words}" if words else name
