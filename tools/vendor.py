"""Fetch the front end's third-party files, so that running the app needs no npm.

    python -m tools.vendor

To add, upgrade or drop a file, edit tools/vendored.py, run this and commit what changed. Versions
are exact because npm's `latest` tag moves; for htmx it even points at the line before ours. Each
vendor folder is rewritten whole, and tests/test_vendor.py holds it to its VENDOR.json.
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
from pathlib import Path, PurePosixPath
from typing import Any

from tools.vendored import (
    ATTRIBUTES,
    BUNDLED,
    ESBUILD,
    FEATURES,
    FIGTREE,
    FONTS,
    FONTTOOLS,
    HTML_VALIDATE,
    ICONS,
    LETTERS,
    LUCIDE,
    PACKAGES,
    SERVED,
    STATIC,
    TESTS_ONLY,
    Package,
)

SVG = "{http://www.w3.org/2000/svg}"


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
