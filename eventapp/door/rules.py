"""The rules that a phone applies while it is offline: one document, sent with the door's page and
with the list. `static/decide.js`, `search.js` and `scanned.js` interpret it.
"""

from __future__ import annotations

from eventapp.attendees.queries import FEW
from eventapp.core.fuzzy import HALF_TYPED
from eventapp.core.links import KEY_PATTERN, SHORT_CODE_PATTERN
from eventapp.core.sounds import SOUNDS
from eventapp.core.text import EMAIL_MOST
from eventapp.door.check_in import DENIED_STATUSES
from eventapp.door.scanned import LAYOUTS, MISREAD, SHIFT_LOCKS
from eventapp.door.search import FOUND_MOST
from eventapp.door.ticket_codes import CODE_DIGITS
from eventapp.door.undo import UNDO_FOR
from eventapp.model.limits import NAME_MOST, OVER_REASON_MOST, PARTY_MOST, TICKET_CODE_MOST

ENTRIES_MOST = 50  # in a batch

RULES = {
    "denied_statuses": DENIED_STATUSES,  # status => reason of the denial
    "undo_seconds": int(UNDO_FOR.total_seconds()),  # for helpers; leads have no limit
    "ticket": KEY_PATTERN,  # regular expressions, the same in Python and JavaScript
    "misread": MISREAD,
    "layouts": LAYOUTS,
    "shift_locks": list(SHIFT_LOCKS),
    "spared_by_shift_lock": SHIFT_LOCKS,
    "short_code": SHORT_CODE_PATTERN,
    "code_digits": CODE_DIGITS,  # of another tool's code, on the list
    "ticket_code_most": TICKET_CODE_MOST,  # characters of another tool's code
    "found_most": FOUND_MOST,  # guests
    "few": FEW,  # guests: with fewer, similar names are shown as well
    "fuzzy_from": HALF_TYPED,  # letters
    "sounds": [list(one) for one in SOUNDS],  # letters, as a regular expression => how they sound
    "batch_most": ENTRIES_MOST,  # entries
    "party_most": PARTY_MOST,  # people
    "most": {  # characters of a text
        "name": NAME_MOST,
        "email": EMAIL_MOST,
        "over_reason": OVER_REASON_MOST,
    },
}
