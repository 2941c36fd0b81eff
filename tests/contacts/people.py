"""A contact for tests: say only what matters."""

from dataclasses import replace
from datetime import UTC, date, datetime

from eventapp.contacts.contact import Contact, Occasion

PYDAY = Occasion(
    event_title="PyDay 2026",
    place="La Nave",
    met_on=date(2026, 12, 1),
    note="knows Rust, likes stout",
    tags=("rust",),
    follow_up_on=date(2026, 12, 8),
)
NURIA = Contact(
    uid="b8f1-nuria",
    name="Núria Castaño Peña",
    email="nuria@example.org",
    phone="+34600000000",
    company="Acme Robotics, S.L.",
    role="Data analyst",
    linkedin="https://www.linkedin.com/in/nuria",
    web="https://nuria.example.org/",
    about="Bees and compilers",
    occasions=(PYDAY,),
    mutual=True,
    updated_at=datetime(2026, 12, 2, 9, 30, tzinfo=UTC),
)
NAME_ONLY = replace(
    NURIA, email=None, phone=None, company=None, role=None, linkedin=None, web=None, about=None
)
