"""Reads: whom a person blocked and may block; what was reported, to whom and by whom."""

from eventapp.conduct.queries.blocks import block_between, blocks_of, guest_of
from eventapp.conduct.queries.reports import (
    About,
    abouts_of,
    count_open,
    readers_of,
    report_to,
    reports_by,
    reports_to,
)

__all__ = [
    "About",
    "abouts_of",
    "block_between",
    "blocks_of",
    "count_open",
    "guest_of",
    "readers_of",
    "report_to",
    "reports_by",
    "reports_to",
]
