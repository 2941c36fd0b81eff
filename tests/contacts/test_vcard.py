"""A vCard says to every phone what we meant, and nothing else whatever people typed."""

from dataclasses import replace
from datetime import date
from typing import Any

import vobject

from eventapp.contacts.contact import Contact
from eventapp.contacts.vcard import vcard, vcards
from tests.contacts.people import NAME_ONLY, NURIA, PYDAY
from tests.properties import given, st

FORGED = "hi\r\nEND:VCARD\r\nBEGIN:VCARD\nFN:Mallory\u2028TEL:112\x85NOTE:x\rUID:y"
written = st.text(
    st.sampled_from("\r\n\t;,:\\\"' aé😀\u200d\u2028\x85\x0b\x00END:VCARD") | st.characters()
)


def parsed(*contacts: Contact) -> list[Any]:
    return list(vobject.readComponents(vcards(contacts).decode()))


def test_a_card_has_every_field():
    (card,) = parsed(NURIA)
    assert card.version.value == "3.0"
    assert card.uid.value == "b8f1-nuria"
    assert card.rev.value == "20261202T093000Z"
    assert card.fn.value == "Núria Castaño Peña"
    assert (card.n.value.given, card.n.value.family) == ("Núria", "Castaño Peña")
    assert card.org.value == ["Acme Robotics, S.L."]
    assert card.title.value == "Data analyst"
    assert (card.tel.value, card.tel.type_param) == ("+34600000000", "CELL")
    assert (card.email.value, card.email.type_param) == ("nuria@example.org", "INTERNET")
    assert card.categories.value == ["PyDay 2026", "rust"]
    assert card.note.value == (
        "Bees and compilers\n"
        "Met at PyDay 2026, La Nave, 2026-12-01: knows Rust, likes stout\n"
        "Follow up on 2026-12-08"
    )


def test_linkedin_is_a_link_with_its_label():
    (card,) = parsed(NURIA)
    own, linkedin = card.contents["url"]
    assert own.value == "https://nuria.example.org/"
    assert (linkedin.group, linkedin.value) == ("item1", "https://www.linkedin.com/in/nuria")
    label = card.contents["x-ablabel"][0]
    assert (label.group, label.value) == ("item1", "LinkedIn")


def test_what_is_not_known_is_not_written():
    card = vcard(NAME_ONLY)
    for name in ("ORG", "TITLE", "TEL", "EMAIL", "URL", "X-ABLabel"):
        assert name not in card


def test_a_value_that_ends_in_a_colon_is_written():
    (card,) = parsed(replace(NURIA, role="CTO:"))
    assert card.title.value == "CTO:"


def test_a_link_opens_a_page_or_is_left_out():
    for link in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "\nTEL:112"):
        assert "URL" not in vcard(replace(NURIA, web=link, linkedin=link))


def test_a_comma_in_a_link_ends_it_in_no_address_book():
    assert "\nURL:https://x.example/a%2Cb?c=1%2C2\r" in vcard(
        replace(NURIA, web="https://x.example/a,b?c=1,2")
    )


def test_who_was_met_twice_is_one_card_with_both_meetings():
    before = replace(PYDAY, event_title="Beers; and talks", met_on=date(2026, 5, 2), note=None)
    (card,) = parsed(replace(NURIA, occasions=(PYDAY, before)))
    assert card.categories.value == ["PyDay 2026", "Beers; and talks", "rust"]
    assert card.note.value.index("2026-12-01") < card.note.value.index("2026-05-02")


def test_labels_are_written_once_and_never_blank():
    again = replace(PYDAY, tags=("rust", " ", "PyDay 2026"))
    (card,) = parsed(replace(NURIA, occasions=(PYDAY, again)))
    assert card.categories.value == ["PyDay 2026", "rust"]


def test_nothing_typed_can_forge_a_card_or_a_field():
    forged = replace(
        NURIA,
        uid=FORGED,
        name=FORGED,
        company=FORGED,
        role=FORGED,
        email=FORGED,
        phone=FORGED,
        web=FORGED,
        linkedin=FORGED,
        about=FORGED,
        occasions=(replace(PYDAY, event_title=FORGED, place=FORGED, note=FORGED, tags=(FORGED,)),),
    )
    cards = parsed(forged, NURIA)
    assert len(cards) == 2
    assert set(cards[0].contents) == set(cards[1].contents) - {"url", "x-ablabel"}
    assert len(cards[0].contents["tel"]) == 1


def test_a_file_is_utf_8_without_a_mark_and_lines_end_in_crlf():
    file = vcards([NURIA, NAME_ONLY])
    assert file.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert file.endswith(b"END:VCARD\r\n")
    assert file.count(b"\n") == file.count(b"\r\n") == file.count(b"\r")
    assert vcards([]) == b""


@given(name=written, note=written, tag=written, company=written)
def test_any_text_comes_back_as_one_card_in_short_lines(name, note, tag, company):
    occasion = replace(PYDAY, note=note, tags=(tag,))
    contact = replace(NURIA, name=f"Ana {name}", company=f"X{company}", occasions=(occasion,))
    file = vcards([contact])
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    (card,) = parsed(contact)
    assert set(card.contents) == set(parsed(NURIA)[0].contents)
    assert card.uid.value == NURIA.uid


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])))
def test_text_without_control_characters_comes_back_as_it_was(text):
    contact = replace(NURIA, name=f"A{text}Z", role=f"A{text}Z", about=f"A{text}Z")
    (card,) = parsed(contact)
    assert card.fn.value == card.title.value == f"A{text}Z"
    assert card.note.value.startswith(f"A{text}Z\n")
