"""Read a picture that somebody uploaded, and write it smaller.

Only its pixels are kept: no EXIF data, no place, no comment, no animation.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from threading import Lock

import pi_heif
from PIL import Image, ImageCms, ImageOps

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l

BYTES_MOST = 10 * 1024 * 1024
PIXELS_MOST = 50_000_000  # a phone's largest; decoded 150 MB
LONGEST = 1600  # pixels of the longer side that are kept: a laptop's width
COVER_LEAST = (400, 200)  # width and height, in pixels
SQUARE_LEAST = (128, 128)  # of what becomes a square
RATIO_MOST = 4  # of the longer side to the shorter
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
WEBP_QUALITY, JPEG_QUALITY = 78, 82

pi_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = PIXELS_MOST
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

# Bounds the memory and the processors that uploads take, whoever sends how many at a time.
_one_at_a_time = Lock()


class TooManyBytes(Refusal):
    code = "picture_too_big"
    message = _l("That file is too big: the limit is 10 MB. Most phones can send a smaller one.")


class NotAPicture(Refusal):
    code = "not_a_picture"
    message = _l("We can't read that as a picture. JPEG, PNG, WebP and HEIC work.")


class BrokenPicture(Refusal):
    code = "broken_picture"
    message = _l("That picture is damaged: a part of the file is missing or wrong.")


class TooManyPixels(Refusal):
    code = "too_many_pixels"
    message = _l("That picture has too many pixels: the limit is 50 million. Send a smaller one.")


class TooFewPixels(Refusal):
    code = "too_few_pixels"
    message = _l(
        "That picture is too small: %(width)s × %(height)s pixels. It needs at least "
        "%(width_least)s × %(height_least)s."
    )


class TooNarrow(Refusal):
    code = "too_narrow"
    message = _l(
        "That picture is too narrow. One side may be up to four times as long as the other."
    )


def read_picture(data: bytes, least: tuple[int, int] = COVER_LEAST) -> Image.Image:
    """The picture in a file: upright, in sRGB, on white where it is transparent, and no longer than
    LONGEST. `least` is the width and height that it needs.

    Call it outside of a transaction: it takes up to seconds. Raises TooManyBytes, NotAPicture,
    BrokenPicture, TooManyPixels, TooFewPixels, TooNarrow.
    """
    if len(data) > BYTES_MOST:
        raise TooManyBytes
    with _one_at_a_time:
        picture = _opened(data)
        _refuse_by_size(*_upright_size(picture), least)
        try:
            picture.thumbnail((LONGEST, LONGEST), reducing_gap=2.0)  # a JPEG is decoded smaller
            return _bare(ImageOps.exif_transpose(picture))
        except Exception as no:  # decoders raise whatever they stumble over
            raise BrokenPicture from no


def _opened(data: bytes) -> Image.Image:
    """Reads the header, and no pixels."""
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as no:
        raise TooManyPixels from no
    except Exception as no:
        raise NotAPicture from no


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    try:
        is_on_its_side = picture.getexif().get(0x0112, 1) >= 5  # EXIF 2.32, Orientation
    except Exception as no:
        raise BrokenPicture from no
    width, height = picture.size
    return (height, width) if is_on_its_side else (width, height)


def _refuse_by_size(width: int, height: int, least: tuple[int, int]) -> None:
    if width * height > PIXELS_MOST:
        raise TooManyPixels
    width_least, height_least = least
    if width < width_least or height < height_least:
        needed = {"width_least": width_least, "height_least": height_least}
        raise TooFewPixels(width=width, height=height, **needed)
    if max(width, height) > RATIO_MOST * min(width, height):
        raise TooNarrow


def _bare(picture: Image.Image) -> Image.Image:
    """A new picture of the same pixels, as eight bits of red, green and blue."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    profile = picture.info.get("icc_profile")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        new = Image.new("RGB", picture.size, "white")
        new.paste(picture, mask=picture.getchannel("A"))
    else:
        new = Image.new("RGB", picture.size)
        new.paste(_in_srgb(picture, profile))
    return new


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Most phones record more colours than screens are told of without a profile."""
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            there = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, there, srgb, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is broken, or for other colours
    return picture.convert("RGB")


def narrowed(picture: Image.Image, width: int) -> Image.Image:
    """The picture, at most so wide."""
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def cropped_square(picture: Image.Image, side: int) -> Image.Image:
    """The middle of the picture; of one that is upright, a little above it, where faces are."""
    return ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS, centering=(0.5, 0.35))


def padded_square(picture: Image.Image, side: int) -> Image.Image:
    """The whole picture, with white around it."""
    return ImageOps.pad(picture, (side, side), Image.Resampling.LANCZOS, color="white")


def webp(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "WEBP", quality=WEBP_QUALITY, method=4)
    return file.getvalue()


def jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return file.getvalue()
