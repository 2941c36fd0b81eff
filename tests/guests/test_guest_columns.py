"""Columns are known by what people and tools call them, in English and Spanish."""

import pytest

from tests.guests.lists import only_guest


@pytest.mark.parametrize(
    ("columns", "row", "name"),
    [
        ("Nombre", "Ana", "Ana"),
        ("Nombre completo", "Ana Gil", "Ana Gil"),
        ("Nombre,Apellidos", "Ana,Gil Sanz", "Ana Gil Sanz"),
        ("Nombre,Primer apellido,Segundo apellido", "Ana,Gil,Sanz", "Ana Gil Sanz"),
        ("First name,Surname", "Ana,Gil", "Ana Gil"),
        ("name,first_name,last_name", "Ani,Ana,Gil", "Ani"),
        ("name,first_name,last_name", ",Ana,Gil", "Ana Gil"),
        ("Name,Surname", "Ana Gil,Gil", "Ana Gil"),
        ("Nombre y apellidos *", "Ana Gil", "Ana Gil"),
        ("Ticket name,Full name", "Standard,Ana Gil", "Ana Gil"),
        ("Attendee #,Attendee", "7,Ana", "Ana"),
        ("Correo electrónico", "ana.gil@example.org", "ana.gil"),
        ("NAME", "  Ana\t\u200b Gil ", "Ana Gil"),
    ],
)
def test_a_name_is_found_whatever_its_columns_are_called(columns, row, name):
    assert only_guest(f"{columns}\n{row}\n").name == name


@pytest.mark.parametrize(
    "title",
    [
        "email",
        "Email",
        "Email Address",
        "CORREO",
        "Correo electrónico",
        "Dirección de correo",
        "Tu e-mail de contacto",
    ],
)
def test_an_address_is_found_whatever_its_column_is_called(title):
    assert only_guest(f"{title}\nANA@Example.ORG \n").email == "ANA@example.org"


class TestForms:
    def test_questions_in_english(self):
        guest = only_guest(
            "Timestamp,What is your name?,What's your email address?,Can you attend?,"
            "How many of you are attending?,What do you want to learn?,Ask me about…,"
            "What are you looking for?\n"
            '11/1/2026 9:00:00,Ana Gil,ana@example.org,"Yes, I\'ll be there",2,Rust,Beer,A flat\n'
        )
        assert (guest.name, guest.email, guest.status) == ("Ana Gil", "ana@example.org", "going")
        assert (guest.companions, guest.want_to_learn, guest.ask_me_about) == (1, "Rust", "Beer")
        assert guest.looking_for == "A flat"
        assert guest.answers == {}

    def test_questions_in_spanish(self):
        guest = only_guest(
            "Marca temporal;Dirección de correo electrónico;¿Cómo te llamas?;¿Vas a venir?;"
            "¿Cuántos acompañantes traes?;¿Empresa?;¿Qué quieres aprender?\n"
            "1/11/2026 9:00;ana@example.org;Ana Gil;No, lo siento;+1 niña;NorteSoft;Catar vino\n"
        )
        assert (guest.name, guest.email, guest.status) == (
            "Ana Gil",
            "ana@example.org",
            "not_going",
        )
        assert (guest.companions, guest.want_to_learn) == (1, "Catar vino")
        assert guest.answers == {"¿Empresa?": "NorteSoft"}

    def test_a_question_about_somebody_or_something_else_is_an_answer(self):
        guest = only_guest(
            "Name of your company,Nombre de tus acompañantes,Do you agree to get e-mail?,"
            "What is your name?\nNorteSoft,Noa,Yes,Ana\n"
        )
        assert guest.name == "Ana"
        assert guest.email is None
        assert guest.companion_names == ("Noa",)
        assert set(guest.answers.values()) == {"NorteSoft", "Yes"}
