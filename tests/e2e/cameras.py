"""Chromium's fake camera, and how tests turn it on."""

from __future__ import annotations

from tests.chromium import Chromium

FAKE_CAMERA = "--use-fake-device-for-media-stream"

ALLOWED = "--use-fake-ui-for-media-stream"  # answers yes to the question for the camera


def turn_on(phone: Chromium) -> None:
    phone.tab.get_by_role("button", name="Scan with the camera").click()
