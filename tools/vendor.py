"""Fetch the front end's third-party files, so that running the app needs no npm.

    python tools/vendor.py

To add, upgrade or drop a file, edit PACKAGES, ICONS or LETTERS, run this and commit what changed.
Versions are exact because npm's `latest` tag moves; for htmx it even points at the line before
ours. Each vendor folder is rewritten whole, and tests/test_vendor.py holds it to its VENDOR.json.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "eventapp/ui/static"
SERVED = STATIC / "vendor"
FONTS = ROOT / "eventapp/ui/fonts"  # to draw with, never served
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
HTML_VALIDATE = Package(
    "html-validate",
    "11.21.1",
    "MIT AND ISC AND BSD-3-Clause AND Apache-2.0",  # the package, and what it is bundled with
    ("LICENSE", "LICENSE-3RD-PARTY.txt", "html-validate.min.js"),
    home=TESTS_ONLY,
)
FIGTREE = Package(  # on PyPI; as woff2 for browsers, as ttf to shape and draw with
    "fontpkg-figtree", "2.2", "OFL-1.1", ("LICENSE", "figtree.woff2", "figtree.ttf")
)


def noto(script: str, version: str, *weights: str) -> Package:
    family = "Noto" + script.title().replace("-", "")
    return Package(
        f"@expo-google-fonts/noto-{script}",
        version,
        "MIT AND OFL-1.1",  # the package, and the font
        ("LICENSE", "LICENSE_FONT", *(f"{one}/{family}_{one}.ttf" for one in weights)),
        home=FONTS,
    )


# What a name badge is written with. Noto Sans has Latin, Greek, Cyrillic and Devanagari. Chinese,
# Japanese and Korean are a Python package, see eventapp/ui/fonts/__init__.py.
BOTH = ("400Regular", "700Bold")
NOTO = [
    noto("sans", "0.4.2", *BOTH),
    noto("sans-arabic", "0.4.3", *BOTH),
    noto("sans-hebrew", "0.4.1", *BOTH),
    noto("sans-tamil", "0.4.3", *BOTH),
    noto("sans-thai", "0.4.2", *BOTH),
    noto("sans-georgian", "0.4.3", *BOTH),
    noto("sans-ethiopic", "0.4.2", *BOTH),
    noto("emoji", "0.4.7", "700Bold"),
]
PACKAGES = [
    Package("htmx.org", "4.0.1", "0BSD", ("LICENSE", "dist/htmx.min.js")),
    FIGTREE,
    *NOTO,
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
    Package("ical.js", "2.2.1", "MPL-2.0", ("LICENSE", "dist/ical.min.js"), home=TESTS_ONLY),
    HTML_VALIDATE,
]

ICONS = """
    arrow-left arrow-right calendar calendar-plus camera camera-off check chevron-down
    circle-alert circle-check circle-x clock contact copy door-open download eye eye-off
    file-text flashlight globe hand handshake history hourglass image link list log-in
    log-out mail map-pin message-circle mic party-popper pencil phone plus printer
    qr-code scan-line search settings share-2 sparkles tag ticket trash-2 triangle-alert
    undo-2 upload user user-check user-plus users volume-2 volume-x x
""".split()  # noqa: SIM905 - one quoted name a line is harder to read


# Of Figtree, in the one file that every page loads: what Europe's names are written in. Cut in two,
# as fonts usually are, "Łukasz" waits for the second file, or is drawn in another typeface.
LETTERS = """
    U+20-7E U+A0-A3 U+A5 U+A7 U+A9-AB U+AD U+AE U+B0-B3 U+B7 U+BA U+BB U+BD U+BF-17F U+218-21B
    U+1E80-1E85 U+1E9E U+1EF2 U+1EF3 U+2013 U+2014 U+2018-201A U+201C-201E U+2022 U+2026 U+2039
    U+203A U+20AC U+2122 U+2192 U+2212
""".split()  # noqa: SIM905
FEATURES = "kern,locl,ccmp,tnum"  # kerning, Romanian and Turkish forms, digits of one width
FONTTOOLS = "fonttools==4.68.0"

# Of html-validate and what it needs, one module; beside it which attributes there are at all.
ESBUILD = "esbuild@0.28.2"
ATTRIBUTES = ("html-element-attributes@3.5.0", "aria-attributes@2.0.1")
BUNDLED = """
    export { HtmlValidate, Rule, StaticConfigLoader } from "html-validate/browser";
    export { htmlElementAttributes } from "html-element-attributes";
    export { ariaAttributes } from "aria-attributes";
"""


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


class Wheel(Archive):
    """Figtree as PyPI delivers it; of the font, LETTERS."""

    def __init__(self, folder: Path) -> None:
        self.folder, pip = folder, [sys.executable, "-m", "pip", "--quiet"]
        wanted = f"{FIGTREE.name}=={FIGTREE.version}"
        subprocess.run([*pip, "download", "--no-deps", "--dest", folder, wanted], check=True)
        subprocess.run([*pip, "install", "--target", folder / "tools", FONTTOOLS], check=True)
        (self.path,) = folder.glob("fontpkg_figtree-*.whl")

    def read(self, *paths: str) -> Iterator[bytes]:
        with zipfile.ZipFile(self.path) as wheel:
            for path in paths:
                is_font = path.endswith((".woff2", ".ttf"))
                name = "files/Figtree[wght].ttf" if is_font else path
                content = wheel.read(f"fontpkg_figtree/{name}")
                yield self.cut(content, path) if is_font else content

    def cut(self, font: bytes, name: str) -> bytes:
        whole, part = self.folder / "whole.ttf", self.folder / name
        whole.write_bytes(font)
        command = [sys.executable, "-m", "fontTools.subset", str(whole), f"--output-file={part}"]
        kept = [f"--unicodes={','.join(LETTERS)}", f"--layout-features={FEATURES}"]
        tools = {**os.environ, "PYTHONPATH": str(self.folder / "tools")}
        flavour = ["--flavor=woff2"] if name.endswith(".woff2") else []
        subprocess.run([*command, *kept, *flavour], check=True, env=tools)
        return part.read_bytes()


class Bundle(Archive):
    """html-validate with its dependencies, which npm delivers as packages of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "bundle"
        self.folder.mkdir()
        validator = f"{HTML_VALIDATE.name}@{HTML_VALIDATE.version}"
        quietly = ["npm", "install", "--silent", "--no-package-lock", "--legacy-peer-deps"]
        wanted = [validator, *ATTRIBUTES, ESBUILD]
        subprocess.run([*quietly, "--prefix", self.folder, *wanted], cwd=self.folder, check=True)

    def read(self, *paths: str) -> Iterator[bytes]:
        yield (self.folder / "node_modules" / HTML_VALIDATE.name / "LICENSE").read_bytes()
        files = sorted(self.folder.glob("node_modules/**/*"))
        licences = [file for file in files if file.stem.lower() == "license"]
        others = [one for one in licences if one.parent.name not in ("html-validate", "esbuild")]
        yield b"\n".join(f"{one.parent.name}\n\n".encode() + one.read_bytes() for one in others)
        yield self.bundled()

    def bundled(self) -> bytes:
        entry, written = self.folder / "entry.mjs", self.folder / "html-validate.min.js"
        entry.write_text(BUNDLED, encoding="utf-8")
        esbuild = self.folder / "node_modules/.bin/esbuild"
        how = ["--bundle", "--format=esm", "--minify", "--log-level=error", f"--outfile={written}"]
        subprocess.run([esbuild, str(entry), *how], cwd=self.folder, check=True)
        return written.read_bytes()


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


def clear(home: Path) -> None:
    for folder in home.iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            shutil.rmtree(folder)


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
        there = Path(folder)
        made: dict[Package, Archive] = {FIGTREE: Wheel(there), HTML_VALIDATE: Bundle(there)}
        whole = [package for package in PACKAGES if package not in made]
        archives = {**made, **{one: Archive(one, there) for one in whole}}
        for home in (SERVED, FONTS, TESTS_ONLY):
            clear(home)
            listed = [
                store(package, archives[package]) for package in PACKAGES if package.home == home
            ]
            manifest = json.dumps(listed, indent=2) + "\n"
            (home / "VENDOR.json").write_text(manifest, encoding="utf-8")
        write_sprite(archives[LUCIDE])


if __name__ == "__main__":
    main()
