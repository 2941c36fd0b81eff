"""Why a guest list is refused, and why a row of it is skipped."""

from __future__ import annotations

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l


class FileRefused(Refusal):
    """The file cannot be read; no row of it was used."""


class EmptyFile(FileRefused):
    code = "file_empty"
    message = _l("There's nothing to read in this file.")


class FileTooBig(FileRefused):
    code = "file_too_big"
    message = _l("The file is too big: %(most)s MB at most.")


class TooManyRows(FileRefused):
    code = "file_too_big"
    message = _l("The list is too long: %(most)s rows at most.")


class BinaryFile(FileRefused):
    code = "file_binary"
    message = _l(
        "This file is not text. If it is a spreadsheet, open it and save it as CSV (UTF-8)."
    )


class MalformedCsv(FileRefused):
    code = "file_malformed"
    message = _l("The quotes in row %(number)s don't close. Please save the list as CSV again.")


class NoColumns(FileRefused):
    code = "file_no_columns"
    message = _l("No column is called name or email. The columns found are: %(headers)s.")


class ImportStopped(Refusal):
    """The database failed during the import. Portions that were committed stay."""

    code = "import_stopped"
    message = _l(
        "The import stopped after row %(number)s, because the database isn't answering. Run it "
        "again in a moment: it carries on from there, and nobody is added twice."
    )


class RowRefused(Refusal):
    """One row cannot be used; the others are read."""


class NobodyThere(RowRefused):
    code = "nobody"
    message = _l("There's neither a name nor an email address.")


class CellTooLong(RowRefused):
    code = "too_long"
    message = _l("“%(column)s” is too long: %(most)s characters fit.")


class NameTooLong(RowRefused):
    code = "name_too_long"
    message = _l("The name is too long: %(length)s characters, and %(most)s fit.")


class HasNotAnswered(RowRefused):
    code = "invited"
    message = _l("Invited, but has not answered yet.")


class UnknownStatus(RowRefused):
    code = "status"
    message = _l("The status “%(word)s” is not known here.")


class TooManyCompanions(RowRefused):
    code = "companions"
    message = _l("%(companions)s companions are too many: %(most)s at most.")


class RepeatedGuest(RowRefused):
    code = "duplicate"
    message = _l("The same guest as in row %(number)s.")


class PartyDoesNotFit(RowRefused):
    code = "party_too_big"
    message = _l(
        "The party is %(party)s people now, and only %(left)s more fit: it stays as it was."
    )
