"""Chooses what each column of a table is taken for, and lets somebody correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from eventapp.guests.reading.titles import NAMES, Whose
from eventapp.guests.reading.vocabulary import key

MEANINGS = (
    *("name", "first_name", "last_name", "second_last_name", "email", "phone", "status"),
    *("cancelled", "paid", "no_show", "companions", "companion_names", "companion_of", "people"),
    *("checked_in", "checked_in_at", "ticket_code", "ref", "order", "answered_at", "ask_me_about"),
    *("want_to_learn", "looking_for", "note", ANSWER),
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
    columns = _beside_said_names(settle(columns, evidence))
    if perhaps := names_unknown(columns, evidence):
        taken = [[one.title, one.meaning] for one in columns]
        raise NoNames(headers=titles_of(perhaps), columns=taken)
    return columns


_WHOLE, _GIVEN = {"name", "surname_first"}, {"name", "surname_first", "first_name"}


def _beside_said_names(columns: Sequence[Column]) -> list[Column]:
    """Other columns with names beside those that somebody said: where one has another part, both
    are read together; where it would be read instead, it is an answer, and says so.
    """
    is_said = {one.index for one in columns if one.why in (Why.REMEMBERED, Why.MAPPING)}
    names = [one for one in columns if one.meaning in NAMES and one.whose < Whose.BUYER]
    said = {one.meaning for one in names if one.index in is_said}
    others = [one for one in names if one.index not in is_said]
    instead = said | (_GIVEN if said & _WHOLE else set())
    if said & _WHOLE and any(one.meaning in _GIVEN for one in others):
        instead = set(NAMES)
    whose = min((one.whose for one in others if one.meaning not in instead), default=Whose.HOLDER)
    found = list(columns)
    for one in names if said else ():
        if one.index in is_said:
            found[one.index] = replace(one, whose=whose)
        elif one.meaning in instead:
            found[one.index] = replace(one, meaning=ANSWER, why=Why.ELSEWHERE)
    return found


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
