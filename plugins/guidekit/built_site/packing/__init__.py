"""A built site made light: one stylesheet with what its pages use, one script, and no byte in them for its own sake.

Values only: the texts of a site's files go in, those that change come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import PurePosixPath

import minify

from guidekit.built_site.packing import stylesheet
from guidekit.built_site.packing.html_page import HtmlPage, Kind, Swap, with_swaps
from guidekit.built_site.packing.theme_script import without_diagrams
from guidekit.built_site.packing.used_names import DIAGRAM, collect

TYPES = (".html", ".css", ".js")
"""How the names of the files end that packing has to know."""


minify.config({"html-keep-whitespace": True})  # blanks between elements count where a stylesheet puts them in line

_FOLDER = "assets"
_DIGITS = 8


def pack(texts: Mapping[PurePosixPath, str], base: str = "/") -> Mapping[PurePosixPath, str]:
    """Pack a site, whose files count from its root, which is at the path ``base`` of its host.

    Pages load the stylesheets that can be joined as one, and likewise the scripts; one that another host serves, that
    loads late or for some media only, or that has to stay alone keeps its place.
    """
    pages = [HtmlPage(path=path, text=text, base=base) for path, text in texts.items() if path.suffix == ".html"]
    scripts = {path: text for path, text in texts.items() if path.suffix == ".js"}
    names = collect((page.text for page in pages), scripts)
    made: dict[PurePosixPath, str] = {}
    if DIAGRAM not in names.values:
        made |= {path: plain for path, text in scripts.items() if (plain := without_diagrams(text)) != text}
        texts, scripts = {**texts, **made}, {**scripts, **made}
        names = collect((page.text for page in pages), scripts)
    swaps: list[Swap] = []
    for files in _joinable("style", pages, texts):
        joined = "\n".join(stylesheet.moved(texts[path], str(path.parent), _FOLDER) for path in files)
        swaps.append(_swap("style", files, _minify("text/css", stylesheet.prune(joined, names)), made))
    for files in _joinable("script", pages, texts):
        joined = ";\n".join(_minify("text/javascript", texts[path]) for path in files)
        swaps.append(_swap("script", files, joined, made))
    return made | {page.path: _minify("text/html", with_swaps(page, swaps)) for page in pages}


def _joinable(
    kind: Kind, pages: Iterable[HtmlPage], texts: Mapping[PurePosixPath, str]
) -> Iterator[tuple[PurePosixPath, ...]]:
    """Find files that one file can stand for: all pages load them in one order and in one run, or some of them."""
    fits = _may_join_style if kind == "style" else _may_join_script
    layouts = sorted({page.runs(kind) for page in pages}, key=lambda runs: sum(map(len, runs)))
    longest = layouts[-1] if layouts else ()
    if not all(_is_part(runs, longest) for runs in layouts):
        return
    for run in longest:
        for fit, files in groupby(run, key=lambda path: path in texts and fits(texts[path])):
            if fit:
                yield tuple(files)


def _is_part(runs: Sequence[Sequence[PurePosixPath]], whole: Sequence[Sequence[PurePosixPath]]) -> bool:
    """Are runs made of files that stand in this order in the whole, each run in another run of it?"""
    rest = iter(whole)
    return all(any(_in_order(run, other) for other in rest) for run in runs)


def _in_order(some: Sequence[PurePosixPath], others: Sequence[PurePosixPath]) -> bool:
    rest = iter(others)
    return all(path in rest for path in some)


def _may_join_style(text: str) -> bool:
    return not stylesheet.imports(text)


def _may_join_script(text: str) -> bool:
    """Is it a script that means the same behind another? A directive at its top would hold for the others too."""
    return not text.lstrip().startswith(('"use ', "'use "))


def _swap(kind: Kind, files: Iterable[PurePosixPath], text: str, made: dict[PurePosixPath, str]) -> Swap:
    digest = sha256(text.encode()).hexdigest()[:_DIGITS]
    path = PurePosixPath(_FOLDER, f"pack.{digest}.{'css' if kind == 'style' else 'js'}")
    made[path] = text
    return Swap(kind=kind, files=frozenset(files), into=path)


def _minify(kind: str, text: str) -> str:
    """Write a text in as few bytes; one that cannot be read stays as it is."""
    try:
        return str(minify.string(kind, text))
    except minify.MinifyError:
        return text
