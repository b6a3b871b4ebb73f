"""Sites, built and served by a host in a process of its own, as people do it: the tests reach these by fixtures."""

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
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

PATIENCE = 60
"""Seconds after which a served site counts as broken that does not show what is awaited."""

Wait = Callable[..., None]
"""Waits until the home page, or the file that is named second, holds a text."""

Served = Callable[..., AbstractContextManager[Wait]]
"""What the fixture ``served`` gives to tests: ``serve`` below."""


class Build(Protocol):
    """What the fixture ``build`` gives to tests: ``build`` below."""

    def __call__(
        self, root: Path, *options: str, host: str = "mkdocs", code: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Build the site of a folder, and answer how that ended."""


def build(
    root: Path, *options: str, host: str = "mkdocs", code: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Build the site of a folder with a host, or with code that starts it; what is printed keeps its line endings."""
    command = [sys.executable, *(("-c", code) if code else ("-m", host)), "build", *options]
    ended = subprocess.run(command, cwd=root, env=env, capture_output=True, check=False, timeout=300)
    return subprocess.CompletedProcess(command, ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def build_strictly(root: Path, *options: str) -> Path:
    """Build the site of a folder, in which nothing may be wrong; answer the folder of the site."""
    ended = build(root, "--strict", *options)
    assert ended.returncode == 0, ended.stderr
    return root / "site"


@contextmanager
def serve(root: Path, *options: str) -> Iterator[Wait]:
    """Serve the site of a folder with MkDocs; answers a function that waits for a text."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root / "serve.log"
    command = [sys.executable, "-m", "mkdocs", "serve", *options, "-a", f"127.0.0.1:{port}"]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=root, stdout=output, stderr=output, start_new_session=True)

    def wait_for(text: str, path: str = "") -> None:
        deadline = time.monotonic() + PATIENCE
        while text not in _fetch(f"http://127.0.0.1:{port}/{path}"):
            assert process.poll() is None, f"the server died:\n{log.read_text()}"
            assert time.monotonic() < deadline, f"never saw {text!r}:\n{log.read_text()}"
            time.sleep(0.1)

    try:
        yield wait_for
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _fetch(address: str) -> str:
    """Fetch a file; empty while it cannot be had."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""
