"""The actions on blocks: make one, end one. And on reports to the organisers: make one, answer it,
close it; tell by mail that one came, and what was answered.
"""

from eventapp.conduct.actions.block import TooManyBlocks, block, block_person, unblock
from eventapp.conduct.actions.report import (
    NobodyElseReads,
    Said,
    TooManyReports,
    answer_report,
    close_report,
    forget_old_reports,
    report,
    report_picture,
    report_question,
    report_words,
)
from eventapp.conduct.actions.tell import (
    ANSWER,
    REPORTED,
    answer_mail_says,
    reported_mail_says,
    tell_of_reports,
)

__all__ = [
    "ANSWER",
    "REPORTED",
    "NobodyElseReads",
    "Said",
    "TooManyBlocks",
    "TooManyReports",
    "answer_mail_says",
    "answer_report",
    "block",
    "block_person",
    "close_report",
    "forget_old_reports",
    "report",
    "report_picture",
    "report_question",
    "report_words",
    "reported_mail_says",
    "tell_of_reports",
    "unblock",
]
