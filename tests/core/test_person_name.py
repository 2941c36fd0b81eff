"""Address books sort by family name: the guess is right for most, and loses nobody's words."""

import pytest

from eventapp.core.person_name import PersonName, are_parts_of, split_name
from eventapp.core.text import clean_line, fold
from tests.properties import given, st


@pytest.mark.parametrize(
    ("given_name", "family_name"),
    [
        ("Yuki", ""),
        ("Ana", "Gil"),
        ("Ana", "García López"),
        ("Núria", "Fernández-Vega"),
        ("Irene", "de la Fuente"),
        ("Ana", "de la Fuente Pérez"),
        ("Ana", "Pérez de la Fuente"),
        ("Zoë", "Puig i Soler"),
        ("José", "Ortega y Gasset"),
        ("José Luis", "García"),
        ("José Luis", "García López"),
        ("Ana María", "Peña"),
        ("María del Mar", "Ruiz"),
        ("María de los Ángeles", "Ruiz Gil"),
        ("Ludwig", "van Beethoven"),
        ("Al", "Gore"),
        ("Abdul Rahman", "Khan"),
        ("Abdul", "Khan"),
        ("عبد الله", "حسن"),
        ("عبد الرحمن", ""),
        ("", ""),
    ],
)
def test_a_name_is_split_as_its_bearer_would(given_name, family_name):
    found = split_name(f"{given_name} {family_name}")
    assert (found.given, found.family) == (given_name, family_name)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王小明", ("小明", "王")),
        ("王 小明", ("小明", "王")),
        ("欧阳娜娜", ("娜娜", "欧阳")),
        ("司马光", ("光", "司马")),
        ("김민준", ("민준", "김")),
        ("남궁민수", ("민수", "남궁")),
        ("김 민준", ("민준", "김")),
        ("田中 宏", ("宏", "田中")),
        ("たなか ひろし", ("ひろし", "たなか")),
        ("ひろし", ("ひろし", "")),
        ("明", ("明", "")),
        ("Gil Ruiz, Ana", ("Ana", "Gil Ruiz")),
        ("Gil Ruiz, Dr. Ana", ("Ana", "Gil Ruiz", "Dr.")),
        ("Dr. Ana Gil", ("Ana", "Gil", "Dr.")),
        ("Prof. Dr. Ana Gil Ruiz", ("Ana", "Gil Ruiz", "Prof. Dr.")),
        ("Dña. María García", ("María", "García", "Dña.")),
        ("Mme Claire Petit", ("Claire", "Petit", "Mme")),
        ("Ing. Luis Ruiz", ("Luis", "Ruiz", "Ing.")),
        ("Ing Chen", ("Ing", "Chen")),
        ("Dr", ("Dr", "")),
        ("Sammy Davis Jr.", ("Sammy", "Davis", "", "Jr.")),
        ("Sammy Davis, Jr.", ("Sammy", "Davis", "", "Jr.")),
        ("John Smith III", ("John", "Smith", "", "III")),
        ("Ludwig van der Berg", ("Ludwig", "van der Berg")),
        ("Ursula von der Leyen", ("Ursula", "von der Leyen")),
        ("Omar bin Laden", ("Omar", "bin Laden")),
        ("Omar al-Rashid", ("Omar", "al-Rashid")),
        ("Ana 🦊 Gil", ("Ana", "Gil")),
        ("👩🏽‍💻 Ana Gil ❤️", ("Ana", "Gil")),
        ("🦊", ("", "")),
    ],
)
def test_titles_suffixes_and_the_order_of_the_east_are_known(name, parts):
    assert split_name(name) == PersonName(*parts)


words = st.sampled_from(["Ana", "María", "José", "Gil", "de", "la", "y", "i", "Dr.", "Jr."])


@given(st.lists(words).map(" ".join))
def test_no_word_is_lost(name):
    found = split_name(name)
    assert sorted(" ".join(found).split()) == sorted(name.split())


@given(st.text())
def test_any_text_is_split(name):
    letters = "".join(char for char in name if char.isalnum())
    found = "".join(char for char in "".join(split_name(name)) if char.isalnum())
    assert sorted(found) == sorted(clean_line(letters).replace(" ", ""))


@pytest.mark.parametrize(
    ("name", "given", "family", "parts"),
    [
        ("Rosa Maria Gil", "Rosa Maria", "Gil", ("Rosa Maria", "Gil")),
        ("Ana Gil Ruiz", "Ana Gil", "Ruiz", ("Ana Gil", "Ruiz")),
        ("Dr. Ana Gil, PhD", "Ana", "Gil", ("Ana", "Gil", "Dr.", "PhD")),
        ("Nguyễn Văn An", "Văn An", "Nguyễn", ("Văn An", "Nguyễn")),
        ("王小明", "明", "王小", ("明", "王小")),
        ("ANA GIL", "Ana", "Gil", ("Ana", "Gil")),
        ("Gil Ruiz, Ana", "Ana", "Gil Ruiz", ("Ana", "Gil Ruiz")),
        ("Ana Gil 🦊", "Ana Gil", "", ("Ana Gil", "")),
    ],
)
def test_its_owner_says_what_is_the_family_name(name, given, family, parts):
    assert are_parts_of(name, given, family)
    assert split_name(name, given=given, family=family) == PersonName(*parts)


@pytest.mark.parametrize(
    ("given", "family"), [("Ana", ""), ("Ana", "Ruiz"), ("Bea", "Gil"), ("", "Ruiz")]
)
def test_its_owner_may_go_by_another_name(given, family):
    assert not are_parts_of("Ana Gil", given, family)
    assert split_name("Dr. Ana Gil", given=given, family=family) == PersonName(given, family, "Dr.")


def test_no_parts_are_none_of_its_owners():
    assert not are_parts_of("Ana Gil", "", "")
    assert split_name("Ana Gil") == PersonName("Ana", "Gil")


@given(st.text(), st.integers(0, 9))
def test_parts_tell_no_letter_that_the_name_does_not_have(name, place):
    words = clean_line(name).split()
    parts = " ".join(words[:place]), " ".join(words[place:])
    found = "".join(split_name(name, given=parts[0], family=parts[1]))
    assert set(fold(found)) <= set(fold(name)) | {" "}
