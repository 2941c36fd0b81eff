"""The forms of a report to the organisers, and of their answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from eventapp.conduct.actions import Said
from eventapp.core.fields import FormIdField
from eventapp.core.forms import Form, LinesField
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import new_secret
from eventapp.model import Organiser
from eventapp.model.limits import REPORT_MOST


class ReportForm(Form):
    form_id = FormIdField(default=new_secret)  # sent twice, it is one report
    words = LinesField(_l("What happened"), most=REPORT_MOST, needed=True, render_kw={"rows": 5})
    named = BooleanField(_l("The hosts who read it may see my name"))

    def said(self) -> Said:
        return Said(self.words.data, names_reporter=self.named.data)


class EventReportForm(ReportForm):
    """Of the event, or of one of the hosts who are named on public pages."""

    about = SelectField(_l("Is it about one of the hosts?"), validate_choice=True)

    def __init__(self, hosts: Sequence[Organiser], **more: Any) -> None:
        super().__init__(**more)
        self.hosts = {str(host.id): host for host in hosts}
        names = (SelectChoice(id_, host.person.name) for id_, host in self.hosts.items())
        self.about.choices = [SelectChoice("", _l("No")), *names]
        self.about.data = self.about.data or ""

    @property
    def host(self) -> Organiser | None:
        return self.hosts.get(self.about.data)


class AnswerForm(Form):
    form_id = FormIdField(default=new_secret)
    words = LinesField(_l("Your answer"), most=REPORT_MOST, needed=True, render_kw={"rows": 3})

    def __init__(self, report_id: int, **more: Any) -> None:
        super().__init__(**more)
        for field in (self.form_id, self.words):
            field.id = field.label.field_id = f"{field.name}-{report_id}"  # many on a page
