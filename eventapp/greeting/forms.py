"""What a guest chooses about whom they meet."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField

from eventapp.core.edits import EditForm
from eventapp.core.forms import LineField
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.greeting.actions import Choice
from eventapp.model import LINES, Rsvp
from eventapp.model.limits import LINE_MOST


class MeetForm(EditForm):
    """Ticks alone. None is ticked by default."""

    may_be_suggested = BooleanField(_l("I may be suggested to others, and they to me"))
    wants_a_host = BooleanField(_l("I'd like a host to greet me"))
    hosts = BooleanField(_l("I'd greet people who are new"))
    badge_tells = BooleanField(_l("My name badge may say that I am new here, or a host"))

    def __init__(self, rsvp: Rsvp, **more: Any) -> None:
        is_own = not rsvp.is_unproven
        ticks = {name: is_own and getattr(rsvp, name) for name in TICKS}
        super().__init__(**ticks, hosts=is_own and rsvp.hosts_since is not None, **more)

    def chosen(self) -> Choice:
        return Choice(hosts=self.hosts.data, **{name: self[name].data for name in TICKS})


TICKS = ("may_be_suggested", "wants_a_host", "badge_tells")


class MeetAndTopicsForm(MeetForm):
    """With the three lines, once the guest's answer can no longer be changed."""

    ask_me_about = LineField(_l("Ask me about"), most=LINE_MOST)
    want_to_learn = LineField(_l("I want to learn"), most=LINE_MOST)
    looking_for = LineField(_l("I'm looking for"), most=LINE_MOST)

    def __init__(self, rsvp: Rsvp, **more: Any) -> None:
        super().__init__(rsvp, **{line.key: getattr(rsvp, line.key) for line in LINES}, **more)

    def chosen(self) -> Choice:
        lines = self.ask_me_about.data, self.want_to_learn.data, self.looking_for.data
        ask, learn, seek = (line or "" for line in lines)
        ticks = {name: self[name].data for name in (*TICKS, "hosts")}
        return Choice(**ticks, lines=(ask, learn, seek))
