"""The documents name only files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("bench/*.md")])
LINK = re.compile(r"\]\((?!\w+:|#)([^)#]+)")
PATH = re.compile(r"`([\w.-][\w./-]*(?:\w/|\w\.(?:py|md|js|css|html|toml|lock)))`")
INSTANCE = "instance/"  # made by running it
INVENTED = {  # for the example of CONTRIBUTING.md
    "tests/impressions/test_write.py",
    "eventapp/model/impression.py",
    "eventapp/impressions/",
}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text()
    named = {*LINK.findall(text), *PATH.findall(text)} - INVENTED
    missing = [
        name
        for name in sorted(named)
        if not name.startswith(INSTANCE) and not is_there(name, document)
    ]
    assert not missing, missing


def is_there(name: str, document: Path) -> bool:
    """Whether there is such a file: from the root, a package, or, by its name alone, a feature."""
    folders = (document.parent, ROOT, ROOT / "eventapp", ROOT / "tests")
    return any((folder / name).exists() for folder in folders) or any(
        ROOT.glob(f"eventapp/*/{name}")
    )
