"""A kiosk in a real browser, at the size of a tablet: it goes back to its start by itself, takes
what a scanner types, and never gives one guest the answer of another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eventapp.core.links import new_secret
from eventapp.model import CheckIn, DoorLog, Event
from tests.e2e import codes
from tests.e2e.cameras import ALLOWED, FAKE_CAMERA
from tests.e2e.page_problems import problems_of
from tests.kiosk.helpers import PIN, answer, at_kiosk, say
from tests.make import Make

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TABLETS = [(768, 1024), (1024, 768), (390, 844)]


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_is_fit_to_stand_at_an_entrance(
    demo: Make, chromium: Callable[..., Any], event: Event, guest: Any, language: str
) -> None:
    window, ana, link = chromium(language=language), guest("Ana López"), new_secret()
    demo.door_link(event, "Tablet", role="kiosk", secret=link)
    window.open(f"/door/{link}").tab.locator("main form button").click()
    window.tab.wait_for_url("**/kiosk")
    window.url, briefly = "kiosk", language == "en"
    problems = problems_of(window, TABLETS, briefly=briefly)
    for code in (ana.ticket, ana.ticket, "nonsense"):
        window.tab.locator("[name=code]").fill(code)
        with window.tab.expect_response("**/check-in"):
            window.tab.keyboard.press("Enter")
        window.tab.locator("#answer").wait_for()
        problems += problems_of(window, TABLETS, briefly=briefly)
    window.open(f"/e/{event.slug}/kiosk").tab.locator("#leave summary").click()
    window.tab.locator("#leave button").click()
    problems += problems_of(window, TABLETS, briefly=briefly)
    window.open(f"/here/{event.poster_secret}")
    problems += problems_of(window, TABLETS, briefly=briefly)
    assert not problems, "\n".join(problems)


def test_a_poster_is_fit_to_be_printed(
    demo: Make, chromium: Callable[..., Any], event: Event
) -> None:
    community = demo.community(language="es")
    event = demo.event(community, title="Noche de fracasos " * 4, poster_secret=new_secret())
    window = demo.signed_in(chromium(), demo.organiser(community))
    window.open(f"/o/e/{event.slug}/poster")
    problems = problems_of(window, TABLETS)
    pages = window.tab.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    window.tab.emulate_media(media="print")
    shown = window.tab.evaluate(
        "() => [...document.querySelectorAll('nav, form, footer, h1, .poster')]"
        ".filter((e) => e.checkVisibility()).map((e) => e.className)"
    )
    assert not problems, "\n".join(problems)
    assert (pages, shown) == (1, ["poster"])


def test_it_goes_back_to_its_start_by_itself(tablet: Any, guest: Any) -> None:
    guest("Ana López")
    say(tablet, "Ana López", "opez")
    assert answer(tablet) == ("admitted", None)
    tablet.tab.clock.fast_forward(7_000)
    assert tablet.tab.locator("#answer").is_visible()
    tablet.tab.clock.fast_forward(1_500)
    tablet.tab.locator("#answer").wait_for(state="detached")
    assert tablet.tab.get_by_role("heading", name="Or say who you are").is_visible()
    assert "López" not in tablet.tab.content().replace("ana.lopez@", "")


def test_the_next_guest_may_begin_while_the_answer_stands_there(tablet: Any, guest: Any) -> None:
    ana, beto = guest("Ana López"), guest("Beto Gil")
    tablet.press("Check me in", code=ana.ticket)
    tablet.tab.keyboard.type(beto.short_code[:3])
    tablet.tab.clock.fast_forward(9_000)
    tablet.tab.keyboard.type(beto.short_code[3:])
    with tablet.tab.expect_response("**/check-in"):
        tablet.tab.keyboard.press("Enter")
    tablet.tab.get_by_role("heading", name="Welcome, Beto!").wait_for()


def test_what_was_typed_and_left_is_cleared(tablet: Any) -> None:
    tablet.press("I'm here", name="Ana López", letters="abc")
    assert tablet.codes() == ["too_short"]
    tablet.tab.locator("[name=code]").fill("half a co")
    tablet.tab.locator("#leave summary").click()
    tablet.tab.locator("[name=pin]").fill("12")
    tablet.tab.clock.fast_forward(46_000)
    fields = tablet.tab.locator("#kiosk input:not([type=hidden]), #leave input:not([type=hidden])")
    tablet.tab.wait_for_function("() => document.querySelector('[name=code]').value === ''")
    assert [field.input_value() for field in fields.all()] == ["", "", "", ""]
    assert not tablet.tab.locator("#kiosk .error:visible, #leave[open]").count()
    assert tablet.tab.evaluate("() => document.activeElement.name") == "code"


def test_a_scanner_types_one_ticket_after_the_other(demo: Make, tablet: Any, guest: Any) -> None:
    guests = [guest(name) for name in ("Ana López", "Beto Gil", "Zoë Walker")]
    tablet.tab.evaluate("() => document.activeElement.blur()")  # somebody tapped beside it
    for rsvp in guests:
        tablet.tab.keyboard.type(f"http://localhost/t/{rsvp.ticket}")
        with tablet.tab.expect_response("**/check-in"):
            tablet.tab.keyboard.press("Enter")
        first_name = rsvp.name.split()[0]
        tablet.tab.get_by_role("heading", name=f"Welcome, {first_name}!").wait_for()
    assert {row.rsvp_id for row in demo.rows(CheckIn, event_id=guests[0].event_id)} == {
        rsvp.id for rsvp in guests
    }


def test_a_tablet_forgets_the_list_of_the_phone_it_was(tablet: Any) -> None:
    tablet.tab.evaluate("""async () => {
      const lists = await caches.open("door-lists");
      await lists.put("/e/noche/door/roster", new Response("Ana López"));
    }""")
    tablet.tab.reload()
    tablet.tab.wait_for_function("() => caches.keys().then((names) => names.length === 0)")


def test_it_is_left_with_the_pin(tablet: Any, event: Event) -> None:
    tablet.press("Leave", pin="0000")
    assert tablet.codes() == ["wrong_pin"]
    tablet.press("Leave", pin=PIN)
    assert tablet.url == "/"
    tablet.tab.go_back()
    tablet.tab.reload()
    assert "Scan your ticket" not in tablet.tab.content()


def test_guests_hold_their_tickets_before_the_tablets_camera(
    demo: Make, window: Any, film: Any, event: Event
) -> None:
    guests = [demo.rsvp(event, f"Guest {letter}") for letter in "ABC"]
    scenes = [codes.plain(f"http://localhost/t/{guest.ticket}") for guest in guests]
    with window(FAKE_CAMERA, ALLOWED, film(scenes)) as tablet:
        at_kiosk(demo, tablet, event)
        tablet.tab.get_by_role("button", name="Scan with the camera").or_(
            tablet.tab.locator("#camera video")
        ).first.wait_for()
        if (button := tablet.tab.get_by_role("button", name="Scan with the camera")).is_visible():
            button.click()  # else the browser had allowed it before
        for _ in range(40):
            if len(demo.rows(CheckIn, event_id=event.id)) == len(guests):
                break
            tablet.tab.wait_for_timeout(500)
    log = demo.rows(DoorLog, event_id=event.id)
    admitted = [row.rsvp_id for row in log if row.outcome == "admitted"]
    assert sorted(admitted) == sorted(guest.id for guest in guests)
    assert {row.outcome for row in log} <= {"admitted", "already"}


def test_a_tablet_without_a_camera_says_nothing_of_one(
    demo: Make, window: Any, event: Event
) -> None:
    without = "() => delete Navigator.prototype.mediaDevices"
    with window(before=f"({without})()") as tablet:
        at_kiosk(demo, tablet, event)
        assert not tablet.tab.get_by_role("button", name="Scan with the camera").is_visible()
