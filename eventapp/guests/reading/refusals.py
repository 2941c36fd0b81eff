"""Why a file is refused, and why a row of it is skipped."""

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


class TooMuchInside(FileRefused):
    """A spreadsheet that unpacks to more than is read, or for longer than is waited."""

    code = "file_too_big"
    message = _l("There's too much in this spreadsheet. Save the sheet with the guests as CSV.")


class BinaryFile(FileRefused):
    code = "file_binary"
    message = _l(
        "This file is neither a spreadsheet nor text. Save the list as a spreadsheet or as CSV."
    )


class NotAList(FileRefused):
    code = "file_kind"
    message = _l("This is %(kind)s, not a list. Save the list as a spreadsheet or as CSV.")


class LockedFile(FileRefused):
    code = "file_locked"
    message = _l("This spreadsheet has a password. Save it without, or as CSV.")


class BrokenSpreadsheet(FileRefused):
    code = "file_malformed"
    message = _l("This spreadsheet can't be opened. Save it again, or as CSV.")


class EncodingUnclear(FileRefused):
    """Somebody has to say the encoding."""


class UnreadableLetters(EncodingUnclear):
    code = "file_encoding"
    message = _l(
        "The letters of this file can't be told for sure. Save it as CSV in UTF-8, or say its "
        "encoding."
    )


class UnknownEncoding(EncodingUnclear):
    code = "file_encoding"
    message = _l("There's no encoding “%(encoding)s”, or this file isn't in it.")


class ColumnsUnclear(FileRefused):
    """Somebody has to say what the `columns` are: each a title, and what it is taken for so far."""


class NoColumns(ColumnsUnclear):
    code = "file_no_columns"
    message = _l(
        "No row says which column has names or email addresses. The first row reads: %(headers)s."
    )


class NoNames(ColumnsUnclear):
    code = "file_no_names"
    message = _l(
        "Which column has the names can't be told. Call one of these “Name”, or drop them if there "
        "are no names: %(headers)s."
    )


class NoSuchColumn(FileRefused):
    code = "mapping_column"
    message = _l("There's no column “%(column)s”. There are: %(headers)s.")


class NoSuchMeaning(FileRefused):
    code = "mapping_meaning"
    message = _l("A column can't mean “%(meaning)s”. It can mean: %(meanings)s.")


class NoSuchStatus(FileRefused):
    code = "meaning_status"
    message = _l("A word can't mean “%(status)s”. It can mean: %(statuses)s.")


class RowRefused(Refusal):
    """One row cannot be used; the others are read."""


class NobodyThere(RowRefused):
    code = "nobody"
    message = _l("There's neither a name nor an email address.")


class NotAGuest(RowRefused):
    code = "not_a_guest"
    message = _l("A heading, a total or a note: nobody.")


class UnclaimedTicket(RowRefused):
    code = "unclaimed"
    message = _l("A ticket without a name, bought by somebody who isn't on the list: %(buyer)s.")


class CellTooLong(RowRefused):
    code = "too_long"
    message = _l("“%(column)s” is too long: %(most)s characters fit.")


class NameTooLong(RowRefused):
    code = "name_too_long"
    message = _l("The name is too long: %(length)s characters, and %(most)s fit.")


class NoAddress(RowRefused):
    code = "email"
    message = _l("“%(address)s” isn't an email address. Does the row stand in the right columns?")


class SpelledAddress(RowRefused):
    code = "email"
    message = _l("“%(address)s” isn't an email address: write it with an @, and the row is read.")


class HasNotAnswered(RowRefused):
    code = "invited"
    message = _l("Invited, but has not answered yet.")


class SaidMaybe(RowRefused):
    code = "maybe"
    message = _l("Said “%(word)s” elsewhere: left out until you say what that means here.")


class UnknownStatus(RowRefused):
    code = "status"
    message = _l("The status “%(word)s” isn't known here: left out until you say what it means.")


class LeftOut(RowRefused):
    code = "left_out"
    message = _l("Left out, as you said of “%(word)s”.")


class TooManyCompanions(RowRefused):
    code = "companions"
    message = _l("%(companions)s companions are too many: %(most)s at most.")


class RepeatedGuest(RowRefused):
    code = "duplicate"
    message = _l("The same guest as in row %(number)s.")
