"""Other programs, and what each reads in a file of ours."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from ast import literal_eval
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.node.test_node import why_unavailable

FIELDS = (
    *("uid", "formatted_name", "first_name", "last_name", "phone_numbers", "emails"),
    *("organisations", "titles", "webpages", "notes", "categories"),
)
LISTS = ("organisations", "titles", "webpages", "notes", "categories")
ENTRY = ("title", "location", "start", "end", "description", "url", "organizer", "status")  # khal
BETWEEN, AFTER = "\x1f", "\x1e"  # of fields, of entries
KHAL = """
[calendars]
[[ours]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
local_timezone = UTC
default_timezone = UTC
[sqlite]
path = {folder}/khal.db
"""
READ = "Text - txt - csv (StarCalc):44,34,76,1"  # commas, quotes, UTF-8, from the first line
TABLE = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"


def program(name: str, package: str) -> str:
    """Where it is. Skips the test where it is not."""
    return shutil.which(name) or pytest.skip(f"without {name} (Debian: apt-get install {package})")


def said_by(*command: object, given: str | None = None) -> str:
    ran = subprocess.run(
        [str(part) for part in command], input=given, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def khard(cards: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """The cards in a book of khard, in its order: its fields, what may be many as a list."""
    found = program("khard", "khard")
    for number, card in enumerate(cards):
        (folder / f"{number}.vcf").write_text(card, encoding="utf-8", newline="")
    settings = folder / "khard.conf"
    settings.write_text(f"[addressbooks]\n[[ours]]\npath = {folder}\n")
    listed = said_by(found, "-c", settings, "list", "--parsable", "--fields", ",".join(FIELDS))
    rows = [dict(zip(FIELDS, line.split("\t"), strict=True)) for line in listed.splitlines()]
    read = {"phone_numbers", "emails", *LISTS}
    return [
        {name: literal_eval(cell) if name in read and cell else cell for name, cell in row.items()}
        for row in rows
    ]


def khal(calendar: str, folder: Path) -> list[dict[str, str]]:
    """The entries that khal sees in a calendar file; times are in UTC."""
    found = program("khal", "khal")
    settings, file = folder / "khal.conf", folder / "calendar.ics"
    settings.write_text(KHAL.format(folder=folder))
    file.write_text(calendar, encoding="utf-8", newline="")
    form = BETWEEN.join(f"{{{name}}}" for name in ENTRY) + AFTER
    _, _, listed = said_by(found, "-c", settings, "printics", "-f", form, file).partition("\n")
    entries = [entry.strip("\n") for entry in listed.split(AFTER)[:-1]]
    return [dict(zip(ENTRY, entry.split(BETWEEN), strict=True)) for entry in entries]


def ical_js(text: str) -> Any:
    """The method and the entries of a calendar, as ical.js reads them."""
    if missing := why_unavailable():
        pytest.skip(missing)
    script = Path(__file__).with_name("parse.js")
    return json.loads(said_by(shutil.which("node"), script, given=text))


def office(folder: Path, *names: str) -> dict[str, list[list[str]]]:
    """The rows that LibreOffice shows in files of a folder: of a CSV, as its dialogue offers."""
    found = program("soffice", "libreoffice-calc")
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    shown: dict[str, list[list[str]]] = {}
    for kind, how in (("csv", [f"--infilter={READ}"]), ("xlsx", [])):
        written = folder / f"shown-{kind}"
        files = [folder / name for name in names if name.endswith(kind)]
        convert = [found, home, "--headless", *how, "--convert-to", TABLE, "--outdir", written]
        said_by(*convert, *files)
        shown |= {file.name: rows_of((written / file.stem).with_suffix(".csv")) for file in files}
    return shown


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))
