"""The rules of our JavaScript, in Node.js: what needs no browser is not tested in one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
OLDEST = 18  # has `node --test`, and `fetch`


def why_unavailable() -> str | None:
    node = shutil.which("node")
    if node is None:
        return "without Node.js (Debian: apt-get install nodejs)"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    major = int(re.findall(r"\d+", version)[0])
    return f"Node.js {version.strip()} is older than {OLDEST}" if major < OLDEST else None


@pytest.fixture(scope="module")
def node() -> str:
    if missing := why_unavailable():
        pytest.skip(missing)
    return str(shutil.which("node"))


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.test.js")), ids=lambda file: file.name)
def test_javascript_keeps_its_rules(node: str, file: Path) -> None:
    command = [node, "--test", "--test-reporter=spec", str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert int(re.findall(r"^ℹ pass (\d+)$", ran.stdout, re.MULTILINE)[0]) > 0
