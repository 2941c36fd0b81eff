"""WebKitGTK, the nearest to Safari that a Linux machine has: a window on a screen of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PACKAGES = "apt-get install webkit2gtk-driver xvfb"


def why_unavailable() -> str | None:
    if not shutil.which("WebKitWebDriver") or _mini_browser() is None:
        return f"no WebKitWebDriver (Debian: {PACKAGES})"
    return None if shutil.which("Xvfb") else f"no Xvfb (Debian: {PACKAGES})"


def _mini_browser() -> Path | None:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return found[-1] if found else None


@contextmanager
def _screen() -> Iterator[str]:
    """An X server that shows nothing to anybody; the name of its display."""
    ours, its = os.pipe()
    command = ["Xvfb", "-displayfd", str(its), "-screen", "0", "1024x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[its], stderr=subprocess.DEVNULL) as server:
        os.close(its)
        with os.fdopen(ours) as told:
            display = told.readline().strip()
        try:
            yield f":{display}"
        finally:
            server.terminate()


@contextmanager
def webkit() -> Iterator[Any]:
    """A WebDriver on a WebKit window."""
    from selenium import webdriver

    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(_mini_browser())
    options.add_argument("--automation")
    with _screen() as display:
        # Its sandbox needs rights that a container does not give.
        environment = {
            **os.environ,
            "DISPLAY": display,
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        service = webdriver.WebKitGTKService(
            executable_path=shutil.which("WebKitWebDriver"), env=environment
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of Selenium's own making
            driver = webdriver.WebKitGTK(options=options, service=service)
        try:
            yield driver
        finally:
            driver.quit()
