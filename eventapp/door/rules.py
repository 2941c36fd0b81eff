"""The rules that a phone repeats while it has no network: one document, which comes with the door's
page and with the list. `static/decide.js` and `search.js` interpret it.
"""

from __future__ import annotations

from eventapp.core.fuzzy import HALF_TYPED
from eventapp.core.links import KEY_PATTERN, SHORT_CODE_PATTERN
from eventapp.door.actions.check_in import DENIED_STATUSES
from eventapp.door.actions.leave import UNDO_FOR
from eventapp.door.batch_form import ENTRIES_MOST
from eventapp.door.queries.guests import FOUND_MOST

RULES = {
    "denied_statuses": DENIED_STATUSES,  # status => the reason for the no
    "undo_seconds": int(UNDO_FOR.total_seconds()),  # for helpers; a lead always may
    "ticket": KEY_PATTERN,  # regular expressions, the same in Python and JavaScript
    "short_code": SHORT_CODE_PATTERN,
    "found_most": FOUND_MOST,  # guests
    "fuzzy_from": HALF_TYPED,  # letters
    "batch_most": ENTRIES_MOST,  # entries
}
