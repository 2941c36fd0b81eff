"""What an organiser chose to print: which labels, for whom, with what below the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.badges.formats import BY_CODE, Format
from eventapp.badges.layout import Badge
from eventapp.badges.pdf import Drawing, lacks_letters
from eventapp.badges.plan import Kind, Planned, plan
from eventapp.badges.queries import Chosen, Wearer, all_wearers, wearers
from eventapp.badges.words import Lines, Writer
from eventapp.core.zones import wall_clock
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
    companion_line: str = "with"  # below a companion's name: with whom they come, or nothing
    blanks: int = 0  # badges to write a name on

    @property
    def label(self) -> Format:
        return BY_CODE[self.format]

    @property
    def start(self) -> int:
        """The first label to use. Files after the first begin on a new sheet."""
        return self.first_label if self.part == 1 else 1

    def plan(self, event: Event) -> list[Planned]:
        """The badges of all files."""
        return plan(event, self.chosen, blanks=self.blanks)

    def part_of(self, planned: Sequence[Planned]) -> Sequence[Planned]:
        return planned[self._before :][:PART]

    def count(self, event: Event) -> int:
        """How many badges this part has."""
        return len(self.part_of(self.plan(event)))

    def badges(self, event: Event) -> list[Badge]:
        """Those of this part."""
        return self.badges_of(event, self.part_of(self.plan(event)))

    def badges_of(self, event: Event, planned: Sequence[Planned]) -> list[Badge]:
        return self._written(event, planned, wearers(event, {each.rsvp_id for each in planned}))

    def incomplete(self, event: Event, planned: Sequence[Planned]) -> list[str]:
        """Whose badges, of all files, have letters that no font has."""
        everybody = all_wearers(event, self.chosen)
        return names_of_incomplete(self._written(event, planned, everybody))

    def incomplete_of_part(self, event: Event) -> list[str]:
        return names_of_incomplete(self.badges(event))

    def _written(
        self, event: Event, planned: Sequence[Planned], found: Mapping[int, Wearer]
    ) -> list[Badge]:
        """A guest who went since it was planned has none."""
        lines = Lines(self.line, self.companion_line, self.chosen.companions)
        writer = Writer(event, lines)
        return [
            writer.badge(each, found.get(each.rsvp_id))
            for each in planned
            if each.kind is Kind.BLANK or each.rsvp_id in found
        ]

    @property
    def _before(self) -> int:
        return PART * (self.part - 1)

    def address(self, tz: str) -> Json:
        """The query string of the page on which it is chosen, for all files."""
        said, since = self.as_json(), self.chosen.since
        start = said.pop("first_label")
        typed = typed_time(since, tz) if since else None
        return {**said, "start": start, "since": typed, "part": None}

    def as_json(self) -> Json:
        since = self.chosen.since
        return {
            "format": self.format,
            "group": self.chosen.group,
            "companions": self.chosen.companions,
            "since": since.isoformat() if since else None,
            "guest": self.chosen.rsvp_id,
            "line": self.line,
            "first_label": self.first_label,
            "part": self.part,
            "companion_line": self.companion_line,
            "blanks": self.blanks,
        }


def typed_time(at: datetime, tz: str) -> str:
    """As a form's field has it."""
    return wall_clock(at, tz).strftime("%Y-%m-%dT%H:%M")


def names_of_incomplete(badges: Sequence[Badge]) -> list[str]:
    return [badge.name for badge in badges if lacks_letters(badge)]


def choice_of(kept: Json) -> Choice:
    """What `as_json` made; without companions and blank badges where there were none to choose."""
    since = kept["since"]
    chosen = Chosen(
        group=str(kept["group"]),
        since=datetime.fromisoformat(str(since)) if since else None,
        rsvp_id=int(kept["guest"]) if kept["guest"] else None,
        companions=str(kept.get("companions", "none")),
    )
    return Choice(
        str(kept["format"]),
        chosen,
        str(kept["line"]),
        first_label=int(kept["first_label"] or 1),
        part=int(kept["part"] or 1),
        companion_line=str(kept.get("companion_line", "with")),
        blanks=int(kept.get("blanks") or 0),
    )


def drawing_of(event: Event, choice: Choice) -> Drawing:
    """The PDF to which the chosen badges are added."""
    logo = event.community.logo
    return Drawing(
        choice.label,
        start=choice.start,
        title=event.title,
        logo=logo.large_jpeg if logo else b"",
    )
