"""The actions on impressions: write one, change it, withdraw it; hide it from all but its writer
and the hosts, and show it again. And on the recap: choose what it quotes, and ask; publish it, take
it back, mail it.
"""

from eventapp.impressions.actions.ask_quote import ASK_QUOTE, ask_about_quotes, ask_quote_says
from eventapp.impressions.actions.quote import (
    allow_quote,
    choose_quote,
    decline_quote,
    drop_quote,
    move_quote,
    recap_for,
)
from eventapp.impressions.actions.recap import (
    RECAP,
    RecapNotPublished,
    RecapTooEarly,
    mail_recap,
    mail_recaps,
    mails_of_recap,
    publish_recap,
    recap_mail_says,
    take_back_recap,
)
from eventapp.impressions.actions.write import (
    ImpressionsClosed,
    NotThere,
    Said,
    TooManyImpressions,
    change_impression,
    forget_old_impressions,
    hide_impression,
    show_impression,
    withdraw_impression,
    write_impression,
)

__all__ = [
    "ASK_QUOTE",
    "RECAP",
    "ImpressionsClosed",
    "NotThere",
    "RecapNotPublished",
    "RecapTooEarly",
    "Said",
    "TooManyImpressions",
    "allow_quote",
    "ask_about_quotes",
    "ask_quote_says",
    "change_impression",
    "choose_quote",
    "decline_quote",
    "drop_quote",
    "forget_old_impressions",
    "hide_impression",
    "mail_recap",
    "mail_recaps",
    "mails_of_recap",
    "move_quote",
    "publish_recap",
    "recap_for",
    "recap_mail_says",
    "show_impression",
    "take_back_recap",
    "withdraw_impression",
    "write_impression",
]
