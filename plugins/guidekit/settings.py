"""The settings: each declared once, with its type, its default and its help."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from string import Formatter
from typing import Any

from guidekit.diagnostics import Severity
from guidekit.globs import Globs

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOST_IN_A_NAME = 200
_IN_ADDRESSES = ("url", "title", "item")

_MOST_LINKS = 1_000
"""How many prefixes `root_links` may hold: each of them is compared with each link."""

SEARCH_BUDGET: Mapping[str, int] = {"warn": 300, "fail": 500}
"""How many kilobytes of search index are too many for every visitor, and how many far too many."""


class SettingsError(Exception):
    """A setting that cannot be used; ``key`` is its name, or the option (``--select``) that stands in for it."""

    def __init__(self, key: str, problem: str) -> None:
        name = key if str(key).startswith("--") else f"setting '{key}'"
        super().__init__(f"{name}: {problem}")
        self.key = key
        self.problem = problem


def _shown(value: object) -> str:
    """Show a value that is wrong; a list or a mapping is not written out, as aliases of YAML may make it endless."""
    if isinstance(value, (list, tuple)):
        return "a list"
    return "a mapping" if isinstance(value, Mapping) else f"'{value}'"


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError("expected a list of strings")
    items = tuple(value)
    if not all(isinstance(item, str) for item in items):
        raise ValueError("expected a list of strings")
    return items


def _globs(value: object) -> tuple[str, ...]:
    lines = _strings(value)
    Globs(lines)
    return lines


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("expected a string")
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


def _address(value: object) -> str:
    text = _string(value)
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        fields = [("", "", None)]
    if any(name not in _IN_ADDRESSES or spec or conversion for name, spec, conversion in fields):
        raise ValueError("may hold {url}, {title} and {item}, and no other braces")
    if text and not text.startswith(("https://", "http://", "mailto:")):
        raise ValueError("expected an address that begins with https://, http:// or mailto:")
    return text


def _folder(value: object) -> str:
    text = _string(value)
    if text.startswith("/") or "\\" in text or ".." in text.split("/"):
        raise ValueError("expected a folder of the content folder, with slashes and without '..'")
    if not text.isprintable() or len(text.encode(errors="replace")) > _MOST_IN_A_NAME:
        raise ValueError(f"expected a name of at most {_MOST_IN_A_NAME} bytes, all of which can be seen")
    return text.strip("/")


def _folders(value: object) -> tuple[str, ...]:
    folders = _strings(value)
    for folder in folders:
        if "\0" in folder or folder.startswith("/") or ".." in folder.split("/"):
            raise ValueError("must be a folder below the settings file")
    return folders


def _links(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of URL prefixes to places")
    if len(value) > _MOST_LINKS:
        raise ValueError(f"there are {len(value):,} prefixes, more than the {_MOST_LINKS:,} that there may be")
    for prefix, place in value.items():
        if not isinstance(prefix, str) or not isinstance(place, str):
            raise ValueError("expected a mapping of strings to strings")
        if not (prefix.startswith("/") and prefix.endswith("/")):
            raise ValueError(f"'{prefix}' must begin and end with a slash")
        if "://" in place and not place.lower().startswith(("https://", "http://")):
            raise ValueError(f"'{place}' is neither an address that begins with https:// or http:// nor a folder")
    return dict(value)


def _aliases(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of retired GUIDs to those that took their place")
    for guid in (*value, *value.values()):
        if not isinstance(guid, str) or not _GUID.fullmatch(guid):
            raise ValueError(f"{_shown(guid)} is no GUID")
    aliases = {str(old).lower(): str(new).lower() for old, new in value.items()}
    for old, new in aliases.items():
        if new in aliases:
            why = "itself" if new == old else f"'{new}', which is retired too: name the one that is in use"
            raise ValueError(f"'{old}' leads to {why}")
    return aliases


def _ignores(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of globs to lists of rules")
    return dict(zip(_globs(map(str, value)), map(_strings, value.values()), strict=True))


def _severities(value: object) -> Mapping[str, Severity | None]:
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of rules to severities")
    levels: dict[str, Severity | None] = {}
    for code, level in value.items():
        if level is False or level == "off":  # YAML 1.1 reads a bare off as false
            levels[str(code)] = None
            continue
        try:
            levels[str(code)] = Severity.named(level if isinstance(level, str) else "")
        except KeyError:
            wrong = f"{_shown(level)} for '{code}' is not one of error, warning, suggestion, off"
            raise ValueError(wrong) from None
    return levels


def _positive(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("expected a whole number of at least 1")
    return value


def _depth(value: object) -> int:
    if _positive(value) > 100:
        raise ValueError("expected a whole number of at most 100")
    return _positive(value)


def _engine(value: object) -> str:
    if value not in ("material", "pagefind"):
        raise ValueError(f"{_shown(value)} is not one of material, pagefind")
    return str(value)


def _budget(value: object) -> Mapping[str, int]:
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of warn and fail to kilobytes")
    for limit, kilobytes in value.items():
        if limit not in SEARCH_BUDGET:
            raise ValueError(f"'{limit}' is not one of warn, fail")
        try:
            _positive(kilobytes)
        except ValueError as error:
            raise ValueError(f"{limit}: {error}") from None
    budget = {**SEARCH_BUDGET, **value}
    if budget["warn"] > budget["fail"]:
        raise ValueError(f"warn, {budget['warn']}, is greater than fail, {budget['fail']}")
    return budget


def _setting(check: Callable[[object], Any], default: Any, shown: str, help: str) -> Any:
    """Declare one setting; ``shown`` is its default as it stands in the documentation."""
    metadata = {"check": check, "shown": shown, "help": help}
    return field(default_factory=lambda: default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a content set is laid out and judged."""

    learn: tuple[str, ...] = _setting(
        _globs,
        ("**",),
        "['**']",
        "Globs as in .gitignore, counted from the content folder, of the pages written in the Learn dialect; a later one"
        " that begins with `!` takes pages out again, as in `['**', '!blog/**']`. Other pages are left to"
        " Python-Markdown. A page decides for itself with `learn: true` or `learn: false` in its front matter.",
    )
    roots: tuple[str, ...] = _setting(
        _folders,
        ("includes",),
        "['includes']",
        "Folders beside the content folder that fragments, images and files may be read from, counted from the"
        " settings file. Nothing outside the content folder and these is ever read. None of them may be a symbolic link or lie"
        " in one.",
    )
    fragments: tuple[str, ...] = _setting(
        _globs,
        ("includes/**", "**/includes/**"),
        "['includes/**', '**/includes/**']",
        "Globs as in .gitignore, counted from the settings file, of the Markdown files that are fragments: included by pages, never"
        " pages of their own.",
    )
    root_links: Mapping[str, str] = _setting(
        _links,
        {"/": "https://learn.microsoft.com/"},
        "{/: 'https://learn.microsoft.com/'}",
        "What a link that begins with a slash means, by URL prefix, the longest first: an address, or a folder of"
        " this site's content (`.` is all of it), whose pages are then checked.",
    )
    glossary: str = _setting(
        _string,
        "",
        "''",
        "The page that explains terms, counted from the content folder, such as `glossary.md`. The first use of each of"
        " its terms on a Learn page becomes a link to it, with the definition as a tooltip. Its terms are the headings"
        " of level 3, or of level 2 where there are none, that have text below them.",
    )
    feedback: str = _setting(
        _address,
        "",
        "''",
        "The address at which readers give feedback, such as that of an issue form: `{url}` stands for the page's"
        " address, `{title}` for its title, `{item}` for the GUID of a checklist item. The guidance of each item ends"
        " with a link to it, and templates get it as `guidekit.feedback`.",
    )
    markdown: bool = _setting(
        _switch,
        True,
        "true",
        "Publish each Learn page as one Markdown file too, fragments included, under the page's path in the content"
        " folder (`guides/backup.md`), and list these files in `llms.txt`.",
    )
    overview: str = _setting(
        _string,
        "",
        "''",
        "The page that lists all guides, counted from the content folder, such as `checklists.md`: at its end stand every"
        " guide with its question, its number of items, and how much of it the reader has in place.",
    )
    search: str = _setting(
        _engine,
        "material",
        "material",
        "What readers search with: `material` is the theme's own `search` plugin; `pagefind` takes its place on large"
        " sites, and needs `guidekit[pagefind]`. [Search](search.md) compares them.",
    )
    search_budget: Mapping[str, int] = _setting(
        _budget,
        SEARCH_BUDGET,
        "{warn: 300, fail: 500}",
        "How many kilobytes (1,000 bytes) the index of the `search` plugin may have when it is compressed, before a"
        " build warns, and before it fails. Every visitor loads all of that index. Pagefind's is not judged: it is"
        " loaded in pieces.",
    )
    pack: bool = _setting(
        _switch,
        False,
        "false",
        "Make the built site lighter: one stylesheet with only what its pages use, one script, and pages without idle"
        " white space. Needs `guidekit[pack]`; `mkdocs serve` leaves it out. See [light pages](publishing.md#light-pages).",
    )
    severity: Mapping[str, Severity | None] = _setting(
        _severities,
        {},
        "{}",
        "Severity by rule: `error`, `warning`, `suggestion` or `off`.",
    )
    aliases: Mapping[str, str] = _setting(
        _aliases,
        {},
        "{}",
        "Retired GUIDs of checklist items, each with the GUID that took its place, so that readers keep their answers.",
    )
    published: str = _setting(
        _string,
        "",
        "''",
        "The catalogue that was published before, counted from the settings file, such as `includes/catalogue.json`. No"
        " GUID that it names may vanish: see [`guid-vanished`](rules.md#guid-vanished).",
    )
    publish_catalogue: bool = _setting(
        _switch,
        True,
        "true",
        "Publish the checklists as files with the site: `catalogue.json`, and `checklist.xlsx` and others beside each"
        " guide. See [the catalogue](catalogue.md).",
    )
    reports: str = _setting(
        _folder,
        "",
        "''",
        "The folder of the content folder in which the site tells its own state, such as `state`: the pages `index.md`,"
        " `coverage.md`, `freshness.md`, `owners.md` and `usage.md` are made there, and can stand in `nav`. See"
        " [reports](reports.md#as-pages-of-your-site).",
    )
    per_file_ignores: Mapping[str, tuple[str, ...]] = _setting(
        _ignores,
        {},
        "{}",
        "Rules that say nothing about some files: globs as in .gitignore, counted from the settings file, each with a"
        " list of rules, as in `{'content/archive/**': [review-overdue]}`.",
    )
    known_keys: tuple[str, ...] = _setting(
        _strings,
        (),
        "[]",
        "Front matter keys of your own that `unknown-key` should accept.",
    )
    max_include_depth: int = _setting(
        _depth, 20, "20", "How many fragments deep an include may lead before `include-too-deep`; 100 at most."
    )
    max_includes: int = _setting(
        _positive, 10_000, "10000", "How many fragments one page may show before `include-too-large`."
    )
    max_file_size: int = _setting(
        _positive,
        2_000_000,
        "2000000",
        "How many bytes a page, a fragment, or all that a page includes may have before `include-too-large`.",
    )

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Settings:
        """Check values as they come from a settings file; raise `SettingsError` on the first unusable one."""
        return cls(**{key: cls.check(key, value) for key, value in values.items()})

    @classmethod
    def check(cls, key: str, value: object) -> Any:
        """Check one value and give it its type; raise `SettingsError` where it cannot be used."""
        for declared in fields(cls):
            if declared.name == key:
                try:
                    return declared.metadata["check"](value)
                except ValueError as error:
                    raise SettingsError(key, str(error)) from None
        known = ", ".join(declared.name for declared in fields(cls))
        raise SettingsError(key, f"there is no such setting; there are {known}")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a content set lies: the content folder counted from the root, and how pages become URLs.

    ``site_url`` is the site's address, empty where nobody knows it. ``settings_file`` names the file in which the
    settings stand, for findings about them.
    """

    content: str = "content"
    directory_urls: bool = True
    site_url: str = ""
    settings_file: str = "mkdocs.yml"
