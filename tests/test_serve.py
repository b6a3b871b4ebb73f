"""``mkdocs serve`` while an author writes: it never dies of content, and shows what changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from site_build import Served

SETTINGS = "site_name: Site\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit]\n"
FILES = {
    "mkdocs.yml": SETTINGS,
    "content/index.md": "# Home\n\n[!include[x](../includes/x.md)]\n",
    "includes/x.md": "First text.\n",
}

ContentSet = Callable[[dict[str, str | bytes]], Path]


posix = pytest.mark.skipif(os.name != "posix", reason="stops the server with a signal to its process group")


@posix
def test_server_follows_the_author(content_set: ContentSet, served: Served) -> None:
    """A changed fragment, a broken one with its note, a new one and a changed settings file all reach the page."""
    root = content_set(FILES)
    with served(root) as wait_for:
        wait_for("<p>First text.</p>")
        (root / "includes/x.md").write_text("Second text.\n")
        wait_for("<p>Second text.</p>")
        (root / "content/index.md").write_text("# Home\n\n[!include[y](../includes/y.md)]\n\nStill here.\n")
        wait_for("Include failed")
        wait_for("Still here.")
        (root / "includes/y.md").write_text("A new fragment.\n")
        wait_for("<p>A new fragment.</p>")
        (root / "mkdocs.yml").write_text(SETTINGS.replace("Site", "Renamed"))
        wait_for("Renamed")


@posix
def test_server_starts_on_broken_content(content_set: ContentSet, served: Served) -> None:
    """Content with errors from the start is served, with a note in place of what failed."""
    broken = {"content/index.md": "# Home\n\n[!include[x](../includes/none.md)]\n", "content/bad.md": b"\xff\xfe"}
    with served(content_set({**FILES, **broken})) as wait_for:
        wait_for("Include failed")
