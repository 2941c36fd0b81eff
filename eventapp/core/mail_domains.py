"""Mistyped mail domains: who types gmail.con means gmail.com. Nothing is asked of anybody else."""

from __future__ import annotations

from eventapp.core.fuzzy import is_one_mistake_away

MEANT = (
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.es", "icloud.com", "movistar.es",
    "outlook.com", "outlook.es", "protonmail.com", "telefonica.net", "yahoo.com", "yahoo.es",
)  # fmt: skip
# Others that exist, too short to be told from a mistake. Of those above, the ending alone differs
# by country: yahoo.se is no yahoo.es.
REAL = (
    "aol.com", "cloud.com", "email.com", "gmx.com", "gmx.de", "gmx.es", "gmx.net", "live.com",
    "mac.com", "mail.com", "me.com", "msn.com", "ono.com", "pm.me", "proton.me", "ymail.com",
)  # fmt: skip
NO_ENDINGS = ("cmo", "comm", "con", "coom", "cpm", "ocm", "vom", "xom")  # for com
NEARLY_COM = ("cm", "co", "om")  # countries, in which none of MEANT has mail
COUNTRY_LETTERS = 2


def meant_address(email: str) -> str | None:
    """The address that was probably meant by one with a mistyped domain; None if it looks right."""
    local, _, typed = email.rpartition("@")
    domain = typed.casefold()
    name, _, ending = domain.rpartition(".")
    if ending in NO_ENDINGS:
        domain = f"{name}.com"
    meant = _nearest(domain)
    return f"{local}@{meant}" if local and meant != typed.casefold() else None


def _nearest(domain: str) -> str:
    if domain in MEANT or domain in REAL or _is_of_another_country(domain):
        return domain
    near = (one for one in MEANT if _begins_alike(domain, one) and is_one_mistake_away(domain, one))
    return next(near, domain)


def _is_of_another_country(domain: str) -> bool:
    name, _, ending = domain.rpartition(".")
    is_country = len(ending) == COUNTRY_LETTERS and ending not in NEARLY_COM
    return is_country and f"{name}.com" in MEANT


def _begins_alike(typed: str, meant: str) -> bool:
    """People hardly mistype a first letter, and ymail.com is no gmail.com."""
    return typed[:1] == meant[0] or typed[:2] == meant[1::-1]
