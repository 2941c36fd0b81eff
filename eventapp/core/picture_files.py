"""An uploaded picture in the widths and formats that are kept of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.core import pictures

DIGEST_LENGTH = 32  # hex digits in the address: 128 bits


@dataclass(frozen=True)
class File:
    format: str  # as its name ends
    width: int
    data: bytes


@dataclass(frozen=True)
class Files:
    """What is kept of an upload."""

    width: int
    height: int
    each: tuple[File, ...]

    @property
    def digest(self) -> str:
        content = hashlib.sha256(b"".join(file.data for file in self.each))
        return content.hexdigest()[:DIGEST_LENGTH]


def files_in(upload: bytes, widths: Sequence[int], jpeg_width: int) -> Files:
    """A WebP in each of these widths that it has, and in its own, and one JPEG.

    Call it outside of a transaction. Raises the refusals of `pictures.read_picture`.
    """
    picture = pictures.read_picture(upload)
    sizes = [pictures.narrowed(picture, most) for most in widths if most < picture.width]
    webps = [File("webp", one.width, pictures.webp(one)) for one in (*sizes, picture)]
    small = pictures.narrowed(picture, jpeg_width)
    jpeg = File("jpg", small.width, pictures.jpeg(small))
    return Files(picture.width, picture.height, (*webps, jpeg))
