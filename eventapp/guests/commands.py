"""flask guests import EVENT FILE [--dry-run] [--map COLUMN=MEANING] · export EVENT [--format]"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from tqdm import tqdm

from eventapp.communities.actions import record
from eventapp.core import clock
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.events.queries import event_at
from eventapp.guests.export import guest_csv, guest_xlsx
from eventapp.guests.guest_list import entries, ids_of_everybody
from eventapp.guests.import_report import ImportReport
from eventapp.guests.importer import dry_run_import, import_guests
from eventapp.guests.page import bp
from eventapp.guests.preview import Corrections, read_list
from eventapp.guests.reading.column_choice import MEANINGS
from eventapp.guests.reading.columns import Why
from eventapp.guests.reading.guest_file import GuestFile
from eventapp.guests.reading.refusals import FileRefused
from eventapp.guests.reading.remembered import Said
from eventapp.guests.reading.sheet import MOST_MEGABYTES
from eventapp.guests.refusals import ImportStopped
from eventapp.guests.remembered import remember
from eventapp.model import AuditVerb, Event, Status

_WHY = {
    Why.TITLE: "by its title",
    Why.CELLS: "by its cells",
    Why.QUESTION: "a question of the event",
    Why.MAPPING: "as you said",
    Why.REMEMBERED: "as said of an earlier list",
    Why.UNKNOWN: "not known",
}

guests = AppGroup("guests", help="Guest lists.")
bp.cli.add_command(guests)


@contextmanager
def _application_kept() -> Iterator[None]:
    """Have Python look for garbage among new objects only: of a long list there are so many that it
    looks through the whole application again and again, a sixth of the time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@guests.command("import")
@click.argument("event")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=MEANING",
    help=f"What a column means, if it was taken for something else: {', '.join(MEANINGS)}; "
    "nothing after the = drops it. May be repeated.",
)
@click.option(
    "--means",
    multiple=True,
    metavar="WORD=STATUS",
    help=f"What a word in a status column means: {', '.join(Status)}; nothing after the = leaves "
    "those guests out. May be repeated.",
)
@click.option("--encoding", help="Of a text file whose letters come out wrong, such as cp1250.")
@_application_kept()
def import_(event: str, file: str, *, dry_run: bool, **corrections: Any) -> None:
    """Bring the guest list FILE into EVENT (its slug).

    FILE is a spreadsheet (XLSX, XLS, ODS) or text (CSV, TSV) of any tool; - is standard input.
    """
    found, said = _event(event), _corrections(**corrections)
    read_file = _read(file, found, said)
    with tqdm(total=len(read_file.rows), unit=" guests", disable=None) as bar:  # on a terminal
        try:
            report = _run(found, read_file, bar.update, name=Path(file).name, dry_run=dry_run)
        except ImportStopped as no:
            _stop(str(no), status=1)
    _tell(report)
    _tell_reading(read_file)
    if dry_run:
        click.echo("a dry run: nothing was changed")
        return
    with transaction():
        said_now = Said(said.mapping, said.meanings)
        remember(found.community_id, read_file.titles_key, said_now, at=clock.now())


def _run(
    event: Event, file: GuestFile, progress: Callable[[int], object], *, name: str, dry_run: bool
) -> ImportReport:
    now = clock.now()
    if dry_run:
        return dry_run_import(event, file, at=now, progress=progress)
    note = partial(record, AuditVerb.GUESTS_IMPORTED, event, by=None, at=now)
    return import_guests(event, file, at=now, record=note, file_name=name, progress=progress)


@guests.command("export")
@click.argument("event")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx"]),
    default="csv",
    show_default=True,
    help="CSV in UTF-8, or a spreadsheet for a file: --format xlsx > guests.xlsx",
)
def export(event: str, form: str) -> None:
    """Write the guest list of EVENT (its slug) to standard output, with whom hosts took off it:
    they are cancelled.
    """
    found = _event(event)
    if form == "xlsx" and sys.stdout.isatty():
        _stop("A spreadsheet is no text for a terminal: add > guests.xlsx", status=2)
    with transaction():
        record(AuditVerb.GUESTS_EXPORTED, found, by=None, at=clock.now())
    guests = entries(found, ids_of_everybody(found))
    file = guest_xlsx(found, guests) if form == "xlsx" else guest_csv(found, guests, bom=False)
    click.echo(file, nl=False)


def _event(slug: str) -> Event:
    """The event. Exits for a rehearsal, whose list is a copy that will be wiped."""
    try:
        found = event_at(slug)
    except NotFound:
        found = None
    if found is None or found.is_rehearsal:
        _stop(f"There is no event “{slug}”.", status=1)
    return found


def _corrections(
    *, mapping: Sequence[str], means: Sequence[str], encoding: str | None
) -> Corrections:
    return Corrections(_pairs("--map", mapping), _pairs("--means", means), encoding or "")


def _read(path: str, event: Event, said: Corrections) -> GuestFile:
    try:
        with click.open_file(path, "rb") as file:
            return read_list(event, file.read(MOST_MEGABYTES * 1_000_000 + 1), said)
    except OSError as no:
        _stop(f"{path}: {no.strerror}", status=2)
    except FileRefused as no:
        _stop(f"{path}: {no}", status=2)


def _tell(report: ImportReport) -> None:
    skipped = len(report.skipped)
    click.echo(f"added {report.added}, updated {report.updated}, skipped {skipped}")
    click.echo(f"unchanged {report.unchanged}")
    click.echo(f"waitlisted for lack of places: {report.waitlisted}")
    click.echo(f"came in: {report.arrived}")
    for row in report.skipped:
        click.echo(f"row {row.number}: {row.reason}")
    for row in report.flagged:
        click.echo(f"look at row {row.number}, {row.name}: {row.reason}")


def _tell_reading(file: GuestFile) -> None:
    """Say what the file and each of its columns were taken for."""
    if file.encoding:
        click.echo(f"encoding: {file.encoding}{'' if file.is_sure_of_encoding else ' (a guess)'}")
    if file.sheet and file.other_sheets:
        click.echo(f"sheet: “{file.sheet}”, not {', '.join(f'“{n}”' for n in file.other_sheets)}")
    for column in file.columns:
        if column.title:
            meaning = column.meaning or "dropped"
            click.echo(f"column “{column.title}”: {meaning} ({_WHY[column.why]})")
    for word in file.open_words:
        click.echo(f"status “{word.word}”, {word.count} times: what does it mean? (--means)")


def _pairs(option: str, written: Sequence[str]) -> dict[str, str]:
    """What was written as "COLUMN=MEANING", by the column. Exits where one has no =."""
    if wrong := next((one for one in written if "=" not in one), None):
        _stop(f"{option} “{wrong}” has no =.", status=2)
    pairs = (one.rpartition("=") for one in written)
    return {left.strip(): right.strip() for left, _, right in pairs}


def _stop(words: str, *, status: int) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(status)
