"""lychee, the program that asks other sites whether a page is there; see <https://lychee.cli.rs>."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from guidekit import files, programs
from guidekit.links.external import Answer
from guidekit.programs import Done, ProgramError

UNKNOWN: Mapping[int, str] = {
    401: "wants a login",
    403: "does not answer programs",
    407: "wants a login",
    429: "has been asked too often",
    451: "does not answer from here",
    999: "does not answer programs",
}
"""The codes that do not tell whether readers get the page, and what they mean."""

CACHE = ".lycheecache"
"""The file in which lychee keeps what answered."""

_NO_ANCHOR = "Cannot find fragment"
_PAGE, _SETTINGS = "links.html", "lychee.toml"
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


def find(root: Path) -> str:
    """Find the program for the content set in the folder ``root``. Raises `ProgramError`."""
    return programs.find("lychee", root)


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
    """Ask for addresses, one on each line of a page, and answer the status of each by its line.

    lychee obeys files in the folder where it stands, and one of them names programs. So it stands in a folder of its own, and
    what it keeps from run to run is copied.
    """
    page = "".join(f'<a href="{escape(url)}">x</a>\n' for url in urls)
    options = [*manners.options(), "--config", _SETTINGS, "--cache", "--include-fragments", "--no-progress"]
    try:
        with programs.own_folder() as here:
            files.write(here / _SETTINGS, b"")
            files.write(here / _PAGE, page.encode(errors="replace"))
            _copy(folder / CACHE, here / CACHE)
            report = _report(programs.run(program, [*options, "--format", "json", "-vv", _PAGE], here))
            _copy(here / CACHE, folder / CACHE)
    except ProgramError as error:
        raise LycheeError(f"lychee came to nothing: {error}") from None
    entries = (entry for name in _MAPS for found in report.get(name, {}).values() for entry in found)
    by_line = {entry["span"]["line"]: entry["status"] for entry in entries if entry.get("span")}
    return {url: by_line[line] for line, url in enumerate(urls, 1) if line in by_line}


def _report(done: Done) -> Mapping[str, Any]:
    try:
        report: Mapping[str, Any] = json.loads(done.output)
    except ValueError:
        said = done.errors.decode(errors="replace").strip()
        raise LycheeError(f"lychee came to nothing: {said[-500:]}") from None
    return report


def _copy(file: Path, to: Path) -> None:
    text = files.read(file)
    if text is not None:
        files.write(to, text.encode())


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
