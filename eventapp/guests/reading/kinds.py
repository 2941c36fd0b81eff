"""Files that are no list, by how they begin: a PDF, a picture, contact cards, JSON, a web page."""

from __future__ import annotations

import re

from eventapp.core.i18n import lazy_gettext as _l
from eventapp.guests.reading.refusals import NotAList

_BYTES = (
    (re.compile(rb"%PDF-"), _l("a PDF")),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM....\0\0|RIFF....WEBP|II\*\0|MM\0\*", re.DOTALL),
     _l("a picture")),
    (re.compile(rb"....ftyp", re.DOTALL), _l("a picture or a film")),
    (re.compile(rb"\x1f\x8b|BZh|7z\xbc\xaf|Rar!|\xfd7zXZ"), _l("an archive")),
)  # fmt: skip
_TEXTS = (
    (re.compile(r"(?:<!doctype html|<html|<head|<body|<table|<meta|<div|<style)\b", re.IGNORECASE),
     _l("a web page")),
    (re.compile(r"<\?xml|<[A-Za-z][\w:.-]*(?:\s+[\w:.-]+=|>)"), _l("XML")),
    (re.compile(r"[\[{]\s*(?:[\[{]|\"[^\"\n]*\"\s*[:,\]])|\{\s*\}|\[\s*\]"), _l("JSON")),
    (re.compile(r"BEGIN:VCARD", re.IGNORECASE), _l("contact cards")),
    (re.compile(r"BEGIN:VCALENDAR", re.IGNORECASE), _l("a calendar")),
    (re.compile(r"\{\\rtf"), _l("a text document")),
)  # fmt: skip
_TOP = 4000  # characters


def refuse_other_bytes(data: bytes) -> None:
    """Raises NotAList for files that are not text."""
    if kind := next((kind for begins, kind in _BYTES if begins.match(data)), None):
        raise NotAList(kind=kind)


def refuse_other_text(text: str) -> None:
    """Raises NotAList for text that is something else."""
    top = text[:_TOP].lstrip("\ufeff \t\r\n")
    if kind := next((kind for begins, kind in _TEXTS if begins.match(top)), None):
        raise NotAList(kind=kind)
