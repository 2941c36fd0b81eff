"""Recognise what each column of a guest list means, by its title.

Titles are compared folded (lower case, no accents or punctuation, # read as "number"): first with
the exact titles that Luma, Eventbrite, Meetup, Google Forms, our own export and people use, in
English and Spanish; then, for meanings still missing, with questions as forms ask them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from eventapp.core.text import fold
from eventapp.model import heading_key

_NAMES = {
    "name": "name, full name, complete name, guest, guest name, attendee, attendee name, your name,"
    " participant, nombre, nombre completo, nombre y apellido, nombre y apellidos,"
    " apellidos y nombre, asistente, invitado, participante, tu nombre",
    "first_name": "first name, firstname, given name, attendee first name, nombre de pila",
    "last_name": "last name, lastname, surname, family name, attendee last name, attendee surname,"
    " apellido, apellidos, primer apellido, apellido 1",
    "second_last_name": "second last name, second surname, segundo apellido, apellido 2",
    "email": "email, e mail, mail, email address, e mail address, attendee email, your email,"
    " correo, correo electronico, direccion de correo, direccion de correo electronico,"
    " direccion de e mail, direccion de email, tu correo",
    "status": "status, approval status, attendee status, guest status, rsvp, rsvp status, response,"
    " attending, estado, asistencia",
    "companions": "companions, guests, plus ones, plus one, additional guests, number of guests,"
    " acompanantes, numero de acompanantes, no de acompanantes",
    "people": "quantity, ticket quantity, party, party size, people, cantidad, personas,"
    " numero de personas, numero de entradas",
    "phone": "phone, phone number, cell phone, mobile, mobile phone, cell, telephone, whatsapp,"
    " telefono, telefono movil, numero de telefono, movil, celular",
    "checked_in": "checked in, check in, attended, asistio, ha entrado, ha venido",
    "checked_in_at": "checked in at, check in at, check in time, check in date, arrived at,"
    " hora de entrada, hora de llegada, fecha de entrada",
    "ref": "api id, guest api id, guest id, attendee number, attendee id, user id, member id,"
    " short code",
    "ask_me_about": "ask me about, preguntame por, preguntame sobre",
    "want_to_learn": "want to learn, i want to learn, quiero aprender",
    "note": "line to organisers",  # of our own export; a bare "note" may be anything
    "bookkeeping": "created at, custom source, qr code url, amount, amount tax, amount discount,"
    " currency, coupon code, eth address, solana address, ticket type id, order number, order id,"
    " order date, barcode number, timestamp, marca temporal, rsvped on, joined group on, door,"
    " listing, source, answered at",
}
_MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names.split(", ")}

_OF_OTHERS = r"companions?|acompanantes?|guests?|invitad[oa]s?|friends?|amig[oa]s?|partner|pareja"
_OF_THINGS = (
    r"company|empresa|organi[sz]ation|organizacion|event|evento|ticket|entrada|host|team|equipo"
    r"|group|grupo|project|proyecto|user|usuario|file|archivo|street|calle|emergency|emergencia"
)
_OF_PERMISSIONS = (
    r"opt|consent|newsletter|boletin|agree|acept\w+|autori[sz]\w+|receive|recibir|sub?scri\w+"
)


def _question(asked: str, *not_about: str) -> re.Pattern[str]:
    unless = "".join(rf"(?!.*\b(?:{words})\b)" for words in not_about)
    return re.compile(rf"^{unless}.*\b(?:{asked})\b")


_QUESTIONS = (
    ("email", _question("e ?mail|correo", _OF_OTHERS, _OF_PERMISSIONS)),
    ("name", _question("full name|nombre completo|nombre y (?:tus )?apellidos?", _OF_OTHERS)),
    ("first_name", _question("first name|nombre de pila", _OF_OTHERS)),
    ("last_name", _question("last name|surname|apellidos?", _OF_OTHERS)),
    ("name", _question("name|nombre|te llamas", _OF_OTHERS, _OF_THINGS)),
    ("phone", _question("phone|telefono|movil", _OF_OTHERS, _OF_PERMISSIONS, "emergenc(?:y|ia)")),
    ("companions", _question("how many (?:guests|friends)|cuant[oa]s (?:acompanantes|amigos)")),
    ("companions", _question("companions|plus ones|acompanantes", "names?|nombres?")),
    ("people", _question("how many (?:people|of you|tickets)|cuant[oa]s (?:personas|sois|venis)")),
    (
        "status",
        re.compile(r"^(?:can|will|do|are) you\b.*\b(?:attend|come|join|coming|attending)\b"),
    ),
    ("status", re.compile(r"^(?:vas a|puedes|podras) (?:asistir|venir)\b|^(?:vienes|vendras)$")),
    ("status", re.compile(r"^(?:asistes|asistiras|confirm\w+ (?:de |tu |la )*asistencia)\b")),
    ("ask_me_about", _question(r"ask (?:me|you) about|preguntame|pregunt\w+ (?:por|sobre)")),
    ("want_to_learn", _question("(?:want|like|hope) to learn|(?:quieres|gustaria) aprender")),
)


# Of our own export, before the answers. An answer may have the heading of one of them.
OWN = (
    "name", "email", "status", "party", "companions", "arrived_at", "door", "listing",
    "ask_me_about", "want_to_learn", "line_to_organisers", "source", "answered_at", "short_code",
)  # fmt: skip
_OWN_KEYS = {heading_key(title) for title in OWN}
_SECOND = " (2)"


def recognise(header: Sequence[str]) -> dict[str, int]:
    """The index of the column for each meaning in the header; the first of several.

    The meanings are name, first_name, last_name, second_last_name, email, status, companions (not
    counting the guest), people (counting the guest), phone, checked_in, checked_in_at, ref (the
    guest's id in the tool it comes from), ask_me_about, want_to_learn and note.
    """
    columns = _named(header)
    for meaning, index in _asked(header):
        has_its_parts = meaning == "name" and "first_name" in columns
        if not has_its_parts and index not in columns.values():
            columns.setdefault(meaning, index)
    return columns


class Understood(NamedTuple):
    """How well a header is understood; greater is better."""

    says_who: bool
    named: int
    recognised: int


def understood(header: Sequence[str]) -> Understood:
    columns = recognise(header)
    says_who = not columns.keys().isdisjoint(("name", "first_name", "last_name", "email"))
    return Understood(says_who, len(_named(header)), len(columns))


def answers_asked(header: Sequence[str], questions: Iterable[str]) -> dict[str, int]:
    """The index of the column with the answers to each of an event's questions that has one."""
    titles: dict[str, int] = {}
    for index, title in enumerate(header):
        is_ours = title != column_title(title)
        if not is_ours and _MEANINGS.get(key(title)) not in ("name", "email"):
            titles.setdefault(heading_key(heading_of(title)), index)
    return {label: titles[key_] for label in questions if (key_ := heading_key(label)) in titles}


def column_title(heading: str) -> str:
    """The title that the answers under a heading have in our export."""
    return heading + _SECOND if heading_key(heading) in _OWN_KEYS else heading


def heading_of(title: str) -> str:
    """The heading of the answers in a column: what `column_title` has made the title of."""
    heading = title.removesuffix(_SECOND)
    return heading if column_title(heading) == title else title


def is_bookkeeping(title: str) -> bool:
    """Whether a column is only of use to the other tool: payments, barcodes, time stamps."""
    return _MEANINGS.get(key(title)) == "bookkeeping"


def _named(header: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, title in enumerate(header):
        meaning = _MEANINGS.get(key(title), "bookkeeping")
        if meaning != "bookkeeping":
            columns.setdefault(meaning, index)
    return columns


def _asked(header: Sequence[str]) -> Iterator[tuple[str, int]]:
    keys = [key(title) for title in header]
    for meaning, question in _QUESTIONS:
        for index, asked in enumerate(keys):
            if asked not in _MEANINGS and question.search(asked):
                yield meaning, index


def key(title: str) -> str:
    """What a title is compared by: "Attendee #" is `attendee number`."""
    return fold(title.replace("#", " number "))
