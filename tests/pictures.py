"""Pictures to upload: whole ones, and what is wrong with others."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

RED, BLUE = (200, 20, 30), (20, 40, 200)
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825  # EXIF 2.32
HEIC = Path(__file__).parent / "events/samples/lying.heic"  # 640 × 480, turned by its EXIF, GPS


def photo(width: int = 1200, height: int = 800) -> Image.Image:
    """Red above, blue below."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width, height // 2))
    return picture


def as_file(picture: Image.Image, format: str = "JPEG", **more: Any) -> bytes:
    file = BytesIO()
    picture.save(file, format, **more)
    return file.getvalue()


def lying_photo() -> bytes:
    """As a phone held upright writes it: lying, with the orientation, the place and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[DESCRIPTION] = "At home"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (40.0, 25.0, 1.0)
    lying = photo(800, 1200).transpose(Image.Transpose.ROTATE_90)
    return as_file(lying, exif=exif, comment=b"a secret")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def text_bomb() -> bytes:
    """A PNG with a comment that is 100 MB once it is decompressed."""
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000)))
    whole = as_file(photo(), "PNG")
    return whole[:33] + text + whole[33:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum
