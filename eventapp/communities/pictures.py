"""The logo of a community and the picture of an organiser: make their files, keep and remove them,
read a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from PIL.Image import Image
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.core import pictures
from eventapp.core.db import db, found
from eventapp.core.errors import NotFound, Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.model import (
    LARGE_SIDE,
    SMALL_SIDE,
    Community,
    Logo,
    Organiser,
    PictureFormat,
    Portrait,
    SquarePicture,
)

DIGEST_LENGTH = 32  # hex digits in the address: 128 bits


class NotNamed(Refusal):
    code = "not_named"
    message = _l("Your picture goes with your name. Show your name on the community's pages first.")


@dataclass(frozen=True)
class Files:
    """What is kept of an upload, with the names of SquarePicture's columns."""

    small_webp: bytes
    large_webp: bytes
    large_jpeg: bytes

    @property
    def digest(self) -> str:
        content = self.small_webp + self.large_webp + self.large_jpeg
        return hashlib.sha256(content).hexdigest()[:DIGEST_LENGTH]


def logo_files(upload: bytes) -> Files:
    """The whole of an uploaded picture, as a square on white.

    Call it outside of a transaction. Raises the refusals of `pictures.read_picture`.
    """
    return _files_of(upload, pictures.padded_square)


def portrait_files(upload: bytes) -> Files:
    """The middle of an uploaded picture, as a square. Otherwise as `logo_files`."""
    return _files_of(upload, pictures.cropped_square)


def _files_of(upload: bytes, squared: Callable[[Image, int], Image]) -> Files:
    picture = pictures.read_picture(upload, pictures.SQUARE_LEAST)
    small, large = squared(picture, SMALL_SIDE), squared(picture, LARGE_SIDE)
    return Files(pictures.webp(small), pictures.webp(large), pictures.jpeg(large))


def set_logo(community: Community, files: Files, *, at: datetime) -> bool:
    """Give a community its logo, in place of the one it has. Idempotent. Returns whether it is
    another one.
    """
    if community.logo and community.logo.digest == files.digest:
        return False
    remove_logo(community)
    community.logo = Logo(**_columns(files, at))
    return True


def remove_logo(community: Community) -> bool:
    """Idempotent. Returns whether there was one."""
    had, community.logo = community.logo, None
    db.session.flush()
    return had is not None


def set_portrait(organiser: Organiser, files: Files, *, at: datetime) -> bool:
    """Give an organiser who asks for it their picture on public pages, in place of the one they
    have. Idempotent. Returns whether it is another one. Raises NotNamed.
    """
    if organiser.named_since is None:
        raise NotNamed
    if organiser.portrait and organiser.portrait.digest == files.digest:
        return False
    remove_portrait(organiser)
    organiser.portrait = Portrait(**_columns(files, at))
    return True


def remove_portrait(organiser: Organiser) -> bool:
    """Idempotent. Returns whether there was one."""
    had, organiser.portrait = organiser.portrait, None
    db.session.flush()
    return had is not None


def _columns(files: Files, at: datetime) -> dict[str, Any]:
    return {"digest": files.digest, "uploaded_at": at, **asdict(files)}


def logo_bytes(community: Community, digest: str, format: str, side: int) -> bytes:
    """A file of a community's logo. Raises NotFound."""
    file = select(_column(Logo, format, side))
    return found(file.where(Logo.community_id == community.id, Logo.digest == digest))


def portrait_bytes(community: Community, digest: str, format: str, side: int) -> bytes:
    """A file of the picture of a community's organiser, who is named now. Raises NotFound."""
    file = select(_column(Portrait, format, side)).join(Portrait.organiser)
    in_community = Organiser.community_id == community.id
    named = Organiser.named_since.is_not(None)
    return found(file.where(in_community, named, Portrait.digest == digest).limit(1))


def _column(kind: type[SquarePicture], format: str, side: int) -> InstrumentedAttribute[bytes]:
    columns = {
        (PictureFormat.WEBP, SMALL_SIDE): kind.small_webp,
        (PictureFormat.WEBP, LARGE_SIDE): kind.large_webp,
        (PictureFormat.JPEG, LARGE_SIDE): kind.large_jpeg,
    }
    if (format, side) not in columns:
        raise NotFound
    return columns[format, side]  # type: ignore[index]
