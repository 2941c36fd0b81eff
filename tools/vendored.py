"""Which third-party files the front end and its tests have, and what of them.

`python -m tools.vendor` fetches them.
"""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "eventapp/ui/static"
SERVED = STATIC / "vendor"
FONTS = ROOT / "eventapp/ui/fonts"  # to draw with, never served
TESTS_ONLY = ROOT / "tests/vendor"


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
