"""A web server that compresses as GitHub Pages does, and remembers what it sent."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

TEXT = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
HEADERS = 300
"""Bytes that the headers of an answer count for; Chromium reckons with the same number."""


class WebServer(ThreadingHTTPServer):
    """Serves a folder on a free port of this machine; ``sent`` has each answer's path and its size on the wire.

    ``base`` is the path of the home page: a page that answers any wrong address refers to all it needs from there.
    """

    def __init__(self, folder: Path, base: str = "/") -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.base = base
        self.sent: list[tuple[str, int]] = []

    @property
    def address(self) -> str:
        """The address of the home page."""
        return f"http://127.0.0.1:{self.server_address[1]}{self.base}"


class Handler(SimpleHTTPRequestHandler):
    """Answers with a file, compressed if it is text, and with the site's own page for what it lacks."""

    server: WebServer

    def do_GET(self) -> None:
        """Answer a request."""
        address, base = urlsplit(self.path).path, self.server.base
        path, status = Path(self.translate_path("/" + address.removeprefix(base))), 200
        if address.endswith("/"):
            path /= "index.html"
        if not (address.startswith(base) and path.is_file()):
            path, status = Path(self.directory) / "404.html", 404
        self.answer(status, self.guess_type(str(path)), path.read_bytes() if path.is_file() else b"")

    def answer(self, status: int, kind: str, body: bytes) -> None:
        """Send a file."""
        self.send_response(status)
        if kind.startswith(TEXT):
            kind += "; charset=utf-8"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.server.sent.append((urlsplit(self.path).path, len(body) + HEADERS))
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def serve(folder: Path, base: str = "/") -> Iterator[WebServer]:
    """Serve a folder for as long as the block runs."""
    with WebServer(folder, base) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
