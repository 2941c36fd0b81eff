"""What following a community looks like to whoever is asking."""

from __future__ import annotations

from typing import Any

from eventapp.account import gate
from eventapp.follow.forms import FollowForm
from eventapp.follow.queries import follow_of
from eventapp.model import Community


def follow_values(community: Community, form: FollowForm | None = None) -> dict[str, Any]:
    """The values of `follow/_follow.html`: whether the person asking follows, or the form for an
    address.
    """
    person = gate.person()
    return {
        "community": community,
        "follow": follow_of(community, person) if person else None,
        "follow_form": form or FollowForm(formdata=None),
    }
