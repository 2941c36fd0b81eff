"""The organisers' guest list: who is on it, and how it comes in and goes out.

The list: `choice` is what an organiser chooses of it, which `asked` reads off an address;
`guest_list` reads it, and its `counts`; `page` shows it, with buttons for `approval` and `tickets`,
which the worker mails (`ticket_mails`); `act_pages` asks before one of the `acts` on `many` guests
(`act_plan`, `whom`); on `message_page` organisers write to them in words of their own (`writing`,
`messages`); `approval_pages` has an event ask for approval, or no more (`stop_asking`);
`request_mails` tells organisers that somebody asks to come, which each ends at `request_mail_page`;
`export` writes the list as CSV.

One guest: `guest_page` shows them, with `guest_form` to write them down and their `history`;
`new_guest_page` adds one, `one_guest_acts` has the buttons; `by_hand` is what all of them do, with
`seating`, and `undo` takes that back. `merge_page` makes one guest of two, by `merge` and
`joined_encounters`.

A list is handed in on `import_page`; `handed_in` keeps it, `preview` says how it is read and what
would happen, `notes` keeps that as JSON. `handed_in_page` shows it and, once corrected by
`correction_form` (words: `list_words`) and confirmed, imports it; `long_lists` are the worker's.

An import: `reading` makes guests of a file of another tool; `importer` takes them portion by
portion, or as a dry run; `matching` finds who is on the list already, `row_mapping` says what an
RSVP keeps of a row, `seat_allocation` takes the seats, `row_writer` writes, `row_by_row` passes
over a row that can't be written, `import_report` counts what it did, `import_progress` how far it
is. `remembered` keeps corrections for the next list.
`take_back` undoes an import, `take_back_mails` says who moves up by that; `imported` says who has
acted since, and stays. `imported_calendars` tells those whom a list has not coming any more.
"""

from eventapp.guests import (
    act_pages,
    approval_pages,
    commands,
    export,
    guest_page,
    handed_in_page,
    import_page,
    merge_page,
    message_page,
    new_guest_page,
    one_guest_acts,
    request_mail_page,
)
from eventapp.guests.page import bp

__all__ = [
    "act_pages",
    "approval_pages",
    "bp",
    "commands",
    "export",
    "guest_page",
    "handed_in_page",
    "import_page",
    "merge_page",
    "message_page",
    "new_guest_page",
    "one_guest_acts",
    "request_mail_page",
]
