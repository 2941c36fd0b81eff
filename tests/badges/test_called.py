"""The large line of a badge is what somebody is called by; nothing of the name is lost."""

from __future__ import annotations

import pytest

from eventapp.badges.called import called_and_rest
from eventapp.core.text import clean_line
from tests.properties import given, st


@pytest.mark.parametrize(
    ("name", "called", "rest"),
    [
        ("Ana Ruiz Gil", "Ana", "Ruiz Gil"),
        ("Ana", "Ana", ""),
        ("José Luis Gil Ruiz", "José Luis", "Gil Ruiz"),
        ("María del Mar Fernández", "María del Mar", "Fernández"),
        ("Anna-Maria van der Berg", "Anna-Maria", "van der Berg"),
        ("Gil Ruiz, Ana", "Ana", "Gil Ruiz"),
        ("Dr. Ana Ruiz PhD", "Ana", "Dr. Ruiz PhD"),
        ("Dr. Ruiz", "Dr. Ruiz", ""),
        ("J. R. R. Tolkien", "J. R. R. Tolkien", ""),
        ("R. Selvi", "R. Selvi", ""),
        ("🎉 Zoë Smith", "🎉 Zoë", "Smith"),
        ("Zoë 🎉", "Zoë 🎉", ""),
        ("Ana Ruiz (Ink & Sons)", "Ana", "Ruiz (Ink & Sons)"),
        ("Maria 🦊 (she/her) Lopez", "Maria", "🦊 (she/her) Lopez"),
        ("Lee Lee", "Lee", "Lee"),
        ("محمد عبد الله", "محمد", "عبد الله"),
        ("عبد الله حسن", "عبد الله", "حسن"),
        ("עבד", "עבד", ""),
        ("Abdul Rahman Khan", "Abdul Rahman", "Khan"),
        ("தமிழ்ச்செல்வி கௌரி", "தமிழ்ச்செல்வி", "கௌரி"),
        ("สมชาย ใจดี", "สมชาย", "ใจดี"),
        ("李小龙", "李小龙", ""),
        ("李小龙 (Bruce Lee)", "李小龙", "(Bruce Lee)"),
        ("Bruce 李小龙", "Bruce", "李小龙"),
        ("山田 太郎", "山田 太郎", ""),
        ("김민수", "김민수", ""),
        ("さくら", "さくら", ""),
        ("🎉!", "🎉!", ""),
        ("", "", ""),
    ],
)
def test_what_somebody_is_called_by(name: str, called: str, rest: str) -> None:
    assert called_and_rest(name) == (called, rest)


@given(name=st.text(max_size=60).map(clean_line))
def test_no_letter_of_a_name_is_lost(name: str) -> None:
    assert letters(" ".join(called_and_rest(name))) == letters(name)


def letters(text: str) -> list[str]:
    return sorted(char for char in text if char.isalnum())
