"""Names are found however they are typed; addresses are one however they are written."""

import unicodedata

import pytest

from eventapp.core.errors import Refusal
from eventapp.core.text import (
    InvalidEmail,
    clean_line,
    email_key,
    email_on_the_wire,
    fold,
    fold_but_signs,
    normal_email,
    words,
)
from tests.properties import given, st

RIGHT_TO_LEFT_OVERRIDE = "\u202e"
ZERO_WIDTH_SPACE = "\u200b"
ZWJ = "\u200d"
ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Núria Castaño", "nuria castano"),
        ("Nguyễn", "nguyen"),
        ("Çağla Öztürk", "cagla ozturk"),
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Đorđe", "dorde"),
        ("Straße", "strasse"),
        ("Æsop Cœur", "aesop coeur"),
        ("IŞIK İnci ışık", "isik inci isik"),
        ("Þór Guðmundsdóttir", "thor gudmundsdottir"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("O´Brien", "obrien"),
        ("Fernández-Vega", "fernandez vega"),
        ("  Acme   Robotics, S.L. ", "acme robotics s l"),
        ("=HYPERLINK(1)", "hyperlink 1"),
        ("ＡＮＡ", "ana"),
        ("José", "jose"),
        ("Gar\u00adcía", "garcia"),
        ("!?", ""),
        ("", ""),
    ],
)
def test_a_search_key_forgets_accents_case_and_punctuation(typed, key):
    assert fold(typed) == key


@pytest.mark.parametrize(
    "name", ["李小龙", "محمد علي", "हिन्दी", "ガギグ", "한국어", "ไทย", "София"]
)
def test_other_scripts_survive_in_one_word_each(name):
    assert len(words(name)) == len(name.split())
    assert all(words(name))


def test_a_composed_and_a_decomposed_name_have_one_key():
    for name in ["José", "Nguyễn", "ガ", "한국"]:
        assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


@pytest.mark.parametrize(
    "alike",
    [
        ("C++", "c++ ", " C++"),
        ("Café", "CAFE", "Cafe\u0301"),
        ("O'Brien", "obrien"),
        ("🙂", " 🙂 "),
    ],
)
def test_case_and_accents_do_not_tell_labels_apart(alike):
    assert len({fold_but_signs(text) for text in alike}) == 1


def test_signs_tell_labels_apart():
    assert (
        len({fold_but_signs(text) for text in ("C", "C++", "C#", "++", "#", "🙂", "🎉", "")}) == 8
    )


def test_words_keep_their_order():
    assert words("María del Mar Öztürk") == ["maria", "del", "mar", "ozturk"]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    key = fold(text)
    assert fold(key) == key
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Ana \t Gil\r\nSanz ", "Ana Gil Sanz"),
        ("Jose\u0301", "José"),
        (f"Ana{ZERO_WIDTH_SPACE} Gil", "Ana Gil"),
        (f"Ana {RIGHT_TO_LEFT_OVERRIDE}liG", "Ana liG"),
        ("Ana\x00\x07 Gil", "Ana Gil"),
        (f"A{ZWJ}na", "Ana"),
        (f"👩{ZWJ}💻 Ana", f"👩{ZWJ}💻 Ana"),
        (f"❤️{ZWJ}🔥", f"❤️{ZWJ}🔥"),
        (f"می{ZWNJ}خواهم", f"می{ZWNJ}خواهم"),
        (f"क्{ZWJ}ष", f"क्{ZWJ}ष"),
        ("\u3164\u2800", ""),
        ("=1+1", "=1+1"),
    ],
)
def test_a_line_keeps_what_shows_and_nothing_else(typed, line):
    assert clean_line(typed) == line


@given(st.text())
def test_a_line_is_one_line_without_invisible_characters(text):
    line = clean_line(text)
    assert clean_line(line) == line
    assert len(line.splitlines()) <= 1
    assert line == " ".join(line.split())
    for char in line:
        assert char in (ZWJ, ZWNJ) or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


@pytest.mark.parametrize(
    ("typed", "to_send", "key"),
    [
        ("IRENE.RUIZ0@EXAMPLE.ORG", "IRENE.RUIZ0@example.org", "irene.ruiz0@example.org"),
        ("  ana@example.org\u200b ", "ana@example.org", "ana@example.org"),
        ("José@example.org", "José@example.org", "josé@example.org"),
        ("a.na+beer@example.org", "a.na+beer@example.org", "a.na+beer@example.org"),
        ("ana@xn--e1afmkfd.xn--p1ai", "ana@пример.рф", "ana@пример.рф"),
        ("раул@example.org", "раул@example.org", "раул@example.org"),
    ],
)
def test_an_address_is_compared_folded_and_sent_to_as_it_is(typed, to_send, key):
    assert normal_email(typed) == to_send
    assert email_key(typed) == key


@pytest.mark.parametrize(
    ("kept", "sent_to"),
    [
        ("ana.b+c@example.org", "ana.b+c@example.org"),
        ("ana@müller.de", "ana@xn--mller-kva.de"),
        ("ana@пример.рф", "ana@xn--e1afmkfd.xn--p1ai"),
        ("josé@example.org", "josé@example.org"),
        ("josé@müller.de", "josé@xn--mller-kva.de"),
    ],
)
def test_an_address_goes_over_the_wire_with_its_domain_in_ascii(kept, sent_to):
    assert normal_email(kept) == kept
    assert email_on_the_wire(kept) == sent_to
    assert normal_email(sent_to) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "not-an-email",
        "ana@",
        "ana@localhost",
        "ana@example.test",
        "a b@example.org",
        "Ana <ana@example.org>",
        "ana@example.org\nBcc: x@example.org",
        "\ud800@example.org",
        f"ana{ZERO_WIDTH_SPACE}x@example.org",
        f"ana{RIGHT_TO_LEFT_OVERRIDE}x@example.org",
    ],
)
def test_what_no_mail_reaches_is_refused(typed):
    with pytest.raises(InvalidEmail) as no:
        normal_email(typed)
    assert no.value.code == "email"
    assert isinstance(no.value, Refusal)
    assert str(no.value)


@pytest.mark.parametrize(
    "typed",
    [
        "аna@example.org",  # Cyrillic а
        "αna@example.org",  # Greek alpha
        "ana@ехample.org",  # Cyrillic ех
        "ana@сосо.org",  # Cyrillic, all of it, before a Latin ending
        "ana@xn--ample-ywe6i.org",  # the same as punycode
        "ａna@example.org",  # full width
        "ana@ｅxample.org",
        "ana＠example.org",
        "ﬁn@example.org",  # a ligature
    ],
)
def test_addresses_that_look_like_another_are_refused(typed):
    with pytest.raises(InvalidEmail) as no:
        email_key(typed)
    assert no.value.code == "email"


def test_a_refused_address_is_quoted_safely():
    with pytest.raises(InvalidEmail) as no:
        normal_email(f"<b>{RIGHT_TO_LEFT_OVERRIDE}" + "x" * 500)
    assert RIGHT_TO_LEFT_OVERRIDE not in str(no.value)
    assert len(str(no.value)) < 200


@given(st.text() | st.emails())
def test_any_text_is_an_address_or_refused(text):
    try:
        address = normal_email(text)
    except InvalidEmail:
        return
    assert normal_email(address) == address
    assert email_key(address) == email_key(text)
