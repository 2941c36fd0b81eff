"""/o/<community>/log: the audit log, newest first."""

from __future__ import annotations

from flask import render_template, request

from eventapp.account import gate as account
from eventapp.communities import gate, queries
from eventapp.communities.log_words import what_was_done, who_did
from eventapp.communities.views import bp
from eventapp.core.links import row_id

bp.add_app_template_filter(who_did)
bp.add_app_template_filter(what_was_done)

PAGE_ROWS = 50


@bp.get("/o/<slug>/log")
def log(slug: str) -> str:
    """For the community's owners: all its organisers, as there is no such role yet."""
    community = gate.organised_community(slug)
    only = request.args.get("event")
    event = queries.event_in(community, only) if only else None
    entries = queries.log_of(
        community,
        account.require_person(),
        event=event,
        before=request.args.get("before", type=row_id),
        limit=PAGE_ROWS + 1,
    )
    return render_template(
        "communities/log.html",
        community=community,
        event=event,
        entries=entries[:PAGE_ROWS],
        older_than=entries[PAGE_ROWS - 1].id if len(entries) > PAGE_ROWS else None,
    )
