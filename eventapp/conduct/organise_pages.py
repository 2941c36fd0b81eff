"""/o/<community>/conduct: what guests reported, for the organisers to answer and to close."""

from __future__ import annotations

from flask import Response, flash, url_for

from eventapp.account import gate as account
from eventapp.communities.gate import organised_community, record
from eventapp.conduct import actions, queries
from eventapp.conduct.forms import AnswerForm
from eventapp.conduct.views import bp
from eventapp.core import clock, htmx
from eventapp.core.db import transaction
from eventapp.core.i18n import gettext
from eventapp.model import AuditVerb, Community, ConductReport


@bp.get("/o/<slug>/conduct")
def reports(slug: str) -> Response:
    return _show(organised_community(slug))


@bp.post("/o/<slug>/conduct/<int:report_id>/answer")
def answer(slug: str, report_id: int) -> Response:
    community, reported = _report(slug, report_id)
    form = AnswerForm(report_id)
    if not form.validate():
        return _show(community, reported, form)
    with transaction():
        if actions.answer_report(
            reported, form.words.data, at=clock.now(), form_id=form.form_id.data
        ):
            record(AuditVerb.REPORT_ANSWERED, reported.event, person_id=reported.about_id)
    flash(gettext("Your answer is on its way to them, and to nobody else."))
    return htmx.done(go_to=_page(slug, report_id))


@bp.post("/o/<slug>/conduct/<int:report_id>/close")
def close(slug: str, report_id: int) -> Response:
    _, reported = _report(slug, report_id)
    with transaction():
        if actions.close_report(reported, at=clock.now()):
            record(AuditVerb.REPORT_CLOSED, reported.event, person_id=reported.about_id)
    return htmx.done(go_to=_page(slug, report_id))


def _report(slug: str, report_id: int) -> tuple[Community, ConductReport]:
    community = organised_community(slug)
    return community, queries.report_to(community, account.require_person(), report_id)


def _page(slug: str, report_id: int) -> str:
    return url_for("conduct.reports", slug=slug, _anchor=f"report-{report_id}")


def _show(
    community: Community, answered: ConductReport | None = None, wrong: AnswerForm | None = None
) -> Response:
    """The page; where an answer cannot be sent, the page or that report."""
    found = queries.reports_to(community, account.require_person())

    def form_of(report: ConductReport) -> AnswerForm:
        return wrong if wrong and report is answered else AnswerForm(report.id, formdata=None)

    return htmx.show(
        "conduct/reports.html",
        fragment="conduct/_one_report.html" if wrong else "conduct/_reports.html",
        status=wrong.status if wrong else 200,
        community=community,
        reports=found,
        still_open=sum(each.closed_at is None for each in found),
        report=answered,
        abouts=queries.abouts_of(found),
        form_of=form_of,
    )
