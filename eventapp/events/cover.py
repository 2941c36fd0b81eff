"""The cover of an event: make its files, keep it, change it, remove it, read a file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db, found, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.picture_files import File, Files, files_in
from eventapp.model import COVER_WIDTHS, JPEG_WIDTH, Cover, CoverFile, Event


class NoCover(Refusal):
    code = "no_cover"
    message = _l("The cover has been removed in the meantime. Choose a picture first.")


def files_of(upload: bytes) -> Files:
    """An uploaded picture, in the widths and formats that are kept.

    Call it outside of a transaction. Raises the refusals of `pictures.read_picture`.
    """
    return files_in(upload, COVER_WIDTHS, JPEG_WIDTH)


def set_cover(event: Event, files: Files, *, alt: str, focus: str, at: datetime) -> None:
    """Give an event its cover, in place of the one it has."""
    lock(event)
    remove_cover(event)
    _add(event, files, alt=alt, focus=focus, at=at)


def _add(event: Event, files: Files, *, alt: str, focus: str, at: datetime) -> None:
    event.cover = Cover(
        digest=files.digest,
        width=files.width,
        height=files.height,
        alt=alt,
        focus=focus,
        uploaded_at=at,
        files=[CoverFile(format=f.format, width=f.width, data=f.data) for f in files.each],
    )


def describe_cover(event: Event, *, alt: str, focus: str) -> list[str]:
    """Change what a cover shows in words, and where it is cropped. Returns the names of the columns
    that changed. Raises NoCover.
    """
    cover = event.cover
    if cover is None:
        raise NoCover
    changed = [
        name for name, new in (("alt", alt), ("focus", focus)) if getattr(cover, name) != new
    ]
    cover.alt, cover.focus = alt, focus
    return changed


def remove_cover(event: Event) -> bool:
    """Delete an event's cover with its files. Idempotent. Returns whether there was one."""
    if event.cover is None:
        return False
    event.cover = None
    db.session.flush()
    return True


def copy_cover(event: Event, copy: Event) -> None:
    """Give a copy of an event its cover as well."""
    if cover := event.cover:
        each = tuple(File(f.format, f.width, f.data) for f in cover.files)
        files = Files(cover.width, cover.height, each)
        _add(copy, files, alt=cover.alt, focus=cover.focus, at=cover.uploaded_at)


def cover_bytes(event: Event, digest: str, format: str, width: int | None) -> bytes:
    """A file of an event's cover; the widest if none is named. Raises NotFound."""
    files = (
        select(CoverFile.data)
        .join(Cover, Cover.event_id == CoverFile.event_id)
        .where(Cover.event_id == event.id, Cover.digest == digest, CoverFile.format == format)
    )
    if width is not None:
        files = files.where(CoverFile.width == width)
    return found(files.order_by(CoverFile.width.desc()).limit(1))
