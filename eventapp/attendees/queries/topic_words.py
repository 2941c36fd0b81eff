"""Which words of Spanish and English name a topic, and how they are compared."""

from __future__ import annotations

SHORTEST, LONG = 3, 8
BEFORE_S = ("de", "le", "ne", "re")  # in plurals of Spanish words that end in a consonant
ARTICLES = "el la los las lo un una unos unas the a an"
SHORT_TOPICS = "3d ai ar bi hr ia ml pr qa ui ux vr"

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
_ARTICLES, _SHORT, _STOP = (
    frozenset(words.split()) for words in (ARTICLES, SHORT_TOPICS, STOP_WORDS)
)


def is_article(word: str) -> bool:
    """Of a folded word."""
    return word in _ARTICLES


def names_a_topic(word: str) -> bool:
    """Of a folded word."""
    return word in _SHORT or (len(word) >= SHORTEST and word not in _STOP)


def word_key(word: str) -> str:
    """The same key for singular and plural, for most words of both languages. From long words an e
    is left out, too, as in "hospitales": two of these hardly differ by an e alone.
    """
    key = word.removesuffix("s") if len(word) > SHORTEST else word
    return key[:-1] if len(key) >= LONG and key.endswith(BEFORE_S) else key
