"""Compose a mail from one template, as text and as HTML.

A mail template has a block `subject` and a block `body`; the body writes only through the macros of
`mail` (paragraph, button, digits, …). It is rendered twice, once with the macros of
`ui/mail/text.jinja` and once with those of `ui/mail/html.jinja`; and with those of
`ui/mail/preview.jinja` for who is shown the mail of somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from io import BytesIO
from typing import Any

import segno
from flask import current_app
from jinja2 import Environment
from markupsafe import Markup

from eventapp.core import clock
from eventapp.core.i18n import force_locale
from eventapp.core.outbox import OutboxMail
from eventapp.core.text import email_on_the_wire


@dataclass(frozen=True)
class Composed:
    subject: str
    text: str
    html: str


def compose(mail: OutboxMail) -> Composed:
    """The text of a mail, in its language."""
    with force_locale(mail.language):
        subject = " ".join(_render(mail, "subject", "text").split())
        text = _render(mail, "body", "text").strip() + "\n"
        html = _render(mail, "body", "html")
        shell = _environment("html").get_template("ui/mail/shell.html")
        head = mail.values.get("head")
        page = shell.render(subject=subject, body=html, language=mail.language, head=head)
    return Composed(subject, text, page)


@dataclass(frozen=True)
class Preview:
    """A mail as whoever has it sent may see it: with nothing in it that is its reader's alone, as
    links, tickets and digits are.
    """

    language: str
    subject: str
    body: Markup


def preview(mail: OutboxMail) -> Preview:
    with force_locale(mail.language):
        subject = " ".join(_render(mail, "subject", "text").split())
        return Preview(mail.language, subject, _render(mail, "body", "preview"))


def _environment(form: str) -> Environment:
    environments = current_app.extensions.setdefault("mail_environments", {})
    if form not in environments:
        environments[form] = current_app.jinja_env.overlay(autoescape=form != "text")
    environment: Environment = environments[form]
    return environment


def _render(mail: OutboxMail, block: str, form: str) -> Any:
    environment = _environment(form)
    template = environment.get_template(f"{mail.template}.mail")
    macros = environment.get_template(f"ui/mail/{form}.jinja").make_module()
    context = template.new_context({**mail.values, "mail": macros})
    written = "".join(template.blocks[block](context))
    return environment.call_filter("safe", written) if form != "text" else written


def message(mail: OutboxMail) -> EmailMessage:
    """The mail as it is sent: text, and HTML with the picture of the `qr` of its values (the text
    of a QR code), and the entry for a calendar that is its `calendar`. It is from whom its `head`
    names, at this installation's address. With an `unsubscribe_url`, mail programs show a button
    that ends it. An answer goes to the `reply_to` of its values, or of its head, if there is one.
    """
    words, head = compose(mail), mail.values.get("head") or {}
    result = EmailMessage()
    result["From"] = _sender(head.get("name"))
    result["To"] = email_on_the_wire(mail.to_email)
    if reply_to := mail.values.get("reply_to") or head.get("reply_to"):
        result["Reply-To"] = email_on_the_wire(reply_to)
    result["Subject"] = words.subject
    result["Date"] = format_datetime(clock.now())
    result["Message-ID"] = mail.message_id
    result["Auto-Submitted"] = "auto-generated"
    if url := mail.values.get("unsubscribe_url"):  # RFC 8058
        result["List-Unsubscribe"] = f"<{url}>"
        result["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    result.set_content(words.text)
    result.add_alternative(words.html, subtype="html")
    if qr := mail.values.get("qr"):
        _show_picture(result, qr)
    if calendar := mail.values.get("calendar"):
        _invite(result, **calendar)
    return result


def _sender(name: str | None) -> Address:
    """MAIL_FROM, under another name if there is one."""
    own_name, address = parseaddr(current_app.config["MAIL_FROM"])
    return Address(" ".join((name or own_name).split()), addr_spec=address)


def _show_picture(mail: EmailMessage, qr: str) -> None:
    """Add a QR code, black on white, as the picture that `ui/mail/html.jinja` shows: within the
    mail, so that it is there without network too, and no other server sees it.
    """
    picture = BytesIO()
    segno.make(qr, error="m").save(picture, kind="png", scale=8, border=4)
    html = mail.get_body(("html",))
    assert html is not None  # noqa: S101  `message` has added it
    html.add_related(
        picture.getvalue(), "image", "png", cid="<ticket@eventapp>", filename="ticket.png"
    )


def _invite(mail: EmailMessage, *, method: str, text: str) -> None:
    """Add an entry for the reader's calendar, twice, as mail programs differ in what they heed: as
    another form of the mail (RFC 6047), and as a file.
    """
    mail.add_alternative(
        text, subtype="calendar", cte="quoted-printable", params={"method": method}
    )
    mail.add_attachment(text.encode(), "application", "ics", filename="invite.ics")
