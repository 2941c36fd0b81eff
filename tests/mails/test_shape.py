"""Every kind of mail as a mail program gets it: from whom, where answers go, how wide it is."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from eventapp.core.db import db
from eventapp.core.mail import message
from eventapp.core.outbox import OutboxMail
from eventapp.events.queries import mail_values
from eventapp.mails.kinds import _SAYS_NOW
from eventapp.model import Community, Event
from tests.chromium import PHONE, Engine
from tests.mailbox import pictures_in
from tests.mails.test_letterhead import SAID
from tests.make import Make

pytestmark = pytest.mark.one_database
TICKET = "http://localhost/t/0123456789abcdefghijkl"
OF_SOMEBODY = "events/mail/question"  # an answer goes to who asks
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


@pytest.fixture
def community(make: Make) -> Community:
    return make.community(name="Los Jueves, 2ª", contact_email="hola@jueves.example.org")


def sent(app: Flask, event: Event, template: str, **more: Any) -> EmailMessage:
    with app.app_context():
        about = mail_values(db.session.get_one(Event, event.id))
        news = {**about, "url": about["event_url"], "picture": about["head"]["picture"]}
        values = {**SAID, **about, "events": [news], "qr": TICKET, **more}
        mail = OutboxMail(template=template, language="es", values=values, to_email="a@b.org")
        mail.message_id = "<1@example.org>"
        return message(mail)


@pytest.mark.parametrize("template", sorted(_SAYS_NOW))
def test_every_mail_is_from_its_community_which_gets_the_answers(
    app: Flask, make: Make, community: Community, template: str
) -> None:
    reply_to = "ana@example.org" if template == OF_SOMEBODY else None
    mail = sent(app, make.event(community), template, reply_to=reply_to)
    (sender,) = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Los Jueves, 2ª", "no-reply@example.org")
    assert mail["Reply-To"] == (reply_to or "hola@jueves.example.org")


def test_only_mails_that_are_not_about_ones_own_answer_can_be_ended(app: Flask) -> None:
    loader = app.jinja_env.loader
    assert loader is not None
    ended = {
        template
        for template in _SAYS_NOW
        if "unsubscribe_url" in loader.get_source(app.jinja_env, f"{template}.mail")[0]
    }
    about_met = {f"met/mail/{name}" for name in ("morning_after", "did_you_meet", "follow_up")}
    asked = {f"introductions/mail/{name}" for name in ("asked", "pass_asked", "what_came")}
    afterwards = {"impressions/mail/ask_quote", "impressions/mail/recap"}
    told = {"follow/mail/news", "guests/mail/requests", *afterwards}
    assert ended == {*about_met, *asked, *told}


def test_a_mail_of_no_community_is_from_this_site(app: Flask, make: Make) -> None:
    mail = sent(app, make.event(), "account/mail/sign_in", head=None, reply_to=None)
    assert mail["From"] == "eventapp <no-reply@example.org>"
    assert mail["Reply-To"] is None


def test_the_ticket_is_within_the_mail_black_on_white(app: Flask, make: Make) -> None:
    mail = sent(app, make.event(), "rsvp/mail/answered")
    (part,) = pictures_in(mail)
    assert f'src="cid:{part["Content-ID"].strip("<>")}"' in html_of(mail)
    picture = Image.open(BytesIO(part.get_content())).convert("RGB")
    assert zxingcpp.read_barcodes(picture)[0].text == TICKET
    assert {colour for _, colour in picture.getcolors()} == {(0, 0, 0), (255, 255, 255)}


def test_no_mail_is_wider_than_a_phone_whatever_the_names(
    app: Flask, make: Make, chromium_engine: Engine
) -> None:
    assert len(LONG) >= 60
    event = make.event(make.community(name=LONG), title=LONG, place=LONG)
    page = chromium_engine.new_page(viewport=PHONE)
    page.route("**/*", lambda route: route.abort())
    row = {"name": LONG, "title": LONG, "url": TICKET}
    more: dict[str, Any] = {
        "name": LONG,
        "community": LONG,
        "by": LONG,
        "words": [LONG],
        "message": LONG,
        "whole_place": LONG,
        "told": LONG,
        "quotes": [[LONG, LONG]],
        "reason": [LONG],
        "purpose": [LONG],
        "said": [LONG],
        **dict.fromkeys(
            ("one", "other", "introducer", "line", "passer", "to_name", "to_line"), LONG
        ),
    }
    more |= {"asking": [row], "confirmed": [row], "people": [row], "private_link": TICKET + LONG}
    widths = {}
    for template in sorted(_SAYS_NOW):
        page.set_content(html_of(sent(app, event, template, **more)))
        widths[template] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert len(widths) == len(_SAYS_NOW)
    assert widths == dict.fromkeys(widths, PHONE["width"])


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())
