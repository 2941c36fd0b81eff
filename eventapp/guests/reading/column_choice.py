"""Chooses what each column of a table is taken for, and lets somebody correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventapp.guests.reading.columns import (
    ANSWER,
    DROPPED,
    Column,
    Why,
    names_unknown,
    settle,
    take,
    titles_of,
)
from eventapp.guests.reading.evidence import evidence_of, sample
from eventapp.guests.reading.own_export import answers_asked, own_meanings
from eventapp.guests.reading.refusals import NoNames, NoSuchColumn, NoSuchMeaning
from eventapp.guests.reading.tables import Table
from eventapp.guests.reading.titles import Whose
from eventapp.guests.reading.vocabulary import key

MEANINGS = (
    *("name", "first_name", "last_name", "second_last_name", "email", "phone", "status"),
    *("cancelled", "paid", "no_show", "companions", "companion_names", "people", "checked_in"),
    *("checked_in_at", "ticket_code", "ref", "order", "answered_at", "ask_me_about"),
    *("want_to_learn", "note", ANSWER),
)
"""What somebody may say that a column means."""


def choose_columns(
    table: Table,
    questions: Sequence[str],
    mapping: Mapping[str, str],
    remembered: Mapping[str, str],
) -> list[Column]:
    """What each column is taken for; `mapping` says it now, `remembered` of an earlier list. Raises
    NoSuchColumn, NoSuchMeaning, or NoNames where one of several columns may be the names'.
    """
    cells = sample(table.rows)
    evidence = [evidence_of(row[index] for row in cells) for index in range(len(table.titles))]
    own = own_meanings(table.titles)
    columns = [
        Column(index, title, own[index], Why.TITLE) if own else take(index, title, there)
        for index, (title, there) in enumerate(zip(table.titles, evidence, strict=True))
    ]
    for label, index in answers_asked(table.titles, questions).items():
        columns[index] = Column(index, table.titles[index], ANSWER, Why.QUESTION, label=label)
    for why, said in ((Why.REMEMBERED, remembered), (Why.MAPPING, mapping)):
        for index, meaning in _said(table.titles, said).items():
            columns[index] = Column(
                index, table.titles[index], meaning, why, Whose.HOLDER, (-1, 0, index)
            )
    columns = settle(columns, evidence)
    if perhaps := names_unknown(columns, evidence):
        taken = [[one.title, one.meaning] for one in columns]
        raise NoNames(headers=titles_of(perhaps), columns=taken)
    return columns


def _said(titles: Sequence[str], mapping: Mapping[str, str]) -> dict[int, str]:
    """What somebody says, by the column's index."""
    said = {}
    for title, meaning in mapping.items():
        found = [i for i, one in enumerate(titles) if one == title] or [
            i for i, one in enumerate(titles) if one and key(one) == key(title)
        ]
        if not found:
            there = ", ".join(one[:40] for one in titles if one)
            raise NoSuchColumn(column=title[:40], headers=there)
        if meaning not in (*MEANINGS, DROPPED):
            raise NoSuchMeaning(meaning=meaning[:40], meanings=", ".join(MEANINGS))
        said[found[0]] = meaning
    return said
