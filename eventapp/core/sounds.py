"""Names that sound alike in Spanish, whatever their letters: Vázquez, Vasquez and Bazkez.

`door/static/search.js` does the same offline, by the same table (door/rules.py);
tests/door/sounds.json holds for both.
"""

from __future__ import annotations

import re

# What is replaced in a folded word, one after the other. Patterns and replacements mean the same in
# Python and in JavaScript. Capitals stand for sounds that no single letter has.
SOUNDS = (
    ("tch|tx|ch", "C"),
    ("ph", "f"),
    ("qu(?=[ei])", "k"),
    ("c(?=[eiy])|z", "s"),
    ("ck|[cq]", "k"),
    ("[vw]", "b"),
    ("g(?=[eiy])|^x", "j"),
    ("ll|y", "i"),
    ("h", ""),
)
_SOUNDS = [(re.compile(letters), sound) for letters, sound in SOUNDS]
_DOUBLE = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """How a folded word sounds; empty for scripts other than Latin."""
    if not word.isascii():
        return ""
    for letters, said in _SOUNDS:
        word = letters.sub(said, word)
    return _DOUBLE.sub(r"\1", word)
