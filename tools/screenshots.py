"""The README's pictures: the demo on a phone, in real Chromium.

.venv/bin/python tools/screenshots.py        # writes docs/event.png and docs/door.png
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import flask_migrate
from playwright.sync_api import Page, ViewportSize

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from config import from_environment  # noqa: E402
from eventapp import create_app  # noqa: E402
from tests.chromium import engine, served  # noqa: E402

TONIGHT = "noche-de-fracasos"  # of the demo
PHONE: ViewportSize = {"width": 390, "height": 760}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            from_environment(
                {"DATABASE_URL": f"sqlite:///{folder}/demo.db", "SECRET_KEY": "pictures"}
            )
        )
        with app.app_context():
            flask_migrate.upgrade()
        run = app.test_cli_runner().invoke
        run(args=["demo"])
        link = run(args=["door-link", TONIGHT, "--name", "Puerta principal"]).output.split()[-1]
        with served(app) as address, engine() as chromium:
            context = chromium.new_context(
                base_url=address,
                viewport=PHONE,
                device_scale_factor=2,
                locale="es",
                timezone_id="Europe/Madrid",
            )
            _take(context.new_page(), "/" + link.split("/", 3)[3])


def _take(page: Page, door_link: str) -> None:
    page.goto(f"/e/{TONIGHT}")
    page.screenshot(path=ROOT / "docs" / "event.png")
    page.goto(door_link)
    page.get_by_role("button").first.click()
    page.locator("#q").fill("nun")
    page.locator("[data-guest]").first.wait_for()
    page.locator("[data-guest] button").first.click()
    page.locator("[data-outcome]").wait_for()
    page.screenshot(path=ROOT / "docs" / "door.png")


if __name__ == "__main__":
    main()
