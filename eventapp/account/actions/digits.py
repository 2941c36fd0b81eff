"""Sign in by the six digits of a mail. Sent again, because the answer was lost, they are answered
as the first time: wrong ones count once, and right ones sign in.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import update

from eventapp.account.actions.codes import Visitor, digest_of_digits, refuse_stale, spend
from eventapp.account.queries import has_session_since, owner_of
from eventapp.core.db import db, lock
from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l
from eventapp.core.links import digest
from eventapp.core.sent_forms import is_sent_first
from eventapp.model import MailedCode, Person
from eventapp.model.limits import DIGITS_TRIED_MOST

ANSWERED_AGAIN = timedelta(minutes=5)


class TooManyTries(Refusal):
    code = "too_many_tries"
    message = _l("Too many wrong digits. Ask for a new email, which brings new ones.")


def try_digits(code: MailedCode, digits: str, *, by: Visitor, at: datetime) -> Person | None:
    """Spend the code if the digits are right. Returns None if they are wrong, which is counted.

    Raises CodeSpent, CodeExpired, TooManyTries. The try is counted before the digits are
    compared, so that many guesses at once get no more tries than one after the other.
    """
    lock(code)
    is_again = _may_answer_again(code, by, at)
    if not is_again:
        refuse_stale(code, at)
    _count_try(code, digits, at)
    expected = code.digits_digest or ""
    if not hmac.compare_digest(digest_of_digits(code, digits), expected):
        return None
    return owner_of(code) if is_again else spend(code, language=by.language, at=at)


def _may_answer_again(code: MailedCode, by: Visitor, at: datetime) -> bool:
    """Whether a code that was used here moments ago may sign in once more. Not after signing out,
    which deletes the session: a borrowed browser may still have the digits.
    """
    if code.used_at is None or at >= code.used_at + ANSWERED_AGAIN:
        return False
    owner, is_asked_here = owner_of(code), code.browser_digest == digest(by.browser)
    return is_asked_here and owner is not None and has_session_since(owner, code.used_at)


def _count_try(code: MailedCode, digits: str, at: datetime) -> None:
    """Count each guess once: who repeats one learns nothing. Raises TooManyTries."""
    if not is_sent_first(code.page, digits, at=at):
        return
    counted = db.session.execute(
        update(MailedCode)
        .where(MailedCode.id == code.id, MailedCode.wrong_tries < DIGITS_TRIED_MOST)
        .values(wrong_tries=MailedCode.wrong_tries + 1)
        .returning(MailedCode.id)
    ).scalar()
    if counted is None:
        raise TooManyTries
