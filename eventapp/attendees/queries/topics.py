"""What two people could talk about: what one wants to learn or looks for and the other offers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from eventapp.core import text
from eventapp.model import Rsvp

LINES = (Rsvp.ask_me_about, Rsvp.want_to_learn, Rsvp.looking_for)
SHORTEST = 3
SHORT_TOPICS = "3d ai ar bi hr ia ml pr qa ui ux vr"
QUOTES = ".\"'«»“”‘’…-–—"
BETWEEN_PHRASES = re.compile(r"[,;:!?¡¿()\[\]/|·•…\n]|\.\s| [-–—]+ ")

# Stop words, folded: Spanish, then English.
STOP_WORDS = """
acerca ademas ahora algo alguien algun alguna algunas alguno algunos alli anos antes aprender
aprendiendo aqui asi aun aunque bien buena buenas bueno buenos busca buscamos
buscando buscar busco cada casi como con conocer
contra cosa cosas cual cualquier cuando cuanto cuya dar decir del desde donde dos ella ellas
ellos empezar entre era eres esa esas ese eso esos esta estas este esto estos estoy forma fue
gente gran grande gusta gustan gustaria hablar hace hacer hacia hago hasta hay hola las les
los manera mas mejor mejores menos mis mismo mucha muchas mucho muchos muy nada nos nuestra
nuestro nueva nuevas nuevo nuevos nunca otra otras otro otros para pero poco poder por porque
preguntame puede puedo pues que quien quiero saber ser siempre sin sobre solo son soy sus
tambien tan tanto temas tener tengo tiene tipo toda todas todo todos trabajar trabajo tras una
unas uno unos usar ver vez vida

about after again all also always and any anything are ask because been best better but can
could did does doing done each else even every everything few find for from get getting good
great had has have help her here him his how into its just know learn learning less like look
looking lot lots made make making many more most much need never new not now off one only other our
out over own people really same searching seeking share she should since some someone something
start started still such talk than that the their them then there these they thing things this
those through too topics try use used using very want was way ways well were what when where which
while who why will with within without work working would years you your
"""
_SHORT, _STOP = frozenset(SHORT_TOPICS.split()), frozenset(STOP_WORDS.split())


class Why(StrEnum):
    """Why to look for somebody, the best first."""

    OFFERS = "offers"  # what one wants to learn, or looks for
    SEEKS = "seeks"  # what one can be asked about
    WANTS = "wants"  # to learn what one can be asked about
    SEEKS_TOO = "seeks_too"  # what one looks for
    WANTS_TOO = "wants_too"  # to learn what one wants to learn


class Reason(NamedTuple):
    why: Why
    topics: tuple[str, ...]  # in whole phrases


@dataclass(frozen=True)
class Interests:
    """What somebody can be asked about, wants to learn and looks for: key of a word → the phrase
    with it.
    """

    offered: Mapping[str, str]
    wanted: Mapping[str, str]
    sought: Mapping[str, str]

    @classmethod
    def of(cls, wrote: Any) -> Interests:
        """Of an RSVP, or a row with its LINES."""
        return cls(*(topics(getattr(wrote, line.key)) for line in LINES))

    @property
    def asked(self) -> Mapping[str, str]:
        """What somebody could be told by one who can be asked about it."""
        return {**self.sought, **self.wanted}

    def shared_with(self, other: Interests) -> tuple[str, ...]:
        """What one of them offers and the other wants, in whole phrases of the other's."""
        theirs = {**other.asked, **other.offered}
        asked = self.asked.keys() & other.offered.keys()
        answered = self.offered.keys() & other.asked.keys()
        return _phrases(theirs, asked | answered)

    def reason_to_meet(self, other: Interests) -> Reason | None:
        """Why to look for somebody: the best reason there is, in phrases of theirs."""
        ways = (
            (Why.OFFERS, self.asked, other.offered),
            (Why.SEEKS, self.offered, other.sought),
            (Why.WANTS, self.offered, other.wanted),
            (Why.SEEKS_TOO, self.sought, other.sought),
            (Why.WANTS_TOO, self.wanted, other.wanted),
        )
        for why, own, theirs in ways:
            if shared := own.keys() & theirs.keys():
                return Reason(why, _phrases(theirs, shared))
        return None


def _phrases(theirs: Mapping[str, str], keys: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theirs[key] for key in theirs if key in keys))


@lru_cache(8192)  # read again on every page of everybody who was there
def topics(sentence: str) -> dict[str, str]:
    """The words of a text that name a topic: key → the phrase in which it stands first."""
    found: dict[str, str] = {}
    for phrase in BETWEEN_PHRASES.split(sentence):
        for word in text.words(phrase):
            if _names_a_topic(word):
                found.setdefault(_key(word), _trimmed(phrase))
    return found


def _trimmed(phrase: str) -> str:
    """The phrase from its first to its last word that names a topic, as it was written."""
    written = phrase.split()
    naming = [
        place for place, word in enumerate(written) if any(map(_names_a_topic, text.words(word)))
    ]
    return " ".join(written[naming[0] : naming[-1] + 1]).strip(QUOTES) if naming else phrase.strip()


def _names_a_topic(word: str) -> bool:
    return word in _SHORT or (len(word) >= SHORTEST and word not in _STOP)


def _key(word: str) -> str:
    """The same key for singular and plural, for most words of both languages."""
    return word.removesuffix("s") if len(word) > SHORTEST else word
