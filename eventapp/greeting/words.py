"""The reason to look for somebody, in words."""

from __future__ import annotations

from collections.abc import Sequence

from eventapp.core.i18n import gettext, ngettext


def reason_words(
    why: str | None = None,
    topics: Sequence[str] = (),
    said: Sequence[Sequence[str]] = (),
    visits: int = 0,
    name: str = "",
) -> str:
    """What they say and the reader says that is a reason to talk, what else they said, each line
    as they wrote it, and how often they were here.
    """
    told = [_topic_words(why, ", ".join(topics))] if why else []
    told += [_line_words(line, words) for line, words in said]
    if visits:
        often = _visit_words(visits)
        told.append(often if told else gettext("knows the place: %(often)s", often=often))
    words = "; ".join(told)
    return words[:1].upper() + words[1:]


def _topic_words(why: str, topics: str) -> str:
    words = {
        "offers": gettext("Can be asked about what you want to learn: %(topics)s", topics=topics),
        "offers_sought": gettext(
            "Can be asked about what you're looking for: %(topics)s", topics=topics
        ),
        "seeks": gettext("Is looking for what you can be asked about: %(topics)s", topics=topics),
        "wants": gettext("Wants to learn what you can be asked about: %(topics)s", topics=topics),
        "seeks_too": gettext("Is looking for the same as you: %(topics)s", topics=topics),
        "wants_too": gettext("Wants to learn the same as you: %(topics)s", topics=topics),
    }
    return str(words[why])


def _line_words(line: str, wrote: str) -> str:
    words = {
        "ask_me_about": gettext("can be asked about: %(wrote)s", wrote=wrote),
        "want_to_learn": gettext("wants to learn: %(wrote)s", wrote=wrote),
        "looking_for": gettext("is looking for: %(wrote)s", wrote=wrote),
    }
    return str(words[line])


def _visit_words(visits: int) -> str:
    """Of so many visits before this one."""
    often = {
        1: gettext("second time here"),
        2: gettext("third time here"),
        3: gettext("fourth time here"),
    }
    many = ngettext("has been here once before", "has been here %(num)s times before", visits)
    return str(often.get(visits, many))
