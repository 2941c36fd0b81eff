"""flask guests import EVENT FILE [--dry-run] · flask guests export EVENT [--format]"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import NoReturn

import click
from flask.cli import AppGroup
from tqdm import tqdm

from eventapp.communities.actions import record
from eventapp.core import clock
from eventapp.core.db import transaction
from eventapp.core.errors import NotFound
from eventapp.events.queries import event_at
from eventapp.guests.export import guest_csv, guest_xlsx
from eventapp.guests.guest_file import GuestFile, read
from eventapp.guests.guest_list import all_guests
from eventapp.guests.import_report import ImportReport
from eventapp.guests.importer import dry_run_import, import_guests
from eventapp.guests.page import bp
from eventapp.guests.refusals import FileRefused, ImportStopped
from eventapp.guests.table import MOST_MEGABYTES
from eventapp.model import AuditVerb, Event
from eventapp.rsvp.queries import labels_of

guests = AppGroup("guests", help="Guest lists.")
bp.cli.add_command(guests)


@guests.command("import")
@click.argument("event")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
def import_(event: str, file: str, *, dry_run: bool) -> None:
    """Bring the guest list FILE (CSV; - is standard input) into EVENT (its slug)."""
    found = _event(event)
    read_file = _read(file, found)
    with tqdm(total=len(read_file.rows), unit=" guests", disable=None) as bar:  # on a terminal
        try:
            report = _run(found, read_file, bar.update, dry_run=dry_run)
        except ImportStopped as no:
            _stop(str(no), status=1)
    _tell(report)
    if dry_run:
        click.echo("a dry run: nothing was changed")


def _run(
    event: Event, file: GuestFile, progress: Callable[[int], object], *, dry_run: bool
) -> ImportReport:
    now = clock.now()
    if dry_run:
        return dry_run_import(event, file, at=now, progress=progress)
    note = partial(record, AuditVerb.GUESTS_IMPORTED, event, by=None, at=now)
    return import_guests(event, file, at=now, record=note, progress=progress)


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
    """Write the guest list of EVENT (its slug) to standard output."""
    found = _event(event)
    if form == "xlsx" and sys.stdout.isatty():
        _stop("A spreadsheet is no text for a terminal: add > guests.xlsx", status=2)
    with transaction():
        record(AuditVerb.GUESTS_EXPORTED, found, by=None, at=clock.now())
    guests = all_guests(found)
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


def _read(path: str, event: Event) -> GuestFile:
    try:
        with click.open_file(path, "rb") as file:
            data = file.read(MOST_MEGABYTES * 1_000_000 + 1)
            return read(data, zone=event.zone, questions=labels_of(event))
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


def _stop(words: str, *, status: int) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(status)
