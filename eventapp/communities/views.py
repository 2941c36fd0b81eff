"""/privacy; and for organisers /o/, their communities and the settings of each."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    render_template,
    request,
    url_for,
)

from eventapp.account import gate as account
from eventapp.communities import actions, gate, queries
from eventapp.communities.forms import OrganiserForm, SettingsForm
from eventapp.core import clock, htmx, zones
from eventapp.core.backup.runs import last_backups
from eventapp.core.db import lock_and_reread, transaction
from eventapp.core.i18n import gettext
from eventapp.core.public import public
from eventapp.model import AuditVerb, Community

bp = Blueprint("communities", __name__, cli_group=None)
bp.add_app_template_global(gate.organises, "organises")
bp.add_app_template_global(queries.hosts_of, "hosts_of")
bp.add_app_template_global(zones.zones_to_choose, "zones_to_choose")


@bp.get("/privacy")
@public
def privacy() -> str:
    slug = request.args.get("community")
    shown = [queries.community_at(slug)] if slug else queries.all_communities()
    return render_template("communities/privacy.html", communities=shown, one=bool(slug))


@bp.get("/o/")
def organised() -> str:
    communities = queries.communities_of(account.require_person())
    if not communities:
        abort(403)
    backups = last_backups() if current_app.config.get("BACKUP_DIR") else None
    return render_template("communities/organised.html", communities=communities, backups=backups)


@bp.get("/o/<slug>/settings")
def settings(slug: str) -> Response:
    community = gate.organised_community(slug)
    return _show_settings(community, SettingsForm(formdata=None, obj=community))


@bp.post("/o/<slug>/settings")
def change_settings(slug: str) -> Response:
    community = gate.organised_community(slug)
    form = SettingsForm(obj=community)
    if form.validate():
        with form.showing_refusals():
            with transaction():
                lock_and_reread(community)
                form.refuse_if_edited(SettingsForm(formdata=None, obj=community))
                if changed := actions.change_settings(community, form.typed()):
                    gate.record(AuditVerb.SETTINGS_CHANGED, community, fields=changed)
            flash(gettext("Saved."))
            return htmx.done(go_to=url_for("communities.settings", slug=slug))
    return _show_settings(community, form)


def _show_settings(community: Community, form: SettingsForm) -> Response:
    return htmx.show(
        "communities/settings.html",
        fragment="communities/_settings.html",
        status=form.status,
        community=community,
        form=form,
    )


@bp.get("/o/<slug>/organisers")
def organisers(slug: str) -> Response:
    return _show_organisers(gate.organised_community(slug), OrganiserForm(formdata=None))


@bp.post("/o/<slug>/organisers")
def add_organiser(slug: str) -> Response:
    community, form = gate.organised_community(slug), OrganiserForm()
    if not form.validate():
        return _show_organisers(community, form)
    with transaction():
        added = actions.add_organiser(
            community, form.email.data, by=account.require_person(), at=clock.now()
        )
        if added:
            gate.record(AuditVerb.ORGANISER_ADDED, community, person_id=added.id)
    flash(gettext("We've sent them an email saying that they organise with you now."))
    return htmx.done(go_to=url_for("communities.organisers", slug=slug))


@bp.post("/o/<slug>/organisers/named")
def be_named(slug: str) -> Response:
    """Have the organiser who asks, and nobody else, named on public pages, or no longer."""
    community = gate.organised_community(slug)
    own = queries.organiser_for(account.require_person(), community)
    with transaction():
        lock_and_reread(own)
        if request.form.get("named") == "yes":
            if actions.show_name(own, at=clock.now()):
                gate.record(AuditVerb.ORGANISER_NAMED, community)
        elif actions.hide_name(own):
            gate.record(AuditVerb.ORGANISER_UNNAMED, community)
    flash(gettext("Saved."))
    return htmx.done(go_to=url_for("communities.organisers", slug=slug))


@bp.post("/o/<slug>/organisers/<int:organiser_id>/remove")
def remove_organiser(slug: str, organiser_id: int) -> Response:
    community = gate.organised_community(slug)
    organiser = queries.organiser_of(community, organiser_id)
    with transaction():
        if actions.remove_organiser(organiser, by=account.require_person()):
            gate.record(AuditVerb.ORGANISER_REMOVED, community, person_id=organiser.person_id)
    return htmx.done(go_to=url_for("communities.organisers", slug=slug))


def _show_organisers(community: Community, form: OrganiserForm) -> Response:
    return htmx.show(
        "communities/organisers.html",
        fragment="communities/_organisers.html",
        status=form.status,
        community=community,
        organisers=queries.organisers_of(community),
        me=account.require_person(),
        form=form,
    )
