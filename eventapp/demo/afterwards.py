"""What is left of the demo's past evenings: a recap that quotes impressions, pictures, a report to
the hosts and their answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

from eventapp.attendees.queries import viewer_of
from eventapp.communities.actions import record
from eventapp.conduct import actions as conduct
from eventapp.core.picture_files import Files, files_in
from eventapp.demo.sayings import REPORTED, Recap
from eventapp.demo.snapshot import snapshot
from eventapp.impressions.actions import (
    Said,
    add_picture,
    allow_quote,
    change_recap,
    choose_quote,
    publish_recap,
    recap_for,
    show_picture,
    write_impression,
)
from eventapp.met.queries import Attendee
from eventapp.model import (
    COVER_WIDTHS,
    JPEG_WIDTH,
    Audience,
    AuditVerb,
    Event,
    Impression,
    Person,
    Rsvp,
)


def look_back(
    event: Event, writers: Sequence[Rsvp], taken: Sequence[str], recap: Recap | None
) -> None:
    """Each of these says what they take with them: one to the hosts, one to all who were there, and
    the others to everybody. A recap quotes all but what is for the hosts.
    """
    audiences = [Audience.HOSTS, Audience.ATTENDEES, *[Audience.EVERYONE] * (len(taken) - 2)]
    at = event.ends_at + timedelta(hours=16)
    written = [
        write_impression(attendee_of(event, writer), Said(said, audience), at=at)
        for writer, said, audience in zip(writers, taken, audiences, strict=True)
    ]
    if recap:
        _add_pictures(event, writers, recap.pictures)
        _publish(event, recap, written)


def attendee_of(event: Event, rsvp: Rsvp) -> Attendee:
    assert rsvp.person is not None  # noqa: S101
    return Attendee(event, rsvp.person, rsvp, viewer_of(event, rsvp.person))


def _publish(event: Event, said: Recap, written: Sequence[Impression]) -> None:
    """Three days later. Who is asked whether it may be quoted says yes."""
    at = event.ends_at + timedelta(days=2)
    for impression in written:
        if impression.audience != Audience.HOSTS:
            choose_quote(impression, at=at)
            allow_quote(impression, at=at)
    recap = recap_for(event)
    change_recap(recap, words=said.words, shows_numbers=True)
    publish_recap(recap, at=at + timedelta(days=1))


def _add_pictures(event: Event, by: Sequence[Rsvp], shown: Sequence[str]) -> None:
    """Each by another guest. A host says yes to all of them."""
    for number, (rsvp, alt) in enumerate(zip(by, shown, strict=False)):
        at = event.ends_at + timedelta(hours=17 + number)
        viewer = viewer_of(event, rsvp.person)
        picture = add_picture(event, viewer, _drawn(event.id + number), alt=alt, at=at)
        show_picture(picture, at=at + timedelta(hours=1))


def _drawn(seed: int) -> Files:
    file = BytesIO()
    snapshot(seed).save(file, "PNG", compress_level=1)
    return files_in(file.getvalue(), COVER_WIDTHS, JPEG_WIDTH)


def report_and_answer(event: Event, by: Person, host: Person) -> None:
    """The morning after; the hosts answer that evening, and need do no more."""
    words, answer = REPORTED[event.community.language]
    at = event.ends_at + timedelta(hours=14)
    said = conduct.Said(words, names_reporter=True)
    reported = conduct.report(event, said, by=by, about=None, at=at)
    reported.told_at, later = at, at + timedelta(hours=6)
    conduct.answer_report(reported, answer, at=later)
    conduct.close_report(reported, at=later)
    for verb in (AuditVerb.REPORT_ANSWERED, AuditVerb.REPORT_CLOSED):
        record(verb, event, by=host, at=later)
