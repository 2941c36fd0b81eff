"""The form of a contact card, with a tick for each field that is shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import Field, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.contacts import card_values
from eventapp.core.edits import EditForm
from eventapp.core.errors import Refusal
from eventapp.core.forms import LineField, LinesField, invalid
from eventapp.core.i18n import gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.phones import REGION_OF_ALL_ELSE, grouped_phone, normal_phone
from eventapp.model import CARD_FIELDS, NAME_PARTS
from eventapp.model.limits import CARD_ABOUT_MOST, CARD_LINE_MOST, CARD_LINK_MOST, CARD_PHONE_MOST

EMPTY = {"placeholder": " "}  # so that styles see whether a field is filled in

# What each field of a card is called in a sentence.
FIELD_WORDS = {
    "email": _l("email"),
    "phone": _l("phone"),
    "company": _l("company"),
    "role": _l("what you do"),
    "linkedin": "LinkedIn",
    "web": _l("web page"),
    "about": _l("about you"),
}


def normalised(field: Field, normalise: Callable[..., str], **more: Any) -> None:
    """A filter that replaces what was typed by its normal form; refused input stays as typed."""
    if field.data:
        try:
            field.data = normalise(field.data, **more)
        except Refusal as no:
            raise invalid(no.code, str(no)) from no


class CardForm(EditForm):
    """The card, field by field, and beside each the tick that shares it."""

    # Where a phone number without + is dialled: in the first if it can be, else in another.
    regions: Sequence[str] = (REGION_OF_ALL_ELSE,)

    given_name = LineField(
        _l("Given name"), most=CARD_LINE_MOST, render_kw={"autocomplete": "given-name", **EMPTY}
    )
    family_name = LineField(
        _l("Family name"), most=CARD_LINE_MOST, render_kw={"autocomplete": "family-name", **EMPTY}
    )
    phone = LineField(
        _l("Phone"),
        most=CARD_PHONE_MOST,
        filters=[grouped_phone],
        render_kw={"type": "tel", "inputmode": "tel", "autocomplete": "tel", **EMPTY},
    )
    company = LineField(
        _l("Company"), most=CARD_LINE_MOST, render_kw={"autocomplete": "organization", **EMPTY}
    )
    role = LineField(
        _l("What you do there"),
        most=CARD_LINE_MOST,
        render_kw={"autocomplete": "organization-title", **EMPTY},
    )
    linkedin = LineField(
        "LinkedIn",
        most=CARD_LINK_MOST,
        render_kw={
            "inputmode": "url",
            "autocapitalize": "off",
            "placeholder": "linkedin.com/in/ana-ruiz",
        },
    )
    web = LineField(
        _l("Web page"),
        most=CARD_LINK_MOST,
        render_kw={"inputmode": "url", "autocapitalize": "off", "autocomplete": "url", **EMPTY},
    )
    about = LinesField(_l("About you"), most=CARD_ABOUT_MOST, render_kw=EMPTY)
    share = SelectMultipleField(
        _l("What you share"),
        choices=[
            SelectChoice("email", _l("Share my email")),
            SelectChoice("phone", _l("Share my phone")),
            SelectChoice("company", _l("Share my company")),
            SelectChoice("role", _l("Share what I do")),
            SelectChoice("linkedin", _l("Share my LinkedIn")),
            SelectChoice("web", _l("Share my web page")),
            SelectChoice("about", _l("Share this text")),
        ],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def validate_phone(self, field: Field) -> None:
        region, *others = self.regions
        normalised(field, normal_phone, region=region, others=others)

    def validate_linkedin(self, field: Field) -> None:
        normalised(field, card_values.normal_linkedin)

    def validate_web(self, field: Field) -> None:
        normalised(field, card_values.normal_web)

    def validate_share(self, field: Field) -> None:
        known = {choice.value for choice in field.choices}
        if not known.issuperset(field.data or ()):
            raise invalid("share", gettext("There is no such field on a card."))

    @property
    def ticks(self) -> dict[str, Field]:
        """The tick of each field, by the field's name."""
        return {tick.choice.value: tick for tick in self.share}

    @property
    def written(self) -> dict[str, str]:
        """The fields of the card; the e-mail address is the person's own."""
        return {
            name: field.data or ""
            for name, field in self._fields.items()
            if name in (*NAME_PARTS, *CARD_FIELDS)
        }
