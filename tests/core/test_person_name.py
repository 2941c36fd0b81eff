"""Address books sort by family name: the guess is right for most, and loses nobody's words."""

import pytest

from eventapp.core.person_name import PersonName, split_name
from eventapp.core.text import clean_line
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
