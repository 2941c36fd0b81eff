"""Texts with all that a file's format gives a meaning to, and what people are called elsewhere."""

from dataclasses import replace

from tests.contacts.people import NURIA, PYDAY

TEXT = "Beers; talks, \"more\" \\ 100 % {x} 'a' 👩🏽‍💻 مرحبا שלום " + "ñandú " * 30 + "end"
LINES = f"{TEXT}\n\n\\n \\, BEGIN:VEVENT\n=SUM(A1)\t;, end"
WEB = "https://x.example/a,b;c=d?e=f,g&h=%2C#i"
PHONE = "+34600000000"

CONTACT = replace(
    NURIA,
    name=TEXT,
    company=TEXT,
    role=TEXT,
    about=LINES,
    phone=PHONE,
    web=WEB,
    occasions=(replace(PYDAY, event_title=TEXT, place=TEXT, note=LINES, tags=("a,b", "c;d")),),
)
