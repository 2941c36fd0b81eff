"""Compose a mail from one template, as text and as HTML.

A mail template has a block `subject` and a block `body`; the body writes only through the macros of
`mail` (paragraph, button, digits, …). It is rendered twice, once with the macros of
`ui/mail/text.jinja` and once with those of `ui/mail/html.jinja`.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from typing import Any

import segno
from flask import current_app
from jinja2 import Environment

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


def _environment(form: str) -> Environment:
    environments = current_app.extensions.setdefault("mail_environments", {})
    if form not in environments:
        environments[form] = current_app.jinja_env.overlay(autoescape=form == "html")
    environment: Environment = environments[form]
    return environment


def _render(mail: OutboxMail, block: str, form: str) -> Any:
    environment = _environment(form)
    template = environment.get_template(f"{mail.template}.mail")
    macros = environment.get_template(f"ui/mail/{form}.jinja").make_module()
    context = template.new_context({**mail.values, "mail": macros})
    written = "".join(template.blocks[block](context))
    return environment.call_filter("safe", written) if form == "html" else written


def message(mail: OutboxMail) -> EmailMessage:
    """The mail as it is sent: text, HTML, and the `qr` of its values (the text of a QR code)
    attached as a picture. With an `unsubscribe_url`, mail programs show a button that ends it. An
    answer goes to the `reply_to` of its values, if there is one.
    """
    words = compose(mail)
    result = EmailMessage()
    result["From"] = current_app.config["MAIL_FROM"]
    result["To"] = email_on_the_wire(mail.to_email)
    if reply_to := mail.values.get("reply_to"):
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
        picture = BytesIO()
        segno.make(qr, error="m").save(picture, kind="png", scale=8, border=4)
        result.add_attachment(
            picture.getvalue(), maintype="image", subtype="png", filename="ticket.png"
        )
    return result
