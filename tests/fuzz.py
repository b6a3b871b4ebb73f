"""Tries content sets that are derived from a grammar at random, for as long as it is told: ``make fuzz SECONDS=600``.

What holds for each of them is in `PROPERTIES`. One that breaks a property is made smaller and kept in a folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import sysconfig
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path, PurePosixPath
from random import Random
from types import FrameType
from typing import Any

from grammar import OUTSIDE, derive
from markdown import Markdown

import guidekit
from guidekit import Library, RootError, SettingsError
from guidekit.exports import conversion
from guidekit.rendering import markdown as as_markdown
from guidekit.rules.fixes import Mended

Texts = Mapping[PurePosixPath, str]

TODAY = date(2026, 11, 25)

PATIENCE = 20
"""Seconds of the processor's time after which a content set of some thousand characters hangs."""

FACTOR, TIMES = 8, 40
"""A text that is so many times as long may take at most so many times as long."""

SECRET = "What stands outside is told to nobody."
PRIVATE = "What lies beside the folders of the content set is for a docset only."

EXTENSIONS = (
    *("guidekit", "toc", "admonition", "footnotes", "attr_list", "def_list", "md_in_html", "abbr", "tables"),
    *(
        "pymdownx.details",
        "pymdownx.superfences",
        "pymdownx.tasklist",
        "pymdownx.highlight",
        "pymdownx.keys",
        "pymdownx.mark",
    ),
)
"""The extensions with which a site may draw pages."""

_READ_BY_PYTHON = tuple(filter(None, {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, *sys.path}))

_OPENING = {"open": 0, "os.listdir": 0, "os.scandir": 0, "subprocess.Popen": 0, "socket.connect": 1, "os.system": 0}
"""The events of Python that open something, and which of their arguments names it."""

_watched: list[str] | None = None


class BrokenError(Exception):
    """A property that does not hold."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A content set that breaks a property: which one, in which way, and what is told of it."""

    property: str
    what: str
    files: Texts
    told: str


# Properties


def checks_twice_alike(root: Path) -> None:
    """A check ends, and a second one finds the same; so does one that goes on from an earlier one."""
    first, second = opened(root).check(), opened(root).check()
    same(first.diagnostics, second.diagnostics)
    library = opened(root)
    library.check()
    again = library.revised({page.path: library.raw(page.path) + "\n\nx\n" for page in library.pages[:1]})
    again.check()
    back = again.revised({page.path: library.raw(page.path) for page in library.pages[:1]})
    same(first.diagnostics, back.check().diagnostics)


def renders_twice_alike(root: Path) -> None:
    """Each page is drawn, and drawn the same a second time, also by a library that has drawn nothing else."""
    library = opened(root)
    first = [drawn(library, page.path) for page in library.pages]
    same(first, [drawn(library, page.path) for page in library.pages])
    other = opened(root)
    same(list(reversed(first)), [drawn(other, page.path) for page in reversed(other.pages)])
    secrets = (SECRET,) if other.library.layout.docsets else (SECRET, PRIVATE)  # a docset shows all of its repository
    if any(secret in "".join(map(str, first)) for secret in secrets):
        raise BrokenError("a page shows what stands outside")


def mends_to_the_end(root: Path) -> None:
    """All fixes come to an end; nothing is left to mend, and what is found then is what a new check finds."""
    for wanted in (lambda found: bool(found.fix), lambda found: bool(found.fix and found.fix.safe)):
        mended: Mended[Library] = opened(root).mend(wanted)
        texts = {change.path: change.after for change in mended.changes}
        again = opened(root).revised(texts)
        same((), again.mend(wanted).changes)
        same(mended.report.diagnostics, again.check().diagnostics)


def keeps_line_ends(root: Path) -> None:
    """A fix leaves each line's end as it is."""
    for change in opened(root).mend(lambda found: bool(found.fix)).changes:
        before, after = change.before or "", change.after or ""
        if "\n" in before and before.count("\n") == before.count("\r\n") and after.count("\n") != after.count("\r\n"):
            raise BrokenError(f"{change.path} has lines that end in another way")


def is_drawn_by_a_host(root: Path) -> None:
    """Python-Markdown draws each page, beside the extensions of a site, and draws it the same a second time."""
    for page in opened(root).pages:
        text = (root / page.path).read_text(encoding="utf-8", errors="replace")
        same(by_host(root, page.path, text), by_host(root, page.path, text))


def is_converted(root: Path) -> None:
    """Each page is written in other Markdown, the same a second time, and nothing of what stands outside."""
    library = opened(root).library
    for page, form in product(conversion.pages(library).values(), conversion.FORMS):
        text = conversion.write(library, page, form)
        same(text, conversion.write(library, page, form))
        if SECRET in text:
            raise BrokenError("a page has what stands outside")


def takes_time_by_its_size(root: Path) -> None:
    """A page that is so much longer takes little more than so much more time."""
    library = opened(root)
    for page in library.pages[:1]:
        text = library.raw(page.path)
        short, long = seconds(library, page.path, text), seconds(library, page.path, f"{text}\n\n" * FACTOR)
        if long > 1 and long > TIMES * short:
            raise BrokenError(f"{FACTOR} times the text takes {long / short:.0f} times as long: {long:.1f} s")


PROPERTIES: tuple[Callable[[Path], None], ...] = (
    checks_twice_alike,
    renders_twice_alike,
    mends_to_the_end,
    keeps_line_ends,
    is_drawn_by_a_host,
    is_converted,
    takes_time_by_its_size,
)


def opened(root: Path) -> Library:
    """Open a content set on a day that stays the same."""
    return Library.open(root, today=TODAY)


def same(one: object, other: object) -> None:
    """See that two things are equal."""
    if one != other:
        raise BrokenError(f"{_cut(one)} is not {_cut(other)}")


def _cut(value: object) -> str:
    return repr(value)[:2_000]


def drawn(library: Library, path: PurePosixPath) -> tuple[str, str]:
    """Draw a page as HTML and as Markdown."""
    page = library.page(path)
    assert page is not None
    return guidekit.render(library, page).html, as_markdown.write(library.library, page, {"title": page.title})


def by_host(root: Path, path: PurePosixPath, text: str) -> str:
    """Let Python-Markdown draw a page."""
    settings: dict[str, dict[str, Any]] = {"guidekit": {"root": str(root), "path": str(path)}}
    return Markdown(extensions=list(EXTENSIONS), extension_configs=settings).convert(text)


def seconds(library: Library, path: PurePosixPath, text: str) -> float:
    """Measure how much of the processor's time a page takes that is checked and drawn."""
    began = time.process_time()
    revised = library.revised({path: text})
    revised.check()
    if revised.page(path):
        drawn(revised, path)
    return time.process_time() - began


# Watching


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _watched is not None and event in _OPENING:
        named = arguments[_OPENING[event]]
        if not isinstance(named, int):
            _watched.append(f"{event} {os.fsdecode(named) if isinstance(named, (str, bytes)) else named}")


@contextmanager
def nothing_outside(root: Path) -> Iterator[None]:
    """See that only files of the content set are opened, and those beside it that say what is made of it."""
    global _watched
    _watched = []
    try:
        yield
    finally:
        asked, _watched = _watched, None
    has_docset = '"content"' in _text(root / "docfx.json")
    folders = [str(root)] if has_docset else [f"{root}/content", f"{root}/includes"]
    for entry in asked:
        event, _, name = entry.partition(" ")
        place = os.path.realpath(name)
        is_content = any(place == folder or place.startswith(f"{folder}/") for folder in folders)
        is_beside = Path(place).parent in (root, root / "docs", root / ".github") and "secret" not in place
        is_python = event in ("open", "os.listdir", "os.scandir") and place.startswith(_READ_BY_PYTHON)
        if not (is_content or is_beside or is_python or place == str(root)):
            raise BrokenError(f"opened outside the content set: {entry}")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


@contextmanager
def in_time() -> Iterator[None]:
    """Raise `BrokenError` in what takes too much of the processor's time."""

    def stop(_: int, __: FrameType | None) -> None:
        raise BrokenError(f"takes more than {PATIENCE} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


# Trying


def lay_out(place: Path, files: Texts) -> Path:
    """Write a content set, and around it what it may not reach; answer its root."""
    shutil.rmtree(place, ignore_errors=True)
    root = place / "set"
    outside = {place / OUTSIDE: SECRET, root / "private/secret.md": PRIVATE}
    inside = {root / "content/images/a.png": "", **{root / path: text for path, text in files.items()}}
    for file, text in {**outside, **inside}.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode(errors="surrogatepass"))
    (root / ".git").mkdir()  # so that nothing above it is the repository
    (root / "includes/folder").mkdir(parents=True, exist_ok=True)
    (root / "includes/link.md").symlink_to(place / OUTSIDE)
    (root / "content/images/link.png").symlink_to(place / OUTSIDE)
    return root


def attempt(place: Path, files: Texts, properties: tuple[Callable[[Path], None], ...] = PROPERTIES) -> Failure | None:
    """Try a content set; answer how it breaks a property, if it does."""
    root = lay_out(place, files)
    for holds in properties:
        try:
            with in_time(), nothing_outside(root):
                holds(root)
        except (SettingsError, RootError):
            return None  # the settings cannot be used, which is told
        except BrokenError as error:
            return Failure(property=holds.__name__, what=str(error).partition(":")[0], files=files, told=str(error))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a fault
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(frame.filename).name}:{frame.name}"
            return Failure(
                property=holds.__name__, what=f"{type(error).__name__} in {where}", files=files, told=repr(error)
            )
    return None


def reduced(place: Path, failure: Failure, until: float) -> Failure:
    """Take files, lines and pieces out of a content set, as long as it breaks the same property in the same way."""
    holds = next(holds for holds in PROPERTIES if holds.__name__ == failure.property)

    def is_broken(files: Texts) -> bool:
        found = attempt(place, files, (holds,))
        return found is not None and found.what == failure.what

    files = dict(failure.files)
    for path in sorted(files, reverse=True):
        less = {other: text for other, text in files.items() if other != path}
        if time.monotonic() < until and is_broken(less):
            files = less
    for path in files:
        parts: list[str] = files[path].splitlines(keepends=True)
        for split in (False, True):
            parts = list("".join(parts)) if split else parts
            size = max(len(parts) // 2, 1)
            while size and time.monotonic() < until:
                at = 0
                while at < len(parts) and time.monotonic() < until:
                    less_parts = parts[:at] + parts[at + size :]
                    if is_broken({**files, path: "".join(less_parts)}):
                        parts = less_parts
                    else:
                        at += size
                size //= 2
            files = {**files, path: "".join(parts)}
    return replace(failure, files=files)


def keep(folder: Path, seed: int, failure: Failure) -> Path:
    """Write a content set that breaks a property, and the error that it makes."""
    place = folder / f"{failure.property}-{seed}"
    shutil.rmtree(place, ignore_errors=True)
    root = lay_out(place, failure.files)
    holds = next(holds for holds in PROPERTIES if holds.__name__ == failure.property)
    told = f"{failure.told}\n\nIt did not come again when it was tried alone."
    try:
        with in_time(), nothing_outside(root):
            holds(root)
    except Exception:  # noqa: BLE001  # the same one
        told = traceback.format_exc()
    (place / "broken.txt").write_text(told, encoding="utf-8", errors="backslashreplace")
    return place


def fuzz(seconds: float, seed: int, folder: Path) -> int:
    """Try content sets for so many seconds, and tell what they break; answer how many ways there are."""
    until, tried, found = time.monotonic() + seconds, 0, Counter[tuple[str, str]]()
    with tempfile.TemporaryDirectory(prefix="guidekit-fuzz-") as made:
        place = Path(made).resolve()
        while time.monotonic() < until:
            failure = attempt(place / "tried", derive(Random(seed)))
            if failure and not found[(failure.property, failure.what)]:
                smaller = reduced(place / "reduced", failure, time.monotonic() + 60)
                print(f"{failure.property}, seed {seed}: {failure.what}; see {keep(folder, seed, smaller)}", flush=True)
            if failure:
                found[(failure.property, failure.what)] += 1
            tried, seed = tried + 1, seed + 1
    print(f"tried {tried:,} content sets up to seed {seed - 1}: {len(found)} ways to break a property")
    return len(found)


def main() -> None:
    """Run the fuzz as the command line says."""
    parser = argparse.ArgumentParser(description="Try content sets that are derived from a grammar at random.")
    parser.add_argument("--seconds", type=float, default=60, help="for how long; 60 without it")
    parser.add_argument("--seed", type=int, default=time.time_ns() // 10**9 * 100_000, help="the first content set")
    parser.add_argument("--folder", type=Path, default=Path(".cache/fuzz"), help="where to keep what breaks a property")
    given = parser.parse_args()
    sys.exit(1 if fuzz(given.seconds, given.seed, given.folder.resolve()) else 0)


sys.addaudithook(_note)

if __name__ == "__main__":
    main()
