"""Fetch the front end's third-party files, so that running the app needs no npm.

    python tools/vendor.py

To add, upgrade or drop a file, edit PACKAGES or ICONS, run this and commit what changed. Versions
are exact because npm's `latest` tag moves; for htmx it even points at the line before ours. Each
vendor folder is rewritten whole, and tests/test_vendor.py holds it to its VENDOR.json.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "eventapp/ui/static"
SERVED = STATIC / "vendor"
TESTS_ONLY = ROOT / "tests/vendor"
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    licence: str  # SPDX; package.json is not always spelt that way
    files: tuple[str, ...]  # paths inside the package, stored under their last part
    home: Path = SERVED

    @property
    def folder(self) -> str:
        return f"{PurePosixPath(self.name).name}-{self.version}"


LUCIDE = Package("lucide-static", "1.62.0", "ISC AND MIT", ("LICENSE",))
PACKAGES = [
    Package("htmx.org", "4.0.1", "0BSD", ("LICENSE", "dist/htmx.min.js")),
    Package(
        "@fontsource-variable/figtree",
        "5.3.0",
        "OFL-1.1",
        (
            "LICENSE",
            "files/figtree-latin-wght-normal.woff2",
            "files/figtree-latin-ext-wght-normal.woff2",
        ),
    ),
    Package(
        "@expo-google-fonts/noto-sans",
        "0.4.2",
        "MIT AND OFL-1.1",  # the package, and the font
        (
            "LICENSE",
            "LICENSE_FONT",
            "400Regular/NotoSans_400Regular.ttf",
            "700Bold/NotoSans_700Bold.ttf",
        ),
    ),
    LUCIDE,
    # The reader of QR codes. Its wasm has to be the one that it was built with: with the next
    # patch of zxing-wasm it dies of "memory access out of bounds".
    Package(
        "barcode-detector",
        "3.2.2",
        "MIT",
        ("LICENSE", "dist/es/ponyfill.js", "dist/es/zxing-exported.js"),
    ),
    Package(
        "zxing-wasm", "3.1.3", "MIT AND Apache-2.0", ("LICENSE", "dist/reader/zxing_reader.wasm")
    ),
    Package(
        "axe-core",
        "4.14.1",
        "MPL-2.0",
        ("LICENSE", "LICENSE-3RD-PARTY.txt", "axe.min.js"),
        home=TESTS_ONLY,
    ),
]

ICONS = """
    arrow-left arrow-right calendar calendar-plus camera camera-off check chevron-down
    circle-alert circle-check circle-x clock contact copy door-open download eye eye-off
    file-text flashlight globe hand handshake history hourglass image link list log-in
    log-out mail map-pin message-circle mic party-popper pencil phone plus printer
    qr-code scan-line search settings share-2 sparkles tag ticket trash-2 triangle-alert
    undo-2 upload user user-check user-plus users volume-2 volume-x x
""".split()  # noqa: SIM905 - one quoted name a line is harder to read


class Archive:
    """One package as npm delivers it; npm has checked it against the registry's own hash."""

    def __init__(self, package: Package, folder: Path) -> None:
        wanted = f"{package.name}@{package.version}"
        pack = ["npm", "pack", "--silent", wanted]
        packed = subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
        self.path = folder / packed.stdout.strip()

    def read(self, *paths: str) -> Iterator[bytes]:
        with tarfile.open(self.path) as tar:
            for path in paths:
                file = tar.extractfile(f"package/{path}")
                assert file, f"{path} is no file"
                yield file.read()


def store(package: Package, archive: Archive) -> dict[str, Any]:
    """Copy the package's listed files and return its entry for VENDOR.json."""
    hashes = {}
    for path, content in zip(package.files, archive.read(*package.files), strict=True):
        target = package.home / package.folder / PurePosixPath(path).name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        name = target.relative_to(package.home).as_posix()
        hashes[name] = hashlib.sha256(content).hexdigest()
    return {
        "package": package.name,
        "version": package.version,
        "licence": package.licence,
        "sha256": hashes,
    }


def symbol(name: str, svg: bytes) -> str:
    """Turn one icon's file into a sprite symbol that `<use>` can size and colour."""
    icon = ET.fromstring(svg)
    drawn = {key: value for key, value in icon.items() if key.startswith(("fill", "stroke"))}
    sprite = ET.Element("symbol", {"id": name, "viewBox": icon.get("viewBox", ""), **drawn})
    sprite.extend(ET.Element(shape.tag.removeprefix(SVG), shape.attrib) for shape in icon)
    return ET.tostring(sprite, encoding="unicode")


def write_sprite(archive: Archive) -> None:
    files = archive.read(*(f"icons/{name}.svg" for name in ICONS))
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg">',
        f"<!-- Lucide {LUCIDE.version}, ISC and MIT: vendor/{LUCIDE.folder}/LICENSE -->",
        *map(symbol, ICONS, files),
        "</svg>",
    ]
    (STATIC / "icons.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        archives = {package: Archive(package, Path(folder)) for package in PACKAGES}
        for home in (SERVED, TESTS_ONLY):
            shutil.rmtree(home, ignore_errors=True)
            listed = [
                store(package, archives[package]) for package in PACKAGES if package.home == home
            ]
            manifest = json.dumps(listed, indent=2) + "\n"
            (home / "VENDOR.json").write_text(manifest, encoding="utf-8")
        write_sprite(archives[LUCIDE])


if __name__ == "__main__":
    main()
