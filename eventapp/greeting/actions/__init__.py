"""A guest chooses whom to meet; the worker leads guests to each other, and tells them."""

from eventapp.greeting.actions.choose import Choice, choose
from eventapp.greeting.actions.planner import BEFORE, plan_due_suggestions, plan_now
from eventapp.greeting.actions.tell import (
    NEWCOMER_IS_IN,
    PEOPLE_TO_MEET,
    is_in_mail_says,
    people_mail_says,
    people_to_meet_values,
    tell_hosts_who_is_in,
    tell_of_another_host,
    tell_people_to_meet,
)

__all__ = [
    "BEFORE",
    "NEWCOMER_IS_IN",
    "PEOPLE_TO_MEET",
    "Choice",
    "choose",
    "is_in_mail_says",
    "people_mail_says",
    "people_to_meet_values",
    "plan_due_suggestions",
    "plan_now",
    "tell_hosts_who_is_in",
    "tell_of_another_host",
    "tell_people_to_meet",
]
