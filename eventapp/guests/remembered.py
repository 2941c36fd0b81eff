"""Remember for a community what was said of a list, for the next one with the same titles."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventapp.core.db import db, found
from eventapp.core.insert import insert_once
from eventapp.guests.reading.guest_file import GuestFile
from eventapp.guests.reading.remembered import Remembered, Said
from eventapp.model import RememberedList


def remembered_of(community_id: int) -> Remembered:
    lists = select(RememberedList).where(RememberedList.community_id == community_id)
    return {one.titles: Said(one.mapping, one.meanings) for one in db.session.scalars(lists)}


def as_counted(file: GuestFile) -> dict[str, Any]:
    """What counted of it in reading a list, as JSON: read again, the list is read the same."""
    return {"titles_key": file.titles_key, "remembered": asdict(file.remembered)}


def counted_in(shown: dict[str, Any] | None) -> Remembered:
    return {shown["titles_key"]: Said(**shown["remembered"])} if shown else {}


def remember(community_id: int, titles: str, said: Said, *, at: datetime) -> None:
    """Remember this beside what was said before; of one column or word, the last counts."""
    if not said.mapping and not said.meanings:
        return
    key = {"community_id": community_id, "titles": titles}
    insert_once(RememberedList, {**key, "mapping": {}, "meanings": {}, "said_at": at})
    row = found(select(RememberedList).filter_by(**key).with_for_update())
    row.mapping = {**row.mapping, **said.mapping}
    row.meanings = {**row.meanings, **said.meanings}
    row.said_at = at
