"""What an organiser chose to print: which labels, for whom, with what below the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.badges.formats import BY_CODE, Format
from eventapp.badges.layout import Badge
from eventapp.badges.pdf import Drawing, lacks_letters
from eventapp.badges.queries import Chosen, all_wearers, count_wearers, wearers
from eventapp.badges.words import badges_of
from eventapp.model import Event

PART = 500  # badges in one file

Json = dict[str, str | int | None]


@dataclass(frozen=True)
class Choice:
    format: str
    chosen: Chosen
    line: str  # the question whose answer is below the name, or ""
    first_label: int  # of a sheet that is begun
    part: int = 1  # of PART badges each

    @property
    def label(self) -> Format:
        return BY_CODE[self.format]

    @property
    def start(self) -> int:
        """The first label to use. Files after the first begin on a new sheet."""
        return self.first_label if self.part == 1 else 1

    def count(self, event: Event) -> int:
        """How many badges this part has."""
        return min(PART, max(0, count_wearers(event, self.chosen) - self._before))

    def badges(self, event: Event) -> list[Badge]:
        found = wearers(event, self.chosen, limit=PART, offset=self._before)
        return badges_of(event, found, title=self.line)

    def incomplete(self, event: Event) -> list[str]:
        """Whose badges, of all files, have letters that no font has."""
        badges = badges_of(event, all_wearers(event, self.chosen), title=self.line)
        return names_of_incomplete(badges)

    def incomplete_of_part(self, event: Event) -> list[str]:
        return names_of_incomplete(self.badges(event))

    @property
    def _before(self) -> int:
        return PART * (self.part - 1)

    def as_json(self) -> Json:
        since = self.chosen.since
        return {
            "format": self.format,
            "group": self.chosen.group,
            "since": since.isoformat() if since else None,
            "guest": self.chosen.rsvp_id,
            "line": self.line,
            "first_label": self.first_label,
            "part": self.part,
        }


def names_of_incomplete(badges: Sequence[Badge]) -> list[str]:
    return [badge.name for badge in badges if lacks_letters(badge)]


def choice_of(kept: Json) -> Choice:
    """What `as_json` made."""
    since = kept["since"]
    chosen = Chosen(
        group=str(kept["group"]),
        since=datetime.fromisoformat(str(since)) if since else None,
        rsvp_id=int(kept["guest"]) if kept["guest"] else None,
    )
    numbers = (int(kept[name] or 1) for name in ("first_label", "part"))
    return Choice(str(kept["format"]), chosen, str(kept["line"]), *numbers)


def drawing_of(event: Event, choice: Choice) -> Drawing:
    """The PDF to which the chosen badges are added."""
    logo = event.community.logo
    return Drawing(
        choice.label,
        start=choice.start,
        title=event.title,
        logo=logo.large_jpeg if logo else b"",
    )
