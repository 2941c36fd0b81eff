"""Address books sort by family name: the guess is right for most, and loses nobody's words."""

import pytest

from eventapp.contacts.person_name import split_name
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
        ("", ""),
    ],
)
def test_a_name_is_split_as_its_bearer_would(given_name, family_name):
    assert split_name(f"{given_name} {family_name}") == (given_name, family_name)


words = st.sampled_from(["Ana", "María", "José", "Gil", "de", "la", "y", "i"])


@given(st.text() | st.lists(words).map(" ".join))
def test_no_word_is_lost(name):
    assert " ".join(split_name(name)).strip() == " ".join(name.split())
