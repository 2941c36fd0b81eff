"""The form of badges: which labels, for whom, with what on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.badges.choice import Choice
from eventapp.badges.formats import BY_CODE, FORMATS, ROLL, Format
from eventapp.badges.queries import Chosen
from eventapp.core import zones
from eventapp.core.fields import FormIdField, LocalTimeField, NumberField
from eventapp.core.forms import Form, HiddenField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import Event

PARTS_MOST = 1000
BLANKS_MOST = 50
MOST_ON_A_SHEET = max(each.per_sheet for each in FORMATS)


class BadgesForm(Form):
    """The query string of the badges' addresses. Requests with it change nothing."""

    format = SelectField(_l("Labels"), default=FORMATS[0].code)
    group = SelectField(
        _l("For whom"),
        default="going",
        choices=[
            SelectChoice("going", _l("Everybody who's coming")),
            SelectChoice("not_in", _l("Whoever isn't in yet")),
        ],
    )
    since = LocalTimeField(_l("Only those added since"), needed=False)
    line = SelectField(_l("Below the name"), default="")
    companions = SelectField(
        _l("Companions"),
        default="blank",
        choices=[
            SelectChoice("blank", _l("By name, or blank")),
            SelectChoice("guest_of", _l("By name, or “Guest of…”")),
            SelectChoice("named", _l("Only by name")),
            SelectChoice("none", _l("No badges")),
        ],
    )
    companion_line = SelectField(
        _l("Below a companion's name"),
        default="with",
        choices=[
            SelectChoice("with", _l("Who they come with")),
            SelectChoice("nothing", _l("Nothing")),
        ],
    )
    blanks = NumberField(_l("Blank badges"), least=0, most=BLANKS_MOST, needed=False, default=0)
    start = NumberField(_l("First free label"), least=1, most=MOST_ON_A_SHEET, default=1)
    part = NumberField(least=1, most=PARTS_MOST, default=1)
    guest = HiddenField()

    instant: datetime | None  # that `since` means

    def __init__(self, event: Event, sent: MultiDict[str, str], titles: Sequence[str]) -> None:
        """`titles` are the questions that guests answered, one of which goes below the name."""
        one = {"format": ROLL.code} if sent.get("guest") else {}
        super().__init__(formdata=sent, **one)
        self.tz, self.instant = event.tz, None
        self.format.choices = [SelectChoice(each.code, _words(each)) for each in FORMATS]
        self.line.choices = [
            SelectChoice("", gettext("Nothing")),
            *(SelectChoice(title, title) for title in titles),
        ]

    def validate_start(self, field: Field) -> None:
        label = BY_CODE.get(self.format.data)
        if label and field.data and field.data > label.per_sheet:
            words = gettext("This sheet has %(count)s labels.", count=label.per_sheet)
            raise invalid("start", words)

    def validate_guest(self, field: Field) -> None:
        if field.data and not (field.data.isdecimal() and len(field.data) <= 9):
            raise invalid("guest", gettext("There is no such guest."))

    def validate_since(self, field: Field) -> None:
        try:
            self.instant = zones.instant(field.data, self.tz) if field.data else None
        except zones.TimeDoesNotExist as no:
            raise invalid(no.code, str(no)) from no

    @property
    def choice(self) -> Choice:
        guest = int(self.guest.data) if self.guest.data else None
        return Choice(
            self.format.data,
            Chosen(self.group.data, self.instant, guest, self.companions.data),
            self.line.data,
            first_label=self.start.data,
            part=self.part.data,
            companion_line=self.companion_line.data,
            blanks=self.blanks.data or 0,
        )

    @property
    def offered(self) -> list[Field]:
        """The fields that the page shows: for the badge of one guest, none that choose guests."""
        hidden = {"part", "guest", "form_id", "csrf_token"}
        if self.guest.data:
            hidden |= {"group", "since", "blanks"}
        return [field for field in self if field.name not in hidden]

    def address(self, **other: Any) -> dict[str, Any]:
        """The query string that asks for the same badges again."""
        chosen = [field for field in self if field.name != "form_id" and field.raw_data]
        sent = {field.name: field.raw_data[0] for field in chosen}
        return {name: value for name, value in (sent | other).items() if value}


class SheetForm(BadgesForm):
    """The same, to have the worker draw them."""

    form_id = FormIdField()  # sent twice, it is one sheet


def _words(label: Format) -> str:
    if label.per_sheet == 1:
        return f"{label.name}: {label.paper.name}"
    words: str = gettext(
        "%(name)s: %(count)s on %(paper)s, %(width)s × %(height)s mm",
        name=label.name,
        count=label.per_sheet,
        paper=label.paper.name,
        width=f"{label.width:.0f}",
        height=f"{label.height:.0f}",
    )
    return words
