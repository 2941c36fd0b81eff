"""Contacts as CSV, for Google Contacts, for Outlook and for people; and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from eventapp.contacts.contact import (
    Contact,
    Occasion,
    introduced_line,
    labels,
    occasion_line,
    story,
    web_address,
)
from eventapp.core import csv_safe, xlsx
from eventapp.core.i18n import gettext
from eventapp.core.phones import dialled_phone, grouped_phone
from eventapp.core.xlsx import Cell

# As Google Contacts exports them today; its import matches columns by these names.
_GOOGLE_HEADER = """\
First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,\
Name Prefix,Name Suffix,Nickname,File As,\
Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,\
E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,\
Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,\
Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,\
Website 1 - Label,Website 1 - Value,Website 2 - Label,Website 2 - Value,\
Custom Field 1 - Label,Custom Field 1 - Value"""
GOOGLE = _GOOGLE_HEADER.split(",")

# Those of Outlook's that we fill; all are optional. Title comes first, as it is empty for most:
# some Outlooks read the byte order mark into the name of the first column.
_OUTLOOK_HEADER = """\
Title,First Name,Last Name,Suffix,Company,Job Title,Mobile Phone,Categories,\
E-mail Address,E-mail Type,E-mail Display Name,Notes,Web Page"""
OUTLOOK = _OUTLOOK_HEADER.split(",")


NEVER_MET = Occasion("", None, None, None, (), None)  # of a contact by introduction


def google(contacts: Iterable[Contact]) -> bytes:
    """The CSV that Google Contacts imports, with labels for where each contact was met."""
    rows = [_in_order(GOOGLE, _google_values(contact)) for contact in contacts]
    return csv_safe.write(GOOGLE, rows, phone_columns=["Phone 1 - Value"], bom=False)


def outlook(contacts: Iterable[Contact]) -> bytes:
    """The CSV that Outlook imports, as it reads only the first vCard of a file."""
    rows = [_in_order(OUTLOOK, _outlook_values(contact)) for contact in contacts]
    return csv_safe.write(OUTLOOK, rows, phone_columns=["Mobile Phone"])


def plain(contacts: Iterable[Contact]) -> bytes:
    """A CSV for people, with translated headers: one row per contact, the latest occasion in
    columns of its own and earlier ones in the last column.
    """
    header = _plain_header()
    return csv_safe.write(header, map(_plain_row, contacts), phone_columns=[gettext("Phone")])


def spreadsheet(contacts: Iterable[Contact]) -> bytes:
    """The same rows as XLSX."""
    return xlsx.write(_plain_header(), map(_plain_row, contacts))


FORMATS = {"plain": plain, "google": google, "outlook": outlook}


def _google_values(contact: Contact) -> dict[str, str | None]:
    name = contact.parts
    filed_under = [label.replace(":::", ":") for label in labels(contact)]
    web, linkedin = web_address(contact.web), web_address(contact.linkedin)
    return {
        "First Name": name.given,
        "Last Name": name.family,
        "Name Prefix": name.prefix,
        "Name Suffix": name.suffix,
        "Organization Name": contact.company,
        "Organization Title": contact.role,
        "Notes": story(contact),
        "Labels": " ::: ".join(["* myContacts", *filed_under]),
        "E-mail 1 - Label": "* Work" if contact.email else None,
        "E-mail 1 - Value": contact.email,
        "Phone 1 - Label": "Mobile" if contact.phone else None,
        "Phone 1 - Value": dialled_phone(_phone(contact) or ""),
        "Website 1 - Label": "LinkedIn" if linkedin else None,
        "Website 1 - Value": linkedin,
        "Website 2 - Label": "Work" if web else None,
        "Website 2 - Value": web,
    }


def _outlook_values(contact: Contact) -> dict[str, str | None]:
    name = contact.parts
    filed_under = [label.replace(";", " ").replace(",", " ") for label in labels(contact)]
    web, linkedin = web_address(contact.web), web_address(contact.linkedin)
    only_in_notes = f"\nLinkedIn: {linkedin}" if web and linkedin else ""
    return {
        "Title": name.prefix,
        "First Name": name.given,
        "Last Name": name.family,
        "Suffix": name.suffix,
        "Company": contact.company,
        "Job Title": contact.role,
        "Mobile Phone": _phone(contact),
        "Categories": ";".join(filed_under),
        "E-mail Address": contact.email,
        "E-mail Type": "SMTP" if contact.email else None,
        "E-mail Display Name": contact.name if contact.email else None,
        "Notes": story(contact) + only_in_notes,
        "Web Page": web or linkedin,
    }


def _plain_header() -> list[str]:
    header = [gettext("Name"), gettext("Email"), gettext("Phone")]
    header += [gettext("Company"), gettext("Role")]
    header += ["LinkedIn", gettext("Web"), gettext("About")]
    header += [gettext("Event"), gettext("Place"), gettext("Met on"), gettext("Note")]
    return [*header, gettext("Tags"), gettext("Follow up on"), gettext("Met before")]


def _plain_row(contact: Contact) -> list[Cell]:
    newest, *earlier = contact.occasions or (NEVER_MET,)
    before = [occasion_line(occasion) for occasion in earlier]
    if contact.introduced:
        before.append(introduced_line(contact.introduced))
    return [
        contact.name,
        contact.email,
        _phone(contact),
        contact.company,
        contact.role,
        web_address(contact.linkedin),
        web_address(contact.web),
        contact.about,
        newest.event_title,
        newest.place,
        newest.met_on,
        newest.note,
        ", ".join(newest.tags),
        newest.follow_up_on,
        "\n".join(before),
    ]


def _phone(contact: Contact) -> str | None:
    return grouped_phone(contact.phone) if contact.phone else None


def _in_order(header: Sequence[str], values: Mapping[str, str | None]) -> list[str | None]:
    unknown = values.keys() - set(header)
    if unknown:
        raise KeyError(*unknown)
    return [values.get(title) for title in header]
