"""The actions on impressions: write one, change it, withdraw it; hide it from all but its writer
and the hosts, and show it again.
"""

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
    "ImpressionsClosed",
    "NotThere",
    "Said",
    "TooManyImpressions",
    "change_impression",
    "forget_old_impressions",
    "hide_impression",
    "show_impression",
    "withdraw_impression",
    "write_impression",
]
