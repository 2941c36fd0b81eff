"""Follow a community, once the address has proven itself; stop; tell followers what is new."""

from eventapp.follow.actions.following import (
    LINK_VALID,
    PURPOSE,
    LinkTooOld,
    confirm_following,
    mail_confirmation,
    start_following,
    stop_following,
    wish_of,
)
from eventapp.follow.actions.news import mails_of_news, tell_followers

__all__ = [
    "LINK_VALID",
    "PURPOSE",
    "LinkTooOld",
    "confirm_following",
    "mail_confirmation",
    "mails_of_news",
    "start_following",
    "stop_following",
    "tell_followers",
    "wish_of",
]
