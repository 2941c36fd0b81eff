"""What is read of an uploaded picture, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from PIL import Image, ImageCms

from eventapp.core.errors import Refusal
from eventapp.core.pictures import BYTES_MOST, jpeg, narrowed, read_picture, webp
from tests.pictures import BLUE, HEIC, RED, as_file, bomb, lying_photo, photo, text_bomb

Colour = tuple[int, ...]


def colours(picture: Image.Image) -> tuple[Colour, Colour]:
    """In the middle of its upper and its lower half."""
    x, y = picture.width // 2, picture.height // 4
    above, below = picture.getpixel((x, y)), picture.getpixel((x, 3 * y))
    assert isinstance(above, tuple)
    assert isinstance(below, tuple)
    return above, below


def close(one: Colour, other: Colour, most: int = 12) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def shows_the_photo(picture: Image.Image) -> bool:
    above, below = colours(picture)
    return picture.mode == "RGB" and close(above, RED) and close(below, BLUE)


@pytest.mark.parametrize(
    ("format", "more"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("WEBP", {"quality": 90}),
        ("WEBP", {"save_all": True, "append_images": [Image.new("RGB", (1200, 800), "white")]}),
    ],
    ids=["jpeg", "progressive", "png", "webp", "animated webp"],
)
def test_a_picture_is_read(format, more):
    picture = read_picture(as_file(photo(), format, **more))
    assert picture.size == (1200, 800)
    assert shows_the_photo(picture)


def test_a_large_one_is_made_smaller_and_keeps_its_proportions():
    assert read_picture(as_file(photo(4000, 3000))).size == (1600, 1200)
    assert read_picture(as_file(photo(3000, 4000))).size == (1200, 1600)


def test_a_photo_is_turned_upright_and_loses_all_that_is_said_about_it():
    sent = lying_photo()
    picture = read_picture(sent)
    assert picture.size == (800, 1200)
    assert shows_the_photo(picture)
    assert picture.info == {}
    for written in (webp(picture), jpeg(picture)):
        assert b"Exif" not in written
        assert b"EXIF" not in written
        assert b"a secret" not in written


def test_heic_of_a_phone_is_read():
    picture = read_picture(HEIC.read_bytes())
    assert picture.size == (480, 640)
    assert picture.info == {}


def test_cmyk_is_shown_in_its_colours():
    above, below = colours(read_picture(as_file(photo().convert("CMYK"))))
    assert close(above, RED)
    assert close(below, BLUE)


def test_sixteen_bits_become_eight():
    grey = Image.new("I;16", (600, 400), 0x8000)
    assert read_picture(as_file(grey, "PNG")).getpixel((9, 9)) == (128, 128, 128)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode):
    clear = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 600, 200))
    above, below = colours(read_picture(as_file(clear.convert(mode), "PNG")))
    assert close(above, (0, 0, 0))
    assert close(below, (255, 255, 255))


def test_a_colour_profile_is_applied_and_left_out():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = read_picture(as_file(photo(), icc_profile=profile))
    assert shows_the_photo(picture)
    assert "icc_profile" not in picture.info


def test_a_broken_profile_is_ignored():
    assert shows_the_photo(read_picture(as_file(photo(), icc_profile=b"no profile")))


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='600' height='400'/>"
NO_COVERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "too many bytes": (lambda: bytes(BYTES_MOST + 1), "picture_too_big"),
    "empty": (lambda: b"", "not_a_picture"),
    "text": (lambda: b"Dear all, the picture is attached.", "not_a_picture"),
    "svg": (lambda: SVG, "not_a_picture"),
    "gif": (lambda: as_file(photo(), "GIF"), "not_a_picture"),
    "bmp": (lambda: as_file(photo(), "BMP"), "not_a_picture"),
    "tiff": (lambda: as_file(photo(), "TIFF"), "not_a_picture"),
    "text bomb": (text_bomb, "not_a_picture"),
    "cut png": (lambda: as_file(photo(), "PNG")[:1000], "broken_picture"),
    "cut jpeg": (lambda: as_file(photo())[:2000], "broken_picture"),
    "cut heic": (lambda: HEIC.read_bytes()[:600], "not_a_picture"),
    "bomb of a cover": (lambda: bomb(600, 400), "broken_picture"),
    "bomb 60M": (lambda: bomb(10_000, 6_000), "too_many_pixels"),
    "bomb 900M": (lambda: bomb(30_000, 30_000), "too_many_pixels"),
    "bomb most": (lambda: bomb(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    "one by two": (lambda: as_file(photo(1, 2), "PNG"), "too_few_pixels"),
    "too small": (lambda: as_file(photo(399, 400), "PNG"), "too_few_pixels"),
    "panorama": (lambda: as_file(photo(1700, 400), "PNG"), "too_narrow"),
}


@pytest.mark.parametrize("kind", NO_COVERS)
def test_what_cannot_be_a_cover_is_refused(kind):
    make_file, code = NO_COVERS[kind]
    data = make_file()
    begun = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_picture(data)
    assert refused.value.code == code
    assert str(refused.value)
    assert time.process_time() - begun < 1


def test_whatever_is_damaged_is_refused_or_read():
    chance = Random(11)
    wholes = [as_file(photo(500, 300), f) for f in ("JPEG", "PNG", "WEBP")] + [HEIC.read_bytes()]
    for whole in wholes:
        for _ in range(150):
            damaged = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            with suppress(Refusal):
                assert read_picture(bytes(damaged)).mode == "RGB"


def test_a_narrow_picture_is_not_enlarged():
    assert narrowed(photo(), 480).size == (480, 320)
    assert narrowed(photo(), 1600).size == (1200, 800)
