"""What a cell of a guest list means: a status, a number, a time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from eventapp.core.text import fold
from eventapp.guests.refusals import HasNotAnswered, UnknownStatus
from eventapp.model import Status

_STATUS_WORDS = {
    Status.GOING: "going, approved, attending, checked in, attended, yes, y, confirmed, accepted,"
    " registered, coming, true, 1, x, si, s, asiste, asistira, asistire, si asistire, asistio, voy,"
    " va, viene, vendra, confirmado, confirmada, aceptado, aceptada, aprobado, aprobada, apuntado,"
    " apuntada, inscrito, inscrita, registrado, registrada, verdadero",
    Status.MAYBE: "maybe, tentative, tentatively, interested, not sure, unsure, undecided, perhaps,"
    " possibly, quiza, quizas, tal vez, a lo mejor, puede, puede ser, puede que si, interesado,"
    " interesada, me interesa, tentativo, tentativa, provisional",
    Status.WAITLISTED: "waitlisted, waitlist, waiting, waiting list, on waitlist, on the waitlist,"
    " on the waiting list, lista de espera, en lista de espera, en espera",
    Status.PENDING: "pending, pending approval, awaiting approval, requested, pendiente,"
    " por confirmar, pendiente de aprobacion, pendiente de confirmar, por aprobar, solicitado,"
    " solicitada",
    Status.NOT_GOING: "not going, not attending, no, n, declined, rejected, not coming, cant go,"
    " false, 0, no asiste, no asistira, no asistire, no asistio, no voy, no va, no viene,"
    " no vendra, no puede, no puedo, rechazado, rechazada, declinado, declinada, falso",
    Status.CANCELLED: "cancelled, canceled, refunded, deleted, voided, cancelado, cancelada,"
    " anulado, anulada, reembolsado, reembolsada, devuelto, devuelta, eliminado, eliminada, baja",
    "invited": "invited, not responded, no response, no reply, awaiting response, invitado,"
    " invitada, sin respuesta, sin contestar, sin responder, no ha contestado",
}
_STATUSES = {word: status for status, words in _STATUS_WORDS.items() for word in words.split(", ")}
_CAME = {"checked in", "attended", "asistio"}

# Answers as forms offer them: "Yes, I'll be there", "Sorry, can't make it". Not "si puedo".
_SENTENCE = re.compile(
    r"\W*(?:(?P<going>(?:yes|sí)\b|si\s*[,.;:!])|(?P<maybe>(?:maybe|perhaps|quizás?|tal vez)\b)"
    r"|(?:no|sorry|lo siento)\s*[,.;:!])",
    re.IGNORECASE,
)
_STATUS_OF_SENTENCE: dict[str | None, str] = {"going": Status.GOING, "maybe": Status.MAYBE}
_NUMBER = re.compile(r"\+?\s*(?P<digits>[0-9]{1,9})(?:[.,]0+)?(?!\S)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


def status_of(words: str) -> str:
    """The `Status` that a cell means. An empty cell means `going`.

    Raises HasNotAnswered for a guest who was only invited, and UnknownStatus for any other word.
    """
    status = Status.GOING if not words else _STATUSES.get(fold(words))
    if status == "invited":
        raise HasNotAnswered
    if status:
        return status
    if sentence := _SENTENCE.match(words):
        return _STATUS_OF_SENTENCE.get(sentence.lastgroup, Status.NOT_GOING)
    raise UnknownStatus(word=words[:40])


def says_checked_in(status: str) -> bool:
    """Whether a status also means that the guest was checked in."""
    return fold(status) in _CAME


def has_come(words: str) -> bool:
    """Whether a cell of a check-in column means that the guest came: "yes", or any time."""
    status = _STATUSES.get(fold(words))
    return status == Status.GOING or (status is None and any(char.isdigit() for char in words))


def count_of(words: str) -> int | None:
    """The whole number that a cell begins with: "2", "+1", "3 people". Returns None without one."""
    number = _NUMBER.match(words)
    return int(number["digits"]) if number else None


def moment_of(words: str, zone: tzinfo) -> datetime | None:
    """The instant of an ISO 8601 date and time, in UTC. Without an offset it is taken in `zone`.

    Returns None for anything else: 11/01/26 is November in one country and January in another.
    """
    if not _MOMENT.match(words):
        return None
    try:
        moment = datetime.fromisoformat(words.removesuffix(" UTC") + "Z" * words.endswith(" UTC"))
        return moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
