"""What a browser says it is, in words that a person would use."""

from __future__ import annotations

import pytest

from eventapp.core.user_agents import device_of

ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("header", "device"),
    [
        (ANDROID + "Chrome/142.0.0.0 Mobile Safari/537.36", "Android, Chrome"),
        (
            ANDROID + "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Android, Samsung Internet",
        ),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
            "Android, Firefox",
        ),
        (IPHONE + "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "iPhone, Safari"),
        (IPHONE + "(KHTML, like Gecko) CriOS/142.0.7444.77 Mobile Safari/604.1", "iPhone, Chrome"),
        (IPHONE + "(KHTML, like Gecko) FxiOS/145.0 Mobile Safari/605.1.15", "iPhone, Firefox"),
        (MAC + "Version/18.5 Safari/605.1.15", "Mac, Safari"),
        (WINDOWS + "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Windows, Edge"),
        (WINDOWS + "Chrome/142.0.0.0 Safari/537.36 OPR/124.0.0.0", "Windows, Opera"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Linux, Firefox",
        ),
        ("curl/8.17.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_what_people_call_it(header, device):
    assert device_of(header) == device
