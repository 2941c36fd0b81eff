"""A pass as a file for Apple Wallet (.pkpass), signed with the certificate of its community.

The format: developer.apple.com/documentation/walletpasses. It holds what the pass on the page
shows, but neither the key of the RSVP nor the event's private link: people send such files to each
other.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from PIL import Image

from eventapp.core.i18n import gettext
from eventapp.core.links import absolute, digest
from eventapp.core.signer import Signer
from eventapp.model import Community, Rsvp

TYPE = "0.9.2342.19200300.100.1.1"  # the certificate's user id: pass.org.example.tickets
TEAM = "2.5.4.11"  # its organisational unit: Apple's id of the developer
ICONS = {"icon.png": 29, "icon@2x.png": 58, "icon@3x.png": 87, "logo.png": 50, "logo@2x.png": 100}
COLOURS = {
    "backgroundColor": "rgb(43, 22, 48)",
    "foregroundColor": "rgb(255, 243, 224)",
    "labelColor": "rgb(255, 171, 46)",
}


def signer_of(community: Community, at: datetime) -> Signer | None:
    """What signs the passes of a community: `<slug>.pem` in WALLET_CERTIFICATES. None if there is
    no such file, or none that is good; the log says why.
    """
    folder = current_app.config.get("WALLET_CERTIFICATES")
    if not folder:
        return None
    file = Path(folder) / f"{community.slug}.pem"
    try:
        changed_at = file.stat().st_ctime_ns  # not mtime, which a copy brings along
    except FileNotFoundError:
        return None
    except OSError as error:
        _say_once(file.name, str(error.strerror))
        return None
    signer = _read(file, changed_at)
    if signer is None or signer.is_good(at):
        return signer
    _say_once(file.name, "it has expired, or is not good yet")
    return None


@lru_cache(maxsize=100)
def _read(file: Path, _changed_at: int) -> Signer | None:
    """Read once, and again when the file has changed."""
    try:
        signer = Signer.read(file)
        for part in (TYPE, TEAM):
            signer.subject(part)
    except (OSError, ValueError) as error:
        _say_once(file.name, str(error))
        return None
    return signer


@lru_cache(maxsize=100)
def _say_once(name: str, why: str) -> None:
    current_app.logger.error("no passes for wallets: %s: %s", name, why)


def wallet_pass(rsvp: Rsvp, signer: Signer) -> bytes:
    """The file."""
    files = {"pass.json": json.dumps(_content(rsvp, signer)).encode(), **_icons()}
    sums = {name: _sha1(content) for name, content in files.items()}
    files["manifest.json"] = json.dumps(sums).encode()
    files["signature"] = signer.sign(files["manifest.json"])
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _sha1(content: bytes) -> str:
    """What the format asks for. It is the signature that guards it."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _content(rsvp: Rsvp, signer: Signer) -> Mapping[str, Any]:
    event = rsvp.event
    ticket = absolute("door.ticket", ticket=rsvp.ticket)
    return {
        "formatVersion": 1,
        "passTypeIdentifier": signer.subject(TYPE),
        "teamIdentifier": signer.subject(TEAM),
        "serialNumber": digest(rsvp.ticket)[:32],
        "organizationName": event.community.name,
        "logoText": event.community.name,
        "description": gettext("Ticket for %(title)s", title=event.title),
        "relevantDate": event.starts_at.isoformat(timespec="seconds"),
        "expirationDate": event.door_closes_at.isoformat(timespec="seconds"),
        "sharingProhibited": True,
        **COLOURS,
        "barcodes": [
            {
                "format": "PKBarcodeFormatQR",
                "message": ticket,
                "messageEncoding": "iso-8859-1",
                "altText": rsvp.short_code,
            }
        ],
        "eventTicket": _fields(rsvp),
    }


def _fields(rsvp: Rsvp) -> Mapping[str, Any]:
    event = rsvp.event
    starts = event.starts_at.astimezone(ZoneInfo(event.tz))
    when = {
        **_field("when", gettext("When"), starts.isoformat(timespec="seconds")),
        **{"dateStyle": "PKDateStyleMedium", "timeStyle": "PKDateStyleShort"},
        "ignoresTimeZone": True,  # the clock at the place, wherever the phone is
    }
    place = rsvp.whole_place
    where = [_field("where", gettext("Where"), place)] if place else []
    party = [_field("party", gettext("People"), rsvp.party)] if rsvp.companions else []
    page = absolute("rsvp.event", slug=event.slug)
    return {
        "primaryFields": [_field("event", gettext("Event"), event.title)],
        "secondaryFields": [when, *where],
        "auxiliaryFields": [_field("name", gettext("Name"), rsvp.name), *party],
        "backFields": [_field("page", gettext("Event"), page)],
    }


def _field(key: str, label: str, value: str | int) -> dict[str, Any]:
    return {"key": key, "label": label, "value": value}


@lru_cache(maxsize=1)
def _icons() -> Mapping[str, bytes]:
    file = Path(current_app.static_folder or "") / "icon-512.png"
    with Image.open(file) as whole:
        return {name: _png(whole, side) for name, side in ICONS.items()}


def _png(whole: Image.Image, side: int) -> bytes:
    file = BytesIO()
    whole.resize((side, side), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
