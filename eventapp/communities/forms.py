"""The forms of a community's settings and organisers."""

from __future__ import annotations

from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.communities.actions import Settings
from eventapp.core import text
from eventapp.core.edits import EditForm
from eventapp.core.fields import NumberField, ZoneField
from eventapp.core.forms import EmailField, Form, LineField, LinesField, invalid
from eventapp.core.i18n import LANGUAGES, gettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.public import may_link_to
from eventapp.model.limits import (
    COMMUNITY_ABOUT_MOST,
    COMMUNITY_LINKS_MOST,
    COMMUNITY_NAME_MOST,
    DATA_CONTROLLER_MOST,
    KEEP_MONTHS_MOST,
    MET_MAIL_HOURS,
    SYNONYMS_MOST,
)

SAME_LEAST = 2  # phrases of a line of synonyms


def _hour(chosen: object) -> int | None:
    """The hour that was chosen; None stands for none. Raises ValueError."""
    return None if chosen in (None, "") else int(str(chosen))


class SettingsForm(EditForm):
    name = LineField(_l("Name"), most=COMMUNITY_NAME_MOST, needed=True)
    about = LinesField(_l("About the community"), most=COMMUNITY_ABOUT_MOST, render_kw={"rows": 5})
    links = LinesField(_l("Its pages elsewhere"), most=COMMUNITY_LINKS_MOST, render_kw={"rows": 3})
    synonyms = LinesField(
        _l("Topics that mean the same"), most=SYNONYMS_MOST, render_kw={"rows": 4}
    )
    language = SelectField(
        _l("Language of its emails"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )
    tz = ZoneField(_l("Time zone"))
    data_controller = LineField(
        _l("Who is responsible for people's data"), most=DATA_CONTROLLER_MOST, needed=True
    )
    contact_email = EmailField(_l("Address for questions"), render_kw={"autocomplete": "email"})
    keep_months = NumberField(_l("Months to keep it"), least=1, most=KEEP_MONTHS_MOST)
    keep_impressions_months = NumberField(
        _l("Months to keep impressions and questions"), least=1, most=KEEP_MONTHS_MOST, needed=False
    )
    keep_pictures_months = NumberField(
        _l("Months to keep pictures"), least=1, most=KEEP_MONTHS_MOST, needed=False
    )
    keep_introductions_months = NumberField(
        _l("Months to keep introductions"), least=1, most=KEEP_MONTHS_MOST, needed=False
    )
    keep_passed_months = NumberField(
        _l("Months to keep contacts passed on"), least=1, most=KEEP_MONTHS_MOST, needed=False
    )
    met_mail_hour = SelectField(
        _l("Email guests “Who did you meet?”"),
        coerce=_hour,
        choices=[
            SelectChoice("", _l("not at all")),
            *(SelectChoice(hour, f"{hour:02}:00") for hour in MET_MAIL_HOURS),
        ],
    )

    def validate_links(self, field: Field) -> None:
        lines = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
        addresses = [line if "://" in line else f"https://{line}" for line in lines]
        for address in addresses:
            if not address.startswith(("https://", "http://")) or not may_link_to(address):
                words = gettext("This isn't a web address: %(address)s", address=address)
                raise invalid("links", words)
        field.data = "\n".join(addresses)

    def validate_synonyms(self, field: Field) -> None:
        lines = [text.clean_line(line) for line in (field.data or "").splitlines()]
        for line in filter(None, lines):
            if sum(bool(text.words(phrase)) for phrase in line.split("=")) < SAME_LEAST:
                words = gettext("Two phrases or more, with = between them: %(line)s", line=line)
                raise invalid("synonyms", words)
        field.data = "\n".join(filter(None, lines))

    def typed(self) -> Settings:
        return Settings(**{name: self[name].data for name in Settings.__dataclass_fields__})


class OrganiserForm(Form):
    """The address of another organiser."""

    email = EmailField(_l("Email"), render_kw={"autocomplete": "off"})
