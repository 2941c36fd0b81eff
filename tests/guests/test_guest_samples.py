"""The lists that Luma, Eventbrite and Meetup write, row by row."""

from collections import Counter
from pathlib import Path

from eventapp.guests.reading.guest_file import GuestFile, read
from eventapp.guests.reading.guest_row import GuestRow
from tests.guests.lists import flagged, only_guest, skipped

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> GuestFile:
    return read((SAMPLES / name).read_bytes())


class TestLuma:
    def test_every_row_is_a_guest_or_skipped_with_its_reason(self):
        file = sample("luma-guests.csv")
        assert len(file.rows) == 120
        assert skipped(file) == [
            (82, "invited"),
            (108, "invited"),
            (111, "invited"),
            (116, "invited"),
        ]
        assert (122, "shared_email") in flagged(file)

    def test_who_has_no_real_address_is_a_guest_without_one(self):
        file = sample("luma-guests.csv")
        assert [(row.number, row.email) for row in file.rows if row.name == "Bad Mail"] == [
            (124, None)
        ]
        assert ["not-an-email" in row.reason for row in file.flagged if row.number == 124] == [True]

    def test_approval_is_read_as_status(self):
        assert Counter(guest.status for guest in sample("luma-guests.csv").rows) == {
            "going": 105,
            "waitlisted": 7,
            "not_going": 6,
            "pending": 2,
        }

    def test_a_guest_has_what_the_row_says(self):
        guest = sample("luma-guests.csv").rows[2]
        assert guest == GuestRow(
            number=4,
            name="Priya Domínguez",
            email="priya.dominguez2@example.org",
            status="going",
            companions=0,
            phone="+34 612 34 02 14",
            arrived_at=None,
            checked_in=False,
            ref="api_id:gst-0002xK",
            answers={
                "ticket_name": "Standard",
                "What's your company?": "Clínica Vega",
                "What's your role?": "Data analyst",
            },
            ask_me_about="",
            want_to_learn="",
            note="",
            ticket_codes=("https://luma.com/check-in/evt-demo?pk=g-0002",),
        )

    def test_a_guest_without_name_is_called_as_the_mailbox(self):
        by_email = {guest.email: guest for guest in sample("luma-guests.csv").rows}
        assert by_email["sinnombre@example.org"].name == "sinnombre"

    def test_a_formula_is_a_name_like_any_other(self):
        guest = sample("luma-guests.csv").rows[-1]
        assert guest.name == '=HYPERLINK("http://example.net","x")'
        assert guest.answers["What's your company?"] == "+1+1"

    def test_people_of_one_name_stay_two_people(self):
        names = Counter(guest.name for guest in sample("luma-guests.csv").rows)
        assert names["José Dubois"] == 2


class TestEventbrite:
    def test_every_row_is_a_guest(self):
        file = sample("eventbrite-attendees.csv")
        assert (len(file.rows), file.skipped) == (80, [])
        assert Counter(guest.status for guest in file.rows) == {
            "going": 76,
            "cancelled": 3,
            "not_going": 1,
        }

    def test_who_is_checked_in_came_and_is_going(self):
        came = [guest for guest in sample("eventbrite-attendees.csv").rows if guest.checked_in]
        assert [guest.name for guest in came] == [
            "Íñigo Domínguez",
            "José Kowalski",
            "Irene de la Fuente",
            "Jürgen Kowalski",
        ]
        assert {guest.status for guest in came} == {"going"}

    def test_a_guest_has_both_names_and_the_attendee_number(self):
        guest = sample("eventbrite-attendees.csv").rows[0]
        assert (guest.name, guest.ref) == ("Rocío Nakamura", "attendee_number:5000")
        assert guest.answers == {
            "Ticket Type": "General Admission",
            "Job Title": "Product manager",
            "Company": '"La Nave" Coworking',
        }

    def test_one_ticket_brings_no_companion_and_three_bring_two(self):
        assert not any(guest.companions for guest in sample("eventbrite-attendees.csv").rows)
        assert only_guest("Name,Quantity\nAna,3\n").companions == 2


class TestMeetup:
    def test_every_row_is_a_guest_without_email(self):
        file = sample("meetup-attendees.tsv")
        assert (len(file.rows), file.skipped) == (40, [])
        assert {guest.email for guest in file.rows} == {None}
        assert Counter(guest.status for guest in file.rows) == {
            "going": 33,
            "not_going": 5,
            "waitlisted": 2,
        }

    def test_guests_are_companions_and_the_user_id_tells_who(self):
        guest = sample("meetup-attendees.tsv").rows[1]
        assert (guest.name, guest.companions) == ("Łukasz P.", 1)
        assert guest.ref == "user_id:user 112233001"
