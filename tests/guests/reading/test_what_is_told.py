"""Nothing is understood in silence: columns, rows and the file itself say how they were read."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from eventapp.guests.reading.guest_file import read
from eventapp.guests.reading.refusals import ColumnsUnclear, FileRefused
from eventapp.guests.reading.remembered import Said, titles_key
from tests.guests.lists import flagged, guests, skipped


def columns(text: str, **options) -> list[tuple[str, str, str]]:
    return [(one.title, one.meaning, one.why) for one in guests(text, **options).columns]


class TestColumns:
    def test_each_says_what_it_was_taken_for_and_why(self):
        text = (
            "Full name,Email,Where it stands,Diet,Amount,Fizz\nAna,ana@example.org,Waitlist,x,1,y\n"
        )
        assert columns(text, questions=["Diet"]) == [
            ("Full name", "name", "title"),
            ("Email", "email", "title"),
            ("Where it stands", "status", "cells"),
            ("Diet", "answer", "question"),
            ("Amount", "", "title"),
            ("Fizz", "answer", "unknown"),
        ]

    def test_one_whose_cells_do_not_hold_what_its_title_says_is_an_answer(self):
        assert columns("Name,Email,Mail\nAna,anonymous,ana@example.org\n") == [
            ("Name", "name", "title"),
            ("Email", "answer", "cells"),
            ("Mail", "email", "title"),
        ]

    def test_somebody_may_say_otherwise(self):
        text = "Name,Email,Mail,Status\nAna,ana@example.org,ana@work.example,No\n"
        file = guests(text, mapping={"mail": "email", "Status": "", "Email": "answer"})
        assert [(one.meaning, one.why) for one in file.columns] == [
            ("name", "title"),
            ("answer", "mapping"),
            ("email", "mapping"),
            ("", "mapping"),
        ]
        (ana,) = file.rows
        assert (ana.email, ana.status, ana.answers) == (
            "ana@work.example",
            "going",
            {"Email": "ana@example.org"},
        )

    def test_a_name_read_elsewhere_now_is_an_answer_and_says_so(self):
        file = guests("Name,Nick,Mail\nAna Gil,Annie,a@example.org\n", mapping={"Nick": "name"})
        assert [(one.meaning, one.why) for one in file.columns[:2]] == [
            ("answer", "elsewhere"),
            ("name", "mapping"),
        ]
        (ana,) = file.rows
        assert (ana.name, ana.answers) == ("Annie", {"Name": "Ana Gil"})

    def test_what_is_said_may_tell_the_header(self):
        file = guests("Quien;Donde\nAna;1\nNoa;2\n", mapping={"Quien": "name"})
        assert [guest.name for guest in file.rows] == ["Ana", "Noa"]

    @pytest.mark.parametrize(
        ("mapping", "code", "words"),
        [
            ({"Mesa": "name"}, "mapping_column", ["Mesa", "Nombre"]),
            ({"Nombre": "table"}, "mapping_meaning", ["table", "companions"]),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, mapping, code, words):
        with pytest.raises(FileRefused) as no:
            guests("Nombre\nAna\n", mapping=mapping)
        assert no.value.code == code
        assert all(word in str(no.value) for word in words)

    def test_a_word_cannot_mean_what_is_no_status(self):
        with pytest.raises(FileRefused) as no:
            guests("name,status\nAna,Zapped\n", meanings={"Zapped": "gone"})
        assert no.value.code == "meaning_status"
        assert "waitlisted" in str(no.value)


class TestRows:
    def test_a_row_that_is_skipped_has_its_number_its_name_and_a_reason(self):
        file = guests(
            "Name,Email,Status\nAna,ana(at)example.org,\nBea,bea@example.org,Zapped\n,,x\n"
        )
        assert [(note.number, note.name, note.code) for note in file.skipped] == [
            (2, "Ana", "email"),
            (3, "Bea", "status"),
            (4, "", "nobody"),
        ]

    def test_so_has_one_in_which_something_was_guessed(self):
        file = guests('Name,Email\n"Gil, Ana",a@example.org; b@example.org\n')
        assert [(note.number, note.name, note.code) for note in file.flagged] == [
            (2, "Ana Gil", "name_turned"),
            (2, "Ana Gil", "several_emails"),
        ]
        assert "Gil, Ana" in file.flagged[0].reason
        assert "a@example.org" in file.flagged[1].reason

    def test_the_reason_is_said_in_the_language_of_who_reads_it(self, app: Flask):
        file = guests("Name,Status\nAna,Maybe\nNoa,invited\n")
        with app.test_request_context(), force_locale("es"):
            spanish = [note.reason for note in file.skipped]
        with app.test_request_context(), force_locale("en"):
            english = [note.reason for note in file.skipped]
        assert all("Maybe" in reasons[0] for reasons in (spanish, english))
        assert not set(spanish) & set(english)

    def test_a_party_without_names_is_one_guest_and_says_so_of_each_ticket(self):
        row = "1,ada@example.org,Ada\n"
        file = guests(f"Order ID,Buyer email,Buyer name\n{row * 3}")
        assert [(guest.name, guest.companions) for guest in file.rows] == [("Ada", 2)]
        assert flagged(file) == [(3, "counted_with"), (4, "counted_with")]
        assert skipped(file) == []


class TestFile:
    @pytest.mark.parametrize(
        ("encoding", "told"),
        [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
    )
    def test_it_says_the_encoding(self, encoding, told):
        file = read("Nombre\nÍñigo Peña\n".encode(encoding))
        assert (file.encoding, file.is_sure_of_encoding) == (told, True)

    def test_letters_that_windows_added_to_shift_jis_are_read_as_typed(self):
        typed = b"\xfb\xfc" + "橋一郎\n山".encode("cp932") + b"\xfa\xb1" + "直子\n".encode("cp932")
        file = read("氏名\n".encode("cp932") + typed)
        assert [guest.name for guest in file.rows] == ["髙橋一郎", "山﨑直子"]
        assert (file.encoding, flagged(file)) == ("cp932", [])

    def test_an_encoding_that_is_a_guess_is_said_of_each_name_that_depends_on_it(self):
        file = read("Name\nKateřina\nAna\n".encode("cp1250"))
        assert not file.is_sure_of_encoding
        assert flagged(file) == [(2, "letters")]

    def test_the_encoding_may_be_given(self):
        file = read("Name\nKateřina\n".encode("cp1250"), encoding="cp1250")
        assert [guest.name for guest in file.rows] == ["Kateřina"]
        assert (file.encoding, flagged(file)) == ("cp1250", [])

    @pytest.mark.parametrize("encoding", ["no such thing", "ascii", "rot13", "utf-16"])
    def test_one_that_it_cannot_be_is_refused(self, encoding):
        with pytest.raises(FileRefused) as no:
            read("Name\nÍñigo\n".encode("cp1252"), encoding=encoding)
        assert no.value.code in ("file_encoding", "file_binary")
        assert encoding in str(no.value)

    def test_letters_that_no_encoding_makes_words_of_are_refused(self):
        with pytest.raises(FileRefused) as no:
            read(b"Name\n\xf0\xf1\x81\x9d\xff\xdf\xfe\n")
        assert no.value.code == "file_encoding"

    def test_it_says_which_row_the_titles_stand_in(self):
        assert guests("Guest list\n\nName,Email\nAna,\n").header == 3

    def test_it_shows_some_cells_of_each_column(self):
        file = guests("Name,Drink\nAna,wine\nBea,\nCleo,wine\nDora,beer\nEva,tea\nFay,water\n")
        assert file.samples == [["Ana", "Bea", "Cleo"], ["wine", "beer", "tea"]]

    def test_where_nobody_can_tell_who_has_the_names_it_says_what_the_columns_are(self):
        with pytest.raises(ColumnsUnclear) as no:
            guests("Who,Where,Email\nAna Gil,Bar Sol,a@example.org\nBea Paz,Bar Luz,b@example.org")
        assert no.value.values["columns"] == [
            ["Who", "answer"],
            ["Where", "answer"],
            ["Email", "email"],
        ]

    def test_where_no_row_has_titles_it_says_what_the_first_one_has(self):
        with pytest.raises(ColumnsUnclear) as no:
            guests("color,size\nred,3\n")
        assert no.value.values["columns"] == [["color", "answer"], ["size", "answer"]]


class TestRemembered:
    TEXT = "Name,Shirt\nAna,M\nBea,L\n"

    def remembered(self, titles: list[str], **said) -> dict[str, Said]:
        return {titles_key(titles): Said(**said)}

    def test_what_was_said_of_a_list_with_the_same_titles_counts(self):
        kept = self.remembered(["shirt", "NAME"], mapping={"Shirt": ""})
        assert columns(self.TEXT, remembered=kept)[1] == ("Shirt", "", "remembered")

    def test_not_of_one_with_another_title_more(self):
        kept = self.remembered(["Name", "Shirt", "Size"], mapping={"Shirt": ""})
        assert columns(self.TEXT, remembered=kept)[1] == ("Shirt", "answer", "unknown")

    def test_what_is_said_now_counts_more(self):
        kept = self.remembered(["Name", "Shirt"], mapping={"Shirt": ""})
        told = columns(self.TEXT, remembered=kept, mapping={"Shirt": "note"})
        assert told[1] == ("Shirt", "note", "mapping")

    def test_words_are_remembered_too(self):
        kept = self.remembered(["Name", "Status"], meanings={"fizz": "going"})
        file = guests("Name,Status\nAna,fizz\n", remembered=kept)
        assert [guest.status for guest in file.rows] == ["going"]
        assert file.open_words == []

    def test_titles_that_nobody_knows_are_found_again(self):
        kept = self.remembered(["foo", "bar"], mapping={"foo": "name"})
        file = guests("foo,bar\nAna,3\nBea,4\n", remembered=kept)
        assert [guest.name for guest in file.rows] == ["Ana", "Bea"]
        with pytest.raises(ColumnsUnclear):
            guests("foo,baz\nAna,3\nBea,4\n", remembered=kept)


@pytest.mark.parametrize(
    ("cell", "companions", "is_kept"),
    [
        ("-", 0, False),
        ("one", 1, False),
        ("Two friends", 2, False),
        ("Yes", 1, False),
        ("Karl Berg", 1, False),
        ("2 (Karl, Ana)", 2, False),
        ("Karl (vegan)", 1, True),
        ("two friends, one of them a vegan", 2, True),
    ],
)
def test_what_the_companions_say_already_is_no_answer(cell: str, companions: int, *, is_kept: bool):
    (guest,) = guests(f'Name,Plus one\nAna Gil,"{cell}"\n').rows
    assert (guest.companions, bool(guest.answers)) == (companions, is_kept)
