"""What the words in a guest list mean: status, companions, who came and when."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from eventapp.guests.reading.guest_file import OpenWord
from tests.guests.lists import guests, only_guest, skipped

STATUSES = ["going", "maybe", "waitlisted", "pending", "not_going", "cancelled"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("approved", "going"),
        ("Attending", "going"),
        ("Yes", "going"),
        ("Sí", "going"),
        ("ASISTE", "going"),
        ("Sí, asistiré", "going"),
        ("Yes I will", "going"),
        ("", "going"),
        ("waitlist", "waitlisted"),
        ("Lista de espera", "waitlisted"),
        ("pending_approval", "pending"),
        ("Pendiente", "pending"),
        ("declined", "not_going"),
        ("No", "not_going"),
        ("no asiste", "not_going"),
        ("Can’t go", "not_going"),
        ("Sorry, can't make it", "not_going"),
        ("Refunded", "cancelled"),
        ("Cancelado", "cancelled"),
    ]
    + [(status, status) for status in STATUSES],
)
def test_status_words_of_every_tool(words, status):
    assert only_guest(f'name,status\nAna,"{words}"\n').status == status


def test_a_list_without_status_is_of_people_who_are_going():
    assert only_guest("name\nAna\n").status == "going"


@pytest.mark.parametrize("words", ["Si puedo", "No lo sé", "Frobnicated"])
def test_an_unknown_status_is_skipped_and_named(words):
    file = guests(f"name;estado\nAna;{words}\n")
    assert skipped(file) == [(2, "status")]
    assert words in file.skipped[0].reason


@pytest.mark.parametrize("words", ["Maybe", "Interested", "Quizás", "Tal vez, depende del trabajo"])
def test_a_maybe_said_elsewhere_is_asked_about(words):
    file = guests(f'name,status\nAna,"{words}"\nNoa,yes\nLeo,"{words}"\n')
    assert skipped(file) == [(2, "maybe"), (4, "maybe")]
    assert file.open_words == [OpenWord(words, [2, 4])]
    told = guests(f'name,status\nAna,"{words}"\n', meanings={words: "maybe"})
    assert [guest.status for guest in told.rows] == ["maybe"]


def test_words_that_nobody_knows_are_told_with_their_rows():
    file = guests("name,status\nAna,Zapped\nNoa,going\nLeo,Zapped\nMia,Dunno\n")
    assert file.open_words == [OpenWord("Zapped", [2, 4]), OpenWord("Dunno", [5])]
    assert file.open_words[0].count == 2


@pytest.mark.parametrize("words", ["invited", "Not responded", "Sin respuesta"])
def test_who_has_not_answered_is_skipped(words):
    assert skipped(guests(f"name,status\nAna,{words}\n")) == [(2, "invited")]


@pytest.mark.parametrize(
    ("written", "companions"),
    [
        ("", 0),
        ("0", 0),
        ("2", 2),
        ("+1", 1),
        ("2.0", 2),
        ("3 people", 3),
        ("none", 0),
        ("20", 20),
        ("499", 499),
    ],
)
def test_companions_are_counted(written, companions):
    assert only_guest(f"name,acompañantes\nAna,{written}\n").companions == companions


def test_companions_by_name_are_counted_and_their_names_kept():
    guest = only_guest("name,acompañantes\nAna,Noa y Leo\n")
    assert (guest.companions, guest.companion_names) == (2, ("Noa", "Leo"))
    assert guest.answers == {}


@pytest.mark.parametrize("written", ["500", "999999999"])
def test_a_crowd_of_companions_is_skipped(written):
    assert skipped(guests(f"name,guests\nAna,{written}\n")) == [(2, "companions")]


@pytest.mark.parametrize(
    ("written", "arrived_at", "checked_in"),
    [
        ("2026-12-01T18:02:03.000Z", datetime(2026, 12, 1, 18, 2, 3, tzinfo=UTC), True),
        ("2026-12-01T19:02+01:00", datetime(2026, 12, 1, 18, 2, tzinfo=UTC), True),
        ("2026-12-01 19:02:00", datetime(2026, 12, 1, 18, 2, tzinfo=UTC), True),
        ("2026-12-01 18:02:00 UTC", datetime(2026, 12, 1, 18, 2, tzinfo=UTC), True),
        ("12/01/26 19:02", None, True),
        ("19:02", None, True),
        ("yes", None, True),
        ("Sí", None, True),
        ("1", None, True),
        ("0", None, False),
        ("No", None, False),
        ("n/a", None, False),
        ("", None, False),
        ("0001-01-01T00:00+14:00", None, True),
        ("2026-99-99T00:00", None, True),
    ],
)
def test_who_came_and_when(written, arrived_at, checked_in):
    guest = only_guest(f"name,checked_in_at\nAna,{written}\n", zone=ZoneInfo("Europe/Madrid"))
    assert (guest.arrived_at, guest.checked_in) == (arrived_at, checked_in)
