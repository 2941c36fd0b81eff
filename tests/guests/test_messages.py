"""An organiser writes to guests: to whom it goes and who gets none is said first, with the email;
nobody gets it twice; and what was typed is not lost.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.core.links import new_secret
from eventapp.core.mail import compose
from eventapp.core.mail_budgets import CAP_MAILS
from eventapp.core.outbox import MailState, OutboxMail
from eventapp.guests import messages, tickets, whom, writing
from eventapp.guests.acts import Doing, locked
from eventapp.guests.messages import forget_messages
from eventapp.me.export import everything_about
from eventapp.model import AuditEntry, Community, Event, Notice, OrganiserMessage, Person, Rsvp
from eventapp.rsvp import actions
from tests.browser import form_data
from tests.events.organising import organiser_of
from tests.guests.listed import lose_mail
from tests.html import words_of
from tests.racing import Tap, race, session_of
from tests.test_worker import part, work

TYPED = {"subject": "Bring a jumper", "words": "Hi all,\n\nit's cold: https://example.org/map."}


@pytest.fixture
def event(make):
    return make.event(make.community(contact_email="hola@jueves.example.org"))


@pytest.fixture
def olga(make, browser, event, htmx):
    return organiser_of(make, browser, event, htmx=htmx)


def write(page, event, query="all=1", **typed):
    page.open(f"/o/e/{event.slug}/guests/write?{query}")
    return page.press("Look at the email", **{**TYPED, **typed})


def messages_sent(make):
    mails = make.rows(OutboxMail, template=messages.MESSAGE)
    with make.app.app_context():
        return [(mail.to_email, compose(mail)) for mail in mails]


def test_it_goes_to_all_whom_the_list_shows_once_that_was_said(make, event, olga):
    ana = make.rsvp(event, "Ana", language="es")
    beto = make.rsvp(event, "Beto", status="maybe")
    make.rsvp(event, "Anton")
    olga.open(f"/o/e/{event.slug}/guests?q=an")
    assert olga.one("#many [formaction$='/write']")
    write(olga, event, "q=an&all=1")
    assert olga.sees("Send this to 2 guests?")
    assert words_of(olga.one("[data-names]")) == "Ana, Anton"
    by_language = {one["lang"]: one for one in olga.page.select("[data-mail]")}
    assert {*by_language} == {"en", "es"}
    for shown in by_language.values():
        assert shown.h3.text == "Bring a jumper"
        assert shown.select_one("a")["href"] == "https://example.org/map"
    assert "Recibes esto" in by_language["es"].text
    assert make.mails() == [], "it is asked first"
    assert olga.press("Send 2 emails").sees("2 emails are on their way.")
    assert olga.url == f"/o/e/{event.slug}/guests?q=an"
    assert {to for to, _ in messages_sent(make)} >= {ana.person.email}
    assert beto.person.email not in {to for to, _ in messages_sent(make)}
    entry = make.rows(AuditEntry)[-1]
    assert (entry.verb, entry.count) == ("guests_written_to", 2)


def test_who_gets_none_is_said_and_why(make, event, olga):
    make.rsvp(event, "Ana")
    make.rsvp(event, "Brought", source="import", confirmed_at=None)
    make.rsvp(event, "Nameless", person=None)
    make.rsvp(event, "Gone", status="cancelled")
    make.rsvp(event, "Not", status="not_going")
    make.rsvp(event, "Typed", confirmed_at=None)
    lose_mail(make, make.rsvp(event, "Lost"))
    for look in ("#write", "[data-act=write]"):
        olga.open(f"/o/e/{event.slug}/guests/write?all=1")
        if look != "#write":
            olga.press("Look at the email", **TYPED)
        told = words_of(olga.one(f"{look} [data-skipped]"))
        assert told.startswith("5 of those you chose are skipped:")
        for kind in ("No address 1", "Cancelled 1", "Not coming 1"):
            assert kind in told
        for kind in ("Address not confirmed 1", "Email failed 1"):
            assert kind in told
    olga.press("Send 2 emails")
    assert len(messages_sent(make)) == 2
    (brought,) = (words for _, words in messages_sent(make) if "brought your name" in words.text)
    assert "May the other people coming see that you are too?" in brought.text


def test_who_only_waits_is_not_asked_as_if_they_came(make, event, olga):
    brought = {"source": "import", "confirmed_at": None}
    make.rsvp(event, "Waits", status="waitlisted", **brought)
    write(olga, event).press("Send the email")
    ((_, mailed),) = messages_sent(make)
    assert "If you do come, may the other people coming see it?" in mailed.text
    assert "that you are too" not in mailed.text


def test_where_it_is_stands_in_the_order_of_the_ticket(make, event, olga):
    with make.act():
        there = db.session.get_one(Event, event.id)
        there.place, there.exact_address = "Lavapiés", "Calle Mayor 7"
    write(olga, event, f"guest={make.rsvp(event).id}").press("Send the email")
    with make.act():
        rsvp = db.session.query(Rsvp).one()
        tickets.mail_ticket(rsvp, at=clock.now())
    for _, mailed in make.mails():
        assert "Calle Mayor 7, Lavapiés" in mailed.text


def test_the_first_email_of_who_was_brought_is_shown_beside_the_others(make, event, olga):
    for name in ("Ana", "Beto"):
        make.rsvp(event, name)
    make.rsvp(event, "Brought", source="import", confirmed_at=None)
    write(olga, event)
    labels = [words_of(one) for one in olga.page.select("[data-language]")]
    assert labels == ["English: 2", "English, their first email from you: 1"]
    own, first = (words_of(one) for one in olga.page.select("[data-mail]"))
    assert "because you answered" in own
    assert "brought your name" not in own
    assert "brought your name" in first


def test_a_failed_mail_about_no_guest_keeps_nobody_from_theirs(make, event, olga):
    make.rsvp(event, "Ana")
    make.rsvp(event, "Gone", status="cancelled")
    lose_mail(make, None)
    write(olga, event)
    assert words_of(olga.one("[data-skipped]")).endswith("skipped: Cancelled 1.")
    olga.press("Send the email")
    assert len(messages_sent(make)) == 1


def test_the_mail_has_the_words_as_text_and_as_html_and_answers_go_to_the_community(
    app, make, event, olga, mailbox
):
    make.rsvp(event, "Ana")
    write(
        olga,
        event,
        subject="Cold,\u2028Bcc: x@example.org <b>",
        words="<i>One</i>\nhttps://a.example.org/?x=1&y",
    )
    olga.press("Send the email")
    assert work(app) == 1
    (mail,) = mailbox.mails
    assert mail["Subject"] == "Cold, Bcc: x@example.org <b>"
    assert mail["Bcc"] is None
    assert mail["Reply-To"] == "hola@jueves.example.org"
    assert mail["List-Unsubscribe"] is None, "it is about their own answer"
    assert "<i>One</i>\nhttps://a.example.org/?x=1&y" in part(mail, "plain").replace("\r", "")
    html = part(mail, "html")
    assert "&lt;i&gt;One&lt;/i&gt;<br>" in html
    assert '<a href="https://a.example.org/?x=1&amp;y"' in html


def test_what_is_wrong_is_said_and_what_was_typed_stays(make, event, olga):
    make.rsvp(event, "Ana")
    write(olga, event, words="")
    assert olga.status == 422
    assert olga.codes() == ["required"]
    assert olga.one("[name=subject]")["value"] == "Bring a jumper"
    olga.press("Look at the email", words="x" * 5001)
    assert olga.codes() == ["too_long"]
    assert len(olga.one("[name=words]").text.strip()) == 5001
    olga.press("Look at the email", words="Hi", subject="Bell \x07")
    assert olga.codes() == ["control_characters"]
    assert make.mails() == []


def test_one_goes_back_from_the_question_and_writes_on(make, event, olga):
    make.rsvp(event, "Ana")
    write(olga, event).press("Go on writing")
    assert olga.one("[name=subject]")["value"] == "Bring a jumper"
    assert olga.one("[name=words]").text.strip() == TYPED["words"]
    olga.press("Look at the email", subject="Two jumpers")
    assert olga.one("[data-mail] h3").text == "Two jumpers"
    olga.press("Send the email")
    assert [words.subject for _, words in messages_sent(make)] == ["Two jumpers"]
    assert len(make.rows(OrganiserMessage)) == 1


def test_a_form_that_is_sent_again_mails_nobody_twice(make, event, olga):
    make.rsvp(event, "Ana")
    make.rsvp(event, "Beto")
    form = write(olga, event).one("[data-act] form")
    sent = form_data(form)
    assert olga.submit(form, sent).sees("2 emails are on their way.")
    assert olga.submit(form, sent).sees("nobody gets it twice")
    assert len(messages_sent(make)) == 2
    assert len(make.rows(OrganiserMessage)) == len(make.rows(AuditEntry)) == 1
    write(olga, event).press("Send 2 emails")  # the same words in a new form
    assert len(messages_sent(make)) == 4


def test_it_is_asked_again_once_another_would_be_mailed(make, event, olga):
    make.rsvp(event, "Ana")
    beto = make.rsvp(event, "Beto", status="cancelled")
    form = write(olga, event).one("[data-act] form")
    with make.act():
        actions.put(db.session.get_one(Rsvp, beto.id), "going", at=clock.now())
    olga.submit(form, form_data(form))
    assert olga.codes() == ["mails_changed"]
    assert make.mails() == []
    olga.press("Send 2 emails")
    assert len(messages_sent(make)) == 2


def test_once_nobody_is_left_it_says_so_and_keeps_what_was_typed(make, event, olga):
    ana = make.rsvp(event, "Ana")
    write(olga, event)
    with make.act():
        actions.cancel(db.session.get_one(Rsvp, ana.id), at=clock.now())
    olga.press("Send the email")
    assert olga.codes() == ["mails_changed"]
    assert olga.sees("This applies to none of them")
    assert olga.sees("1 of those you chose is skipped: Cancelled 1.")
    olga.press("Go on writing")
    assert olga.one("[name=subject]")["value"] == "Bring a jumper"
    assert olga.one("[name=words]").text.strip() == TYPED["words"]
    with make.act():
        actions.put(db.session.get_one(Rsvp, ana.id), "going", at=clock.now())
    olga.press("Look at the email").press("Send the email")
    assert len(messages_sent(make)) == 1


def test_a_second_tap_after_all_have_cancelled_says_that_it_was_sent(make, event, olga):
    ana, _ = make.rsvp(event, "Ana"), make.rsvp(event, "Beto")
    form = write(olga, event).one("[data-act] form")
    sent = {**form_data(form), "whom": whom.written([ana.id])}
    olga.submit(form, sent)
    with make.act():
        db.session.get_one(Rsvp, ana.id).status = "not_going"
    assert olga.submit(form, sent).sees("nobody gets it twice")
    assert len(messages_sent(make)) == 1


def test_one_guest_is_written_to_from_their_page_which_tells_it_then(make, event, olga):
    ana = make.rsvp(event, "Ana")
    make.rsvp(event, "Beto")
    olga.open(f"/o/e/{event.slug}/guests/{ana.id}").follow("Write to them…")
    assert olga.sees("Write to Ana")
    olga.press("Look at the email", **TYPED)
    assert olga.sees("Send this to Ana?")
    olga.press("Send the email")
    assert olga.url == f"/o/e/{event.slug}/guests/{ana.id}"
    line = olga.one(f"#happened [data-mail='{messages.MESSAGE}']")
    assert words_of(line.p) == "Olga Organiser wrote: Bring a jumper"
    assert "it's cold" in line.text
    assert line["data-state"] == MailState.WAITING
    assert len(messages_sent(make)) == 1
    with make.act():
        db.session.query(OutboxMail).delete()  # as after some months
    assert olga.open(olga.url).sees("Olga Organiser wrote: Bring a jumper")


def test_the_mails_of_the_event_tell_its_subject(make, event, olga):
    ana = make.rsvp(event, "Ana")
    write(olga, event).press("Send the email")
    olga.open(f"/o/e/{event.slug}/mail")
    row = olga.one(f"[data-rsvp='{ana.id}']")
    assert "Message from the hosts: Bring a jumper" in words_of(row)


def test_each_failed_message_is_sent_again_as_it_was(make, event, olga):
    make.rsvp(event, "Ana")
    write(olga, event).press("Send the email")
    write(olga, event, subject="Second").press("Send the email")
    with make.act():
        for mail in db.session.query(OutboxMail):
            mail.failed_at, mail.failure, mail.values = clock.now(), "refused", {}
    olga.open(f"/o/e/{event.slug}/mail/again")
    shown = {one.h3.text for one in olga.page.select("[data-mail]")}
    assert shown == {"Bring a jumper", "Second"}


def test_a_message_goes_to_the_address_that_is_right(make, event, olga):
    ana = make.rsvp(event, "Ana", source="import", confirmed_at=None)
    write(olga, event).press("Send the email")
    olga.open(f"/o/e/{event.slug}/guests/{ana.id}/address")
    olga.press("Correct it and send the email", email="right@example.org")
    assert [one.h3.text for one in olga.page.select("[data-mail]")][-1] == "Bring a jumper"
    olga.press("Yes, and send")
    assert [to for to, _ in messages_sent(make)] == ["right@example.org"]


@pytest.mark.parametrize("what", ["cancels", "over"])
def test_who_is_not_expected_any_more_gets_none(app, make, event, olga, mailbox, what):
    ana = make.rsvp(event, "Ana")
    write(olga, event).press("Send the email")
    with make.act():
        if what == "cancels":
            actions.cancel(db.session.get_one(Rsvp, ana.id), at=clock.now())
        else:
            there = db.session.get_one(Event, event.id)
            there.starts_at -= timedelta(days=9)
            there.ends_at -= timedelta(days=9)
    work(app)
    assert "Bring a jumper" not in [mail["Subject"] for mail in mailbox.mails]
    assert not make.rows(Notice, kind="message")


def test_nobody_is_written_to_about_what_is_over(make, olga):
    past = make.event(make.row(Community), starts_at=clock.now() - timedelta(days=2))
    make.rsvp(past, "Ana")
    assert not olga.open(f"/o/e/{past.slug}/guests").page.select("[formaction$='/write']")
    olga.open(f"/o/e/{past.slug}/guests/write?all=1")
    assert (olga.status, olga.codes()) == (409, ["event_over"])


def test_a_mailbox_gets_so_many_an_hour_whoever_writes(make, browser, event, olga):
    ana = make.rsvp(event, "Ana")
    for _ in range(CAP_MAILS):
        write(olga, event).press("Send the email")
    make.rsvp(event, "Beto")
    write(olga, event)
    assert olga.sees("Too many emails to one mailbox 1")
    olga.press("Send the email")
    assert len(messages_sent(make)) == CAP_MAILS + 1
    other = make.event()
    pia = organiser_of(make, browser, other)
    make.rsvp(other, "Own")
    form = write(pia, other).one("[data-act] form")
    pia.submit(form, {**form_data(form), "whom": whom.written([ana.id]), "then": "edit"})
    assert "skipped" not in pia.text, "another community's guests are nobody here"


def test_all_spellings_of_a_mailbox_are_one(make, event, olga):
    for number in range(CAP_MAILS + 3):
        person = make.person(f"ven.tas+{number}@example.org")
        make.rsvp(event, f"Guest {number}", person=person)
    make.rsvp(event, "Beto")
    write(olga, event)
    assert olga.sees(f"Send this to {CAP_MAILS + 1} guests?")
    assert olga.sees("Too many emails to one mailbox 3")
    olga.press(f"Send {CAP_MAILS + 1} emails")
    assert len(messages_sent(make)) == CAP_MAILS + 1


def test_a_portion_counts_what_it_mails_itself(make, event):
    ids = []
    for number in range(CAP_MAILS + 3):
        person = make.person(f"ventas+{number}@example.org")
        ids.append(make.rsvp(event, f"Guest {number}", person=person).id)
    by_id = make.person().id
    act = writing.writing(writing.Written(**TYPED, form_id="1", by_id=by_id))
    doing = Doing(clock.now(), record=lambda *_, **__: None)
    counts = []
    for some in (ids[:4], ids, ids):
        with make.act():
            there = db.session.get_one(Event, event.id)
            counts.append(act.do(there, locked(there, act, some), doing))
    assert counts == [4, 2, 0], "those who have it take nothing of what is left"
    assert len(messages_sent(make)) == CAP_MAILS


def test_who_gets_none_anyway_is_skipped_for_that(make, event, olga):
    ana = make.rsvp(event, "Ana")
    for _ in range(CAP_MAILS):
        write(olga, event).press("Send the email")
    make.rsvp(event, "Beto")
    with make.act():
        actions.cancel(db.session.get_one(Rsvp, ana.id), at=clock.now())
    write(olga, event)
    assert words_of(olga.one("[data-skipped]")).endswith("skipped: Cancelled 1.")


def test_the_words_are_forgotten_with_the_last_who_got_them(make, event, olga):
    ana = make.rsvp(event, "Ana")
    write(olga, event).press("Send the email")
    make.due(forget_messages)
    assert len(make.rows(OrganiserMessage)) == 1
    with make.act():
        actions.forget_notices(db.session.get_one(Rsvp, ana.id))
    make.due(forget_messages)
    assert make.rows(OrganiserMessage) == []


def test_nobody_ticked_is_said(make, event, olga):
    make.rsvp(event, "Ana")
    olga.open(f"/o/e/{event.slug}/guests/write")
    assert olga.sees("Nobody is ticked")
    olga.follow("The only one of this list")
    assert olga.sees("Write to Ana")
    olga.open(f"/o/e/{event.slug}/guests/write?guest=999999")
    assert olga.sees("Nobody is ticked")


def test_both_sides_find_it_in_what_is_kept_of_them(app, make, event, olga):
    ana = make.rsvp(event, "Ana").person
    write(olga, event).press("Send the email")
    olga_herself = make.row(OrganiserMessage).by_id
    said = {"subject": TYPED["subject"], "words": TYPED["words"]}
    with app.app_context():
        told = everything_about(db.session.get_one(Person, ana.id), at=clock.now())
        wrote = everything_about(db.session.get_one(Person, olga_herself), at=clock.now())
    assert [one["message"] for one in told["told_to_you"]] == [said]
    (written,) = wrote["messages_you_wrote_as_a_host"]
    assert written.items() >= {**said, "event": event.title}.items()
    assert told["messages_you_wrote_as_a_host"] == []


@pytest.mark.slow
def test_two_taps_at_the_same_moment_mail_nobody_twice(app, make):
    community = make.community()
    event = make.event(community)
    ids = whom.written(make.rsvp(event, f"Guest {number}").id for number in range(40))
    sent = {**TYPED, "whom": ids, "mails_seen": ids, "form_id": new_secret()}
    organiser = session_of(make, make.organiser(community))
    tap = Tap(f"/o/e/{event.slug}/guests/write", organiser, sent)
    assert race(app, [tap], [tap], [tap]) == [[303]] * 3
    assert len(make.rows(OrganiserMessage)) == 1
    told = [mail.about_id for mail in make.rows(OutboxMail)]
    assert len(told) == len({*told}) == 40
    assert sum(entry.count for entry in make.rows(AuditEntry)) == 40
