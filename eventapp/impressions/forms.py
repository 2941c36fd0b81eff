"""The forms of an impression: a new one, and one that is changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.core.edits import EditForm
from eventapp.core.fields import FormIdField, RadioField
from eventapp.core.forms import Form, LineField, LinesField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.core.picture_field import PictureField
from eventapp.core.picture_files import Files, files_in
from eventapp.impressions.actions import Said
from eventapp.impressions.queries import AUDIENCES
from eventapp.model import COVER_WIDTHS, JPEG_WIDTH, Audience, Event, Impression
from eventapp.model.limits import ALT_MOST, IMPRESSION_MOST, RECAP_MOST


class _Impression(EditForm):
    words = LinesField(
        _l("In a sentence or two"), most=IMPRESSION_MOST, needed=True, render_kw={"rows": 3}
    )
    talk = SelectField(_l("What it's about"), default="")
    audience = RadioField(
        _l("Who may read it"),
        choices=[SelectChoice(*one) for one in AUDIENCES.items()],
        default=Audience.ATTENDEES,
    )

    def offer_talks(self, event: Event, *kept: str) -> None:
        """Those of the programme, and what it was about before, under whatever title."""
        titles = dict.fromkeys((*(talk.title for talk in event.talks), *filter(None, kept)))
        whole = SelectChoice("", _l("The whole event"))
        self.talk.choices = [whole, *(SelectChoice(title, title) for title in titles)]

    def said(self) -> Said:
        return Said(self.words.data, self.audience.data, self.talk.data or "")


class ImpressionForm(_Impression):
    form_id = FormIdField(default=new_secret)  # sent twice, it is one impression

    def __init__(self, event: Event, **more: Any) -> None:
        super().__init__(**more)
        self.offer_talks(event)


class RecapForm(EditForm):
    words = LinesField(_l("Your words"), most=RECAP_MOST, render_kw={"rows": 6})
    shows_numbers = BooleanField(_l("Say how many came, and how many for the first time"))


class PictureForm(Form):
    picture = PictureField(_l("The picture"))
    alt = LineField(_l("What it shows, in words"), most=ALT_MOST, needed=True)

    def validate_picture(self, field: PictureField) -> None:
        """Said with what else is missing, and not after it."""
        if not field.data:
            raise invalid("required", gettext("Choose a picture first."))

    def read(self) -> Files | None:
        """The uploaded picture. None if it is refused; the field then has the error."""
        return self.picture.read(lambda upload: files_in(upload, COVER_WIDTHS, JPEG_WIDTH))


class ChangeForm(_Impression):
    def __init__(self, impression: Impression, **more: Any) -> None:
        super().__init__(obj=impression, **more)
        self.impression_id = impression.id
        self.offer_talks(impression.event, impression.talk)
        for field in self._fields_shown():  # many on a page
            field.id = field.label.field_id = f"{field.name}-{impression.id}"

    def _fields_shown(self) -> Iterator[Any]:
        return (field for field in self if field.name != "made_from")
