"""What a door shows of a guest's answers: those that organisers ticked, without contact details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventapp.core.contact_details import has_contact_details


def shown_answers(ticked: Sequence[str], answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The answers under these headings that a door may see, with their headings."""
    given = ((heading, answers.get(heading, "")) for heading in ticked)
    return [line for line in given if line[1] and not has_contact_details(line[1])]
