"""What tools/vendor.py brought in is still what npm delivered, and safe under our CSP."""

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest

from tools.vendored import ICONS, PACKAGES

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "eventapp/ui/static"
SVG = "{http://www.w3.org/2000/svg}"
VENDORED = [STATIC / "vendor", ROOT / "eventapp/ui/fonts", ROOT / "tests/vendor"]

in_each_folder = pytest.mark.parametrize(
    "folder", VENDORED, ids=lambda folder: folder.relative_to(ROOT).as_posix()
)


def listed(folder):
    packages = json.loads((folder / "VENDOR.json").read_text(encoding="utf-8"))
    return {name: sha256 for package in packages for name, sha256 in package["sha256"].items()}


def present(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and ".py" not in path.suffix)
    return {path.relative_to(folder).as_posix() for path in files} - {"VENDOR.json"}


@in_each_folder
def test_every_vendored_file_is_unchanged(folder):
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listed(folder)
    }
    assert hashes == listed(folder)


@in_each_folder
def test_no_vendored_file_is_unlisted(folder):
    assert present(folder) == set(listed(folder))


@in_each_folder
def test_every_package_keeps_its_licence(folder):
    folders = {name.partition("/")[0] for name in present(folder)}
    assert all((folder / name / "LICENSE").is_file() for name in folders)


def test_the_reader_of_codes_was_built_with_the_wasm_beside_it():
    [reader] = (STATIC / "vendor").glob("barcode-detector-*/zxing-exported.js")
    [wasm] = (STATIC / "vendor").glob("zxing-wasm-*/zxing_reader.wasm")
    [expected] = re.findall(r'"([0-9a-f]{64})"', reader.read_text(encoding="utf-8"))
    assert hashlib.sha256(wasm.read_bytes()).hexdigest() == expected


@pytest.fixture(scope="module")
def sprite():
    return ET.parse(STATIC / "icons.svg").getroot()


def test_the_sprite_holds_symbols_that_draw_something(sprite):
    assert len(sprite) > 0
    for symbol in sprite:
        assert symbol.tag == f"{SVG}symbol"
        assert symbol.get("viewBox") == "0 0 24 24"
        assert len(symbol) > 0, symbol.get("id")


def test_icon_names_are_unique(sprite):
    names = Counter(symbol.get("id") for symbol in sprite)
    assert [name for name, count in names.items() if count > 1] == []


def test_icons_take_the_colour_of_the_text_around_them(sprite):
    assert {symbol.get("stroke") for symbol in sprite} == {"currentColor"}


def test_the_sprite_carries_no_style_and_no_script(sprite):
    tags = {element.tag.removeprefix(SVG) for element in sprite.iter()}
    attributes = {key for element in sprite.iter() for key in element.keys()}  # noqa: SIM118
    assert not tags & {"style", "script", "foreignObject", "a", "image"}
    assert not [key for key in attributes if key in {"style", "href"} or key.startswith("on")]


@in_each_folder
def test_what_is_vendored_is_what_is_wanted(folder):
    wanted = [one for one in PACKAGES if one.home == folder]
    manifest = json.loads((folder / "VENDOR.json").read_text(encoding="utf-8"))
    assert [(one["package"], one["version"]) for one in manifest] == [
        (one.name, one.version) for one in wanted
    ]


def test_the_sprite_has_the_icons_that_are_wanted(sprite):
    assert [symbol.get("id") for symbol in sprite] == ICONS
