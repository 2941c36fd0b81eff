"""An entry of the audit log as a sentence, without its subject, which is shown before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventapp.core.i18n import gettext, ngettext
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import NOBODY, Actor, AuditEntry, AuditVerb

WORDS: Mapping[str, Any] = {
    AuditVerb.SETTINGS_CHANGED: _l("changed the community's settings: %(fields)s"),
    AuditVerb.ORGANISER_ADDED: _l("made %(person)s an organiser"),
    AuditVerb.ORGANISER_REMOVED: _l("removed %(person)s as an organiser"),
    AuditVerb.ORGANISER_NAMED: _l("agreed to be named on public pages"),
    AuditVerb.ORGANISER_UNNAMED: _l("took their name off public pages"),
    AuditVerb.PORTRAIT_UPLOADED: _l("added their picture to public pages"),
    AuditVerb.PORTRAIT_REMOVED: _l("removed their picture from public pages"),
    AuditVerb.LOGO_UPLOADED: _l("uploaded a logo"),
    AuditVerb.LOGO_REMOVED: _l("removed the logo"),
    AuditVerb.EVENT_SCHEDULED: _l("added the event as a draft"),
    AuditVerb.EVENT_COPIED: _l("copied an event as this draft"),
    AuditVerb.EVENT_CHANGED: _l("changed the event: %(fields)s"),
    AuditVerb.CHANGE_TOLD: lambda count: ngettext(
        "told %(num)s guest what changed", "told %(num)s guests what changed", count
    ),
    AuditVerb.CHANGE_KEPT_QUIET: _l("told nobody what changed"),
    AuditVerb.EVENT_PUBLISHED: _l("published the event"),
    AuditVerb.EVENT_UNPUBLISHED: _l("made the event a draft again"),
    AuditVerb.EVENT_CALLED_OFF: _l("called the event off"),
    AuditVerb.CALL_OFF_TAKEN_BACK: _l("let the event take place after all"),
    AuditVerb.EVENT_DISCARDED: _l("discarded a draft"),
    AuditVerb.COVER_UPLOADED: _l("uploaded a cover"),
    AuditVerb.COVER_CHANGED: _l("changed the cover: %(fields)s"),
    AuditVerb.COVER_REMOVED: _l("removed the cover"),
    AuditVerb.QUESTIONS_CHANGED: _l("changed the questions to guests"),
    AuditVerb.APPROVAL_ASKED: _l("turned on guest approval"),
    AuditVerb.APPROVAL_STOPPED: _l("turned off guest approval"),
    AuditVerb.CAPACITY_CHANGED: _l("changed how many people fit"),
    AuditVerb.DOOR_CHANGED: _l("changed how the door works"),
    AuditVerb.DOOR_LINK_MADE: _l("made the door link “%(door)s”"),
    AuditVerb.DOOR_LINK_WITHDRAWN: _l("withdrew the door link “%(door)s”"),
    AuditVerb.PHONE_WITHDRAWN: _l("withdrew a phone from the door “%(door)s”"),
    AuditVerb.POSTER_PUT_UP: _l("gave the poster a new code"),
    AuditVerb.POSTER_TAKEN_DOWN: _l("took the poster down"),
    AuditVerb.GUESTS_IMPORTED: lambda count: ngettext(
        "imported a guest list: %(num)s guest added or changed",
        "imported a guest list: %(num)s guests added or changed",
        count,
    ),
    AuditVerb.IMPORT_TAKEN_BACK: lambda count: ngettext(
        "took an import back: %(num)s guest left the list or is as before",
        "took an import back: %(num)s guests left the list or are as before",
        count,
    ),
    AuditVerb.GUESTS_EXPORTED: _l("exported the guest list"),
    AuditVerb.BADGES_MADE: lambda count: ngettext(
        "made %(num)s name badge", "made %(num)s name badges", count
    ),
    AuditVerb.GUEST_APPROVED: _l("approved %(guest)s"),
    AuditVerb.GUEST_DECLINED: _l("declined %(guest)s"),
    AuditVerb.GUEST_RECONSIDERED: _l("took back the no to %(guest)s"),
    AuditVerb.GUESTS_APPROVED: lambda count: ngettext(
        "approved %(num)s guest", "approved %(num)s guests", count
    ),
    AuditVerb.GUEST_ADDED: _l("put %(guest)s on the list"),
    AuditVerb.GUEST_CHANGED: _l("changed %(guest)s: %(fields)s"),
    AuditVerb.GUEST_REMOVED: _l("took %(guest)s off the list"),
    AuditVerb.GUEST_GIVEN_PLACE: _l("gave %(guest)s a place"),
    AuditVerb.GUEST_GIVEN_PLACE_OVER: _l("gave %(guest)s a place, even though it was full"),
    AuditVerb.GUEST_MAILED: _l("emailed %(guest)s their ticket or answer"),
    AuditVerb.GUEST_PUT_BACK: _l("put %(guest)s back on the list"),
    AuditVerb.GUESTS_MERGED: _l("made one guest of two: %(guest)s"),
    AuditVerb.GUEST_CHANGE_UNDONE: _l("undid a change of %(guest)s: %(fields)s"),
    AuditVerb.GUESTS_MAILED: lambda count: ngettext(
        "emailed %(num)s guest their ticket or answer",
        "emailed %(num)s guests their ticket or answer",
        count,
    ),
    AuditVerb.GUESTS_WRITTEN_TO: lambda count: ngettext(
        "wrote an email to %(num)s guest", "wrote an email to %(num)s guests", count
    ),
    AuditVerb.GUESTS_PROMOTED: lambda count: ngettext(
        "gave %(num)s guest of the waitlist a place",
        "gave %(num)s guests of the waitlist a place",
        count,
    ),
    AuditVerb.TICKETS_SENT: lambda count: ngettext(
        "emailed %(num)s ticket", "emailed %(num)s tickets", count
    ),
    AuditVerb.MAIL_SENT_AGAIN: _l("sent %(guest)s an email again"),
    AuditVerb.MAILS_SENT_AGAIN: lambda count: ngettext(
        "sent %(num)s email again", "sent %(num)s emails again", count
    ),
    AuditVerb.ADDRESS_CORRECTED: _l("corrected the address of %(guest)s"),
    AuditVerb.REPORT_ANSWERED: _l("answered a report"),
    AuditVerb.REPORT_CLOSED: _l("closed a report"),
    AuditVerb.IMPRESSION_HIDDEN: _l("hid an impression"),
    AuditVerb.IMPRESSION_SHOWN: _l("showed an impression again"),
    AuditVerb.ROUNDS_ANNOUNCED: _l("announced rounds at small tables, or changed them"),
    AuditVerb.ROUND_STARTED: lambda number: gettext("started round %(number)s", number=number),
    AuditVerb.ROUND_STOPPED: lambda number: gettext("stopped round %(number)s", number=number),
    AuditVerb.ROUNDS_HELD_UP: _l("had the next round wait for latecomers"),
    AuditVerb.ROUNDS_ENDED: _l("switched rounds off"),
    AuditVerb.FLOOR_OPENED: _l("took questions on the talks, or changed how"),
    AuditVerb.FLOOR_CLOSED: _l("stopped taking questions on the talks"),
    AuditVerb.FLOOR_WALL_CHANGED: _l("chose which talk's questions are on the wall"),
    AuditVerb.FLOOR_QUESTION_SHOWN: _l("showed everyone a question on a talk"),
    AuditVerb.FLOOR_QUESTION_HIDDEN: _l("hid a question on a talk"),
    AuditVerb.FLOOR_QUESTION_ANSWERED: _l("marked a question on a talk as answered"),
    AuditVerb.FLOOR_QUESTION_REOPENED: _l("marked a question on a talk as not answered"),
    AuditVerb.IMPRESSION_QUOTED: _l("chose an impression for the recap"),
    AuditVerb.IMPRESSION_NOT_QUOTED: _l("took an impression out of the recap"),
    AuditVerb.QUOTE_MOVED: _l("moved an impression within the recap"),
    AuditVerb.RECAP_CHANGED: _l("changed the recap: %(fields)s"),
    AuditVerb.RECAP_PUBLISHED: _l("published the recap"),
    AuditVerb.RECAP_TAKEN_BACK: _l("took the recap back"),
    AuditVerb.RECAP_MAILED: lambda count: ngettext(
        "emailed the recap to %(num)s guest", "emailed the recap to %(num)s guests", count
    ),
    AuditVerb.PICTURE_SHOWN: _l("let everyone see a picture"),
    AuditVerb.PICTURE_HIDDEN: _l("hid a picture"),
    AuditVerb.PICTURE_REMOVED: _l("deleted a picture"),
    AuditVerb.PICTURE_TAKEN_DOWN: _l("had a picture taken down for good"),
}
FIELD_WORDS: Mapping[str, Any] = {
    "words": _l("Your words"),
    "shows_numbers": _l("Numbers"),
    "title": _l("Title"),
    "slug": _l("Web address"),
    "description": _l("Description"),
    "place": _l("Place"),
    "exact_address": _l("Exact address"),
    "private_link": _l("Link"),
    "starts_at": _l("Starts"),
    "ends_at": _l("Ends"),
    "tz": _l("Time zone"),
    "companions_max": _l("Companions a guest may bring"),
    "rsvp_closes_at": _l("RSVPs close"),
    "door_opens_hours_before": _l("Door opens"),
    "door_closes_hours_after": _l("Door closes"),
    "met_closes_days_after": _l("“Who did you meet?” closes"),
    "reminds_day_before": _l("Reminder the day before"),
    "reminds_hours_before": _l("Reminder two hours before"),
    "tells_of_requests": _l("Emails about who asks to come"),
    "talks": _l("Talks"),
    "alt": _l("What it shows, in words"),
    "focus": _l("What matters most in it"),
    "name": _l("Name"),
    "status": _l("Answer"),
    "companions": _l("Companions"),
    "companion_names": _l("Names of the companions"),
    "answers": _l("What they said"),
    "about": _l("About the community"),
    "links": _l("Its pages elsewhere"),
    "synonyms": _l("Topics that mean the same"),
    "language": _l("Language of its emails"),
    "data_controller": _l("Who is responsible for people's data"),
    "contact_email": _l("Address for questions"),
    "keep_months": _l("Months to keep it"),
    "keep_impressions_months": _l("Months to keep impressions and questions"),
    "keep_pictures_months": _l("Months to keep pictures"),
    "keep_introductions_months": _l("Months to keep introductions"),
    "keep_passed_months": _l("Months to keep contacts passed on"),
    "met_mail_hour": _l("Email guests “Who did you meet?”"),
}


def who_did(entry: AuditEntry) -> str:
    if entry.by:
        return entry.by.name
    return str(_OTHERS[Actor(entry.actor)])


_OTHERS = {
    Actor.PERSON: _l("Somebody who has left"),
    Actor.COMMAND_LINE: _l("The command line"),
    Actor.ANYBODY: _l("Somebody"),
}


def what_was_done(entry: AuditEntry) -> str:
    words = WORDS[entry.verb]
    if callable(words):
        return str(words(entry.count or 0))
    return str(words) % {
        "guest": _guest(entry),
        "person": entry.person.name if entry.person else gettext("somebody who has left"),
        "door": entry.door_link.name if entry.door_link else "…",
        "fields": ", ".join(str(FIELD_WORDS.get(name, name)) for name in entry.fields),
    }


def _guest(entry: AuditEntry) -> str:
    if entry.rsvp and entry.rsvp.name != NOBODY:
        return entry.rsvp.name
    return str(gettext("a guest who is deleted"))
