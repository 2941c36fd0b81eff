"""What was guessed in a row that is read: somebody should look at it."""

from __future__ import annotations

from eventapp.core.errors import Refusal
from eventapp.core.i18n import lazy_gettext as _l


class Guess(Refusal):
    """The row is read, and somebody should look at this."""


class NameFromAddress(Guess):
    code = "name_from_address"
    message = _l("There's no name: called as the mailbox.")


class NameTurned(Guess):
    code = "name_turned"
    message = _l("“%(name)s” was read with the family name first.")


class LettersGuessed(Guess):
    code = "letters"
    message = _l("The file doesn't say its encoding (read as %(encoding)s): are the letters right?")


class QuotesMended(Guess):
    code = "quotes"
    message = _l("The quotes in this row don't close: does it read right?")


class NoUsableAddress(Guess):
    code = "bad_email"
    message = _l("“%(address)s” isn't an address that email can reach: on the list without it.")


class SeveralAddresses(Guess):
    code = "several_emails"
    message = _l("Several addresses: %(address)s was taken.")


class SharedAddress(Guess):
    code = "shared_email"
    message = _l("%(address)s is that of row %(number)s: on the list without it.")


class BuyersAddress(Guess):
    code = "buyer_email"
    message = _l("No address of their own: %(address)s is that of who bought the ticket.")


class NoAnswer(Guess):
    code = "no_answer"
    message = _l("“%(column)s” is empty: taken as going.")


class StatusOfHeading(Guess):
    code = "status_of_heading"
    message = _l("Taken as what stands above: “%(heading)s”.")


class UnclearCompanions(Guess):
    code = "companions_unclear"
    message = _l("“%(words)s” was taken as %(companions)s companions.")


class BigParty(Guess):
    code = "big_party"
    message = _l("A party of %(people)s: are they all of one guest?")


class CountedWith(Guess):
    """Of a row that is no guest of its own."""

    code = "counted_with"
    message = _l("Another ticket of row %(number)s, without a name of its own: counted there.")


class UnclearArrival(Guess):
    code = "arrival_unclear"
    message = _l("“%(words)s” says neither yes nor when: not checked in.")


class UnclearStatus(Guess):
    code = "status_unclear"
    message = _l("“%(word)s” isn't known here; another column says the status.")
