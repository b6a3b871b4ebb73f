"""``mkdocs serve`` while an author writes: it never dies of content, and shows what changed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SETTINGS = "site_name: Site\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [guidekit]\n"
FILES = {
    "mkdocs.yml": SETTINGS,
    "content/index.md": "# Home\n\n[!include[x](../includes/x.md)]\n",
    "includes/x.md": "First text.\n",
}
PATIENCE = 60

ContentSet = Callable[[dict[str, str | bytes]], Path]


@contextmanager
def serving(root: Path) -> Iterator[Callable[[str], None]]:
    """Serve a site; answers a function that waits until the home page holds a text."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root / "serve.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=root, stdout=output, stderr=output, start_new_session=True)

    def wait_for(text: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while text not in fetch(port):
            assert process.poll() is None, f"the server died:\n{log.read_text()}"
            assert time.monotonic() < deadline, f"never saw {text!r}:\n{log.read_text()}"
            time.sleep(0.1)

    try:
        yield wait_for
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def fetch(port: int) -> str:
    """Fetch the home page; empty while it cannot be had."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


@pytest.mark.skipif(os.name != "posix", reason="stops the server with a signal to its process group")
def test_server_follows_the_author(content_set: ContentSet) -> None:
    """A changed fragment, a broken one with its note, a new one and a changed settings file all reach the page."""
    root = content_set(FILES)
    with serving(root) as wait_for:
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


@pytest.mark.skipif(os.name != "posix", reason="stops the server with a signal to its process group")
def test_server_starts_on_broken_content(content_set: ContentSet) -> None:
    """Content with errors from the start is served, with a note in place of what failed."""
    broken = {"content/index.md": "# Home\n\n[!include[x](../includes/none.md)]\n", "content/bad.md": b"\xff\xfe"}
    with serving(content_set({**FILES, **broken})) as wait_for:
        wait_for("Include failed")
