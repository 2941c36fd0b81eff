"""The reason to look for somebody, in words."""

from __future__ import annotations

from collections.abc import Sequence

from eventapp.core.i18n import gettext, ngettext


def reason_words(
    why: str | None = None, topics: Sequence[str] = (), visits: int = 0, name: str = ""
) -> str:
    """What they say that is a reason to talk, and how often they have been here before."""
    told = [_topic_words(why, " · ".join(topics))] if why else []
    if visits:
        times: str = ngettext(
            "Has been here once before", "Has been here %(num)s times before", visits
        )
        told.append(times)
    return " · ".join(told)


def _topic_words(why: str, topics: str) -> str:
    words = {
        "offers": gettext("Can be asked about %(topics)s", topics=topics),
        "seeks": gettext("Is looking for %(topics)s", topics=topics),
        "wants": gettext("Wants to learn about %(topics)s", topics=topics),
        "seeks_too": gettext("Is also looking for %(topics)s", topics=topics),
        "wants_too": gettext("Also wants to learn about %(topics)s", topics=topics),
    }
    return str(words[why])
