"""What two people could talk about: words that one wants to learn and the other offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eventapp.core import text
from eventapp.model import Rsvp

SHORTEST = 3
SHORT_TOPICS = "3d ai ar bi hr ia ml pr qa ui ux vr"
QUOTES = ".,;:!?¡¿()[]\"'«»“”‘’…"

# Stop words, folded: Spanish, then English.
STOP_WORDS = """
acerca ademas ahora algo algun alguna algunas alguno algunos alli anos antes aprender
aprendiendo aqui asi aun aunque bien buena buenas bueno buenos cada casi como con conocer
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
great had has have help her here him his how into its just know learn learning less like lot
lots made make making many more most much need never new not now off one only other our out
over own people really same share she should since some someone something start started still
such talk than that the their them then there these they thing things this those through too
topics try use used using very want was way ways well were what when where which while who why
will with within without work working would years you your
"""
_SHORT, _STOP = frozenset(SHORT_TOPICS.split()), frozenset(STOP_WORDS.split())


@dataclass(frozen=True)
class Interests:
    """What somebody can be asked about and wants to learn: key of a word → the word as written."""

    offered: Mapping[str, str]
    wanted: Mapping[str, str]

    @classmethod
    def of(cls, rsvp: Rsvp) -> Interests:
        return cls(topics(rsvp.ask_me_about), topics(rsvp.want_to_learn))

    def shared_with(self, other: Interests) -> tuple[str, ...]:
        """The topics that one of them offers and the other wants, in the other's spelling."""
        theirs = {**other.wanted, **other.offered}
        asked = self.wanted.keys() & other.offered.keys()
        answered = self.offered.keys() & other.wanted.keys()
        return tuple(theirs[key] for key in theirs if key in asked | answered)


def topics(sentence: str) -> dict[str, str]:
    """The words of a text that name a topic: key → the word as written."""
    found: dict[str, str] = {}
    for word, written in _words_of(sentence):
        if _names_a_topic(word):
            found.setdefault(_key(word), written)
    return found


def _words_of(sentence: str) -> Iterable[tuple[str, str]]:
    for written in sentence.split():
        words = text.words(written)
        for word in words:
            yield word, written.strip(QUOTES) if len(words) == 1 else word


def _names_a_topic(word: str) -> bool:
    return word in _SHORT or (len(word) >= SHORTEST and word not in _STOP)


def _key(word: str) -> str:
    """The same key for singular and plural, for most words of both languages."""
    return word.removesuffix("s") if len(word) > SHORTEST else word
