"""lychee, the program that asks other sites whether a page is there; see <https://lychee.cli.rs>."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from guidekit import files
from guidekit.links.external import Answer

UNKNOWN: Mapping[int, str] = {
    401: "wants a login",
    403: "does not answer programs",
    407: "wants a login",
    429: "has been asked too often",
    451: "does not answer from here",
    999: "does not answer programs",
}
"""The codes that do not tell whether readers get the page, and what they mean."""

_NO_ANCHOR = "Cannot find fragment"
_MAPS = ("success_map", "error_map", "timeout_map", "excluded_map")


class LycheeError(Exception):
    """A run of lychee that came to nothing; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How other sites are asked: how long to wait between two questions to one, and how often to try again."""

    interval: str = "500ms"
    at_once: int = 4
    retries: int = 2
    wait: int = 1
    timeout: int = 20
    keep: str = "7d"

    def options(self) -> Iterator[str]:
        """Write them as lychee's options."""
        for name, value in (
            ("host-request-interval", self.interval),
            ("host-concurrency", self.at_once),
            ("max-retries", self.retries),
            ("retry-wait-time", self.wait),
            ("timeout", self.timeout),
            ("max-cache-age", self.keep),
        ):
            yield from (f"--{name}", str(value))


def find() -> str | None:
    """Find the program: that of this Python first, then the one that a shell would find."""
    return shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")


def ask(program: str, urls: Sequence[str], folder: Path, manners: Manners | None = None) -> Mapping[str, Answer]:
    """Ask for each address once, and once more at the end where there may have been a passing fault.

    ``folder`` keeps which ones answered, so that they are not asked again too soon. Raises `LycheeError`.
    """
    manners = manners or Manners()
    found = _run(program, urls, folder, manners)
    passing = [url for url, status in found.items() if _may_pass(status)]
    if len(urls) > 1 and not any(status.get("code") for status in found.values()):
        raise LycheeError("no other site answered at all: there may be no way to the Internet from here")
    again = _run(program, passing, folder, manners) if passing else {}
    return {url: _answer({**found, **again}.get(url)) for url in urls}


def _run(program: str, urls: Sequence[str], folder: Path, manners: Manners) -> Mapping[str, Mapping[str, Any]]:
    """Ask for addresses, one on each line of a page, and answer the status of each by its line."""
    options = [*manners.options(), "--cache", "--include-fragments", "--no-progress", "--format", "json", "-vv"]
    with TemporaryDirectory() as place:
        page = Path(place, "links.html")
        files.write(page, "".join(f'<a href="{escape(url)}">x</a>\n' for url in urls).encode(errors="replace"))
        try:
            run = subprocess.run([program, *options, str(page)], cwd=folder, capture_output=True, check=False)
            report = json.loads(run.stdout)
        except (OSError, ValueError) as error:
            said = run.stderr.decode(errors="replace").strip() if isinstance(error, ValueError) else str(error)
            raise LycheeError(f"lychee came to nothing: {said[-500:]}") from None
    entries = (entry for name in _MAPS for found in report.get(name, {}).values() for entry in found)
    by_line = {entry["span"]["line"]: entry["status"] for entry in entries if entry.get("span")}
    return {url: by_line[line] for line, url in enumerate(urls, 1) if line in by_line}


def _may_pass(status: Mapping[str, Any]) -> bool:
    code, text = status.get("code"), str(status.get("text"))
    return code >= 500 and code not in UNKNOWN if code else text.startswith(("Network error", "Timeout"))


def _answer(status: Mapping[str, Any] | None) -> Answer:
    if status is None:
        return Answer(kind="unknown", detail="could not be asked")
    code: int | None = status.get("code")
    text = str(status.get("text", ""))
    if code is not None and code in UNKNOWN:
        return Answer(kind="unknown", detail=f"{UNKNOWN[code]} ({code})")
    if code is not None and code < 400:
        return Answer(kind="fine")
    if text == _NO_ANCHOR:
        return Answer(kind="unknown", detail="answers, but the anchor is not in its HTML")
    if text.startswith("Excluded"):
        return Answer(kind="unknown", detail="could not be asked")
    return Answer(kind="failed", detail=_reason(status, text))


def _reason(status: Mapping[str, Any], text: str) -> str:
    said = str(status.get("details") or text).removeprefix("Rejected status code: ")
    return f"answers {said}" if status.get("code") else f"does not answer: {said[:1].lower()}{said[1:]}"
