"""What a log line must not say is taken out of it, and no more."""

from __future__ import annotations

import pytest

from eventapp.core.redaction import describe, redact


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("mail 7 did not go out", "mail 7 did not go out"),
        ("to ana.ruiz+x@müller.example: refused", "to <address>: refused"),
        ("<ana@example.org>, not", "<<address>>, not"),
        ("GET /r/bFz5RrVYkXWmMfjaLmk7_w?q=Ana HTTP", "GET /r/… HTTP"),
        ("GET /follow-ups/bFz5RrVYkXWmMfjaLmk7_w/calendar.ics", "GET /follow-ups/…"),
        ("GET /my-events/bFz5RrVYkXWmMfjaLmk7_w/calendar.ics", "GET /my-events/…"),
        ("GET /people?q=Ana HTTP", "GET /people?… HTTP"),
        ("at https://events.example/door/abc now", "at https://events.example/… now"),
        ("key bFz5RrVYkXWmMfjaLmk7_w.", "key <secret>."),
        ("no such key: 'Ana \"la\" Núñez' at all", "no such key: “…” at all"),
        ("it can't be O'Brien's", "it can't be O'Brien's"),
        ("first\nDETAIL: Key (email)=(x)", "first"),
        ("forget_people_without_events failed", "forget_people_without_events failed"),
        ("Listening at: http://127.0.0.1:5000 (12)", "Listening at: http://127.0.0.1:5000 (12)"),
        ("smtp://user:hunter2@mail.example", "smtp://user:<address>"),
    ],
)
def test_what_a_line_must_not_say_is_taken_out(text, redacted):
    assert redact(text) == redacted


def test_an_error_is_described_by_its_kind_and_what_names_nobody():
    assert describe(KeyError("Ana")) == "KeyError: “…”"
    assert (
        describe(OSError(111, "Connection refused"))
        == "ConnectionRefusedError: [Errno 111] Connection refused"
    )
    assert describe(TimeoutError()) == "TimeoutError"


@pytest.mark.parametrize("piece", ["a", "a-", "x.", "« ", "/a."])
def test_a_long_message_takes_no_time(piece, takes_less_than):
    takes_less_than(0.1, lambda: redact(piece * 20_000))


@pytest.mark.parametrize("length", [990, 1_000, 1_010, 50_000])
def test_a_long_value_does_not_show(length):
    assert redact(f"no such name: 'Ana {'Ruiz ' * length}' here").startswith("no such name: “…”")
    cut = redact(f"{'/r/x ' * (length // 5)}ana@example.org bFz5RrVYkXWmMfjaLmk7_w")
    assert "ana" not in cut
    assert "bFz5" not in cut
