"""The checks of the settings' values: each takes a value as it was written, and gives it its type.

Each raises ``ValueError`` with a sentence on what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import PureWindowsPath
from string import Formatter

from guidekit.checklist_words import LANGUAGES, TEXTS
from guidekit.diagnostics import Severity
from guidekit.text.globs import Globs
from guidekit.text.guid import is_guid

_MOST_IN_A_NAME = 200
_IN_ADDRESSES = ("url", "title", "item")

_FEWEST_NAMES = 2

_MOST_LINKS = 1_000
"""How many prefixes `root_links` may hold: each of them is compared with each link."""

SEARCH_BUDGET: Mapping[str, int | None] = {"warn": 300, "fail": None}
"""How many kilobytes of search index are too many for every visitor, and from how many on a build fails; ``None`` is never."""

NO_LIMIT = "none"

REDIRECT_FORMATS = ("pages", "_redirects", "staticwebapp", "nginx", "apache", "none")


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service of which guidance may speak: the label that readers see, other names that people use, its last known change."""

    label: str
    names: tuple[str, ...] = ()
    changed: date | None = None


def _shown(value: object) -> str:
    """Show a value that is wrong; a list or a mapping is not written out, as aliases of YAML may make it endless."""
    if isinstance(value, (list, tuple)):
        return "a list"
    return "a mapping" if isinstance(value, Mapping) else f"'{value}'"


def strings(value: object) -> tuple[str, ...]:
    """Take a list of strings."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError("expected a list of strings")
    items = tuple(value)
    if not all(isinstance(item, str) for item in items):
        raise ValueError("expected a list of strings")
    return items


def monikers(value: object) -> tuple[str, ...]:
    """Check a list of versions, each a name of letters, digits, dots, hyphens and underscores."""
    found = strings(value)
    for name in found:
        if not re.fullmatch(r"[\w.-]+", name):
            raise ValueError(f"'{name}' is no version: write it with letters, digits, '.', '-' and '_'")
    return found


def globs(value: object) -> tuple[str, ...]:
    """Take a list of globs."""
    lines = strings(value)
    Globs(lines)
    return lines


def optional_globs(value: object) -> tuple[str, ...] | None:
    """Take a list of globs, or nothing."""
    return None if value is None else globs(value)


def string(value: object) -> str:
    """Take a string."""
    if not isinstance(value, str):
        raise ValueError("expected a string")
    return value


def opening(value: object) -> str:
    """Take words with which a text begins, blanks folded; empty is fine."""
    text = " ".join(string(value).split())
    if text and not any(map(str.isalnum, text)):
        raise ValueError("expected words with at least one letter or digit")
    return text


def switch(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


def address(value: object) -> str:
    """Take an address on the web, or an empty one, in which names stand for the page and the item."""
    text = string(value)
    try:
        parts = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        parts = [("", "", None)]
    if any(name not in _IN_ADDRESSES or spec or conversion for name, spec, conversion in parts):
        raise ValueError("may hold {url}, {title} and {item}, and no other braces")
    if text and not text.startswith(("https://", "http://", "mailto:")):
        raise ValueError("expected an address that begins with https://, http:// or mailto:")
    return text


def folder(value: object) -> str:
    """Take a folder of the content folder."""
    text = string(value)
    if text.startswith("/") or "\\" in text or ".." in text.split("/"):
        raise ValueError("expected a folder of the content folder, with slashes and without '..'")
    if not text.isprintable() or len(text.encode(errors="replace")) > _MOST_IN_A_NAME:
        raise ValueError(f"expected a name of at most {_MOST_IN_A_NAME} bytes, all of which can be seen")
    return text.strip("/")


def folders(value: object) -> tuple[str, ...]:
    """Take folders below the settings file."""
    names = strings(value)
    for name in names:
        if not is_below(name) or "\\" in name:
            raise ValueError("must be a folder below the settings file, with slashes")
    return names


def optional_files(value: object) -> tuple[str, ...] | None:
    """Take files below the settings file, or nothing."""
    return None if value is None else folders(value)


def is_below(name: str) -> bool:
    """Does a name, as it is read on any system, lead to a place below another, and not up from it or to a drive?"""
    windows = PureWindowsPath(name)
    return "\0" not in name and not windows.drive and not windows.root and ".." not in windows.parts


def is_mount(name: str) -> bool:
    """May another repository lie at a folder of this name: one below the settings file, and not a hidden one?"""
    parts = name.replace("\\", "/").split("/")
    shown = all(not part.startswith(".") for part in parts if part not in ("", "."))
    return is_below(name) and "\\" not in name and shown and any(part not in ("", ".") for part in parts)


def mounts(value: object) -> Mapping[str, str]:
    """Take folders of this machine by the folders of the content set at which they are found."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of folders of the content set to folders of this machine")
    for name, place in value.items():
        if not isinstance(name, str) or not is_mount(name):
            raise ValueError(f"{_shown(name)} is no folder below the settings file that is not hidden, with slashes")
        if not isinstance(place, str) or not place or "\0" in place:
            raise ValueError(f"'{name}' has no folder: {_shown(place)}")
    return dict(value)


def links(value: object) -> Mapping[str, str]:
    """Take places by URL prefix."""
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


def prefixes(value: object) -> Mapping[str, str]:
    """Take addresses with ``{uid}`` in them, by the beginning of names."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of beginnings of names to addresses")
    if len(value) > _MOST_LINKS:
        raise ValueError(f"there are {len(value):,} prefixes, more than the {_MOST_LINKS:,} that there may be")
    for prefix, place in value.items():
        if not isinstance(prefix, str) or not isinstance(place, str):
            raise ValueError("expected a mapping of strings to strings")
        if not place.lower().startswith(("https://", "http://")) or "{uid}" not in place:
            raise ValueError(f"'{place}' is no address that begins with https:// or http:// and holds {{uid}}")
    return dict(value)


def aliases(value: object) -> Mapping[str, str]:
    """Take GUIDs by the retired GUIDs whose place they took."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of retired GUIDs to those that took their place")
    for guid in (*value, *value.values()):
        if not isinstance(guid, str) or not is_guid(guid):
            raise ValueError(f"{_shown(guid)} is no GUID")
    known = {str(old).lower(): str(new).lower() for old, new in value.items()}
    for old, new in known.items():
        if new in known:
            why = "itself" if new == old else f"'{new}', which is retired too: name the one that is in use"
            raise ValueError(f"'{old}' leads to {why}")
    return known


def services(value: object) -> Mapping[str, Service]:
    """Take services by name, each with its label, and its other names and the day of its last change if they are told."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of names of services to their labels")
    found = {_service_text(name): _service(name, told) for name, told in value.items()}
    first: dict[str, str] = {}
    for name, service in found.items():
        if first.setdefault(service.label.casefold(), name) != name:
            raise ValueError(f"'{name}' has the label '{service.label}', which another service has too")
    return found


def _service(name: str, told: object) -> Service:
    values = told if isinstance(told, Mapping) else {"label": told}
    if unknown := set(values) - {"label", "names", "changed"}:
        raise ValueError(f"'{name}' has the key '{min(map(str, unknown))}', which is not one of label, names, changed")
    label, names = values.get("label"), values.get("names") or ()
    if not isinstance(names, (list, tuple)):
        raise ValueError(f"'{name}' has the names {_shown(names)}, which is no list of names")
    return Service(
        label=name if label is None else _service_text(label),
        names=tuple(map(_service_text, names)),
        changed=_day(name, values.get("changed")),
    )


def _service_text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or ";" in value:
        raise ValueError(f"{_shown(value)} is no name or label of a service: a text on one line, without a semicolon")
    return " ".join(value.split())


def _day(name: str, value: object) -> date | None:
    """Read a day, as YAML reads one or as a text."""
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(f"'{name}' has changed on {_shown(value)}, which is no day written YYYY-MM-DD") from None


def words(value: object) -> Mapping[str, str]:
    """Take translations of what a checklist says, by the English text: a language's, one's own, or both."""
    told = {"language": value} if isinstance(value, str) else value
    if not isinstance(told, Mapping):
        raise ValueError("expected a language or a mapping of English texts to your own")
    language = told.get("language")
    if language is not None and language not in LANGUAGES:
        raise ValueError(
            f"{_shown(language)} is not one of {', '.join(LANGUAGES)}: give your own texts by the English ones"
        )
    own = {english: text for english, text in told.items() if english != "language"}
    for english, text in own.items():
        if english not in TEXTS:
            raise ValueError(f"{_shown(english)} is no text of a checklist{_nearest(str(english))}")
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{_shown(english)} has no text in your language: {_shown(text)}")
    return {**LANGUAGES.get(str(language), {}), **own}


def _nearest(english: str) -> str:
    near = get_close_matches(english, TEXTS, n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


def ignores(value: object) -> Mapping[str, tuple[str, ...]]:
    """Take lists of rules by glob."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of globs to lists of rules")
    return dict(zip(globs(map(str, value)), map(strings, value.values()), strict=True))


def severities(value: object) -> Mapping[str, Severity | None]:
    """Take severities by rule; ``None`` is off."""
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


def threshold(value: object) -> str:
    """Take the severity from which on a build fails, or ``never``."""
    if value not in ("error", "warning", "suggestion", "never"):
        raise ValueError(f"{_shown(value)} is not one of error, warning, suggestion, never")
    return str(value)


def positive(value: object) -> int:
    """Take a whole number of at least 1."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("expected a whole number of at least 1")
    return value


def depth(value: object) -> int:
    """Take a whole number from 1 to 100."""
    if positive(value) > 100:
        raise ValueError("expected a whole number of at most 100")
    return positive(value)


def engine(value: object) -> str:
    """Take the name of a search engine."""
    if value not in ("material", "guidekit", "pagefind"):
        raise ValueError(f"{_shown(value)} is not one of material, guidekit, pagefind")
    return str(value)


def html_policy(value: object) -> str:
    """Take the name of what raw HTML is held against."""
    if value not in ("any", "learn"):
        raise ValueError(f"{_shown(value)} is not one of any, learn")
    return str(value)


def redirect_format(value: object) -> str:
    """Take the name of a way to lead readers from old addresses to new ones."""
    if value not in REDIRECT_FORMATS:
        raise ValueError(f"{_shown(value)} is not one of {', '.join(REDIRECT_FORMATS)}")
    return str(value)


def synonyms(value: object) -> tuple[tuple[str, ...], ...]:
    """Take lists of names for one thing."""
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        raise ValueError("expected a list of lists of names for one thing")
    lists = tuple(map(strings, value))
    for names in lists:
        if len(names) < _FEWEST_NAMES:
            raise ValueError(f"expected at least {_FEWEST_NAMES} names for one thing, not {', '.join(names) or 'none'}")
        if not all(any(map(str.isalnum, name)) for name in names):
            raise ValueError("expected names with at least one letter or digit")
    return lists


def budget(value: object) -> Mapping[str, int | None]:
    """Take the kilobytes at which a build warns and fails; ``None`` where it never does."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of warn and fail to kilobytes")
    for limit, kilobytes in value.items():
        if limit not in SEARCH_BUDGET:
            raise ValueError(f"'{limit}' is not one of warn, fail")
        try:
            _ = kilobytes in (None, NO_LIMIT) or positive(kilobytes)
        except ValueError as error:
            raise ValueError(f"{limit}: {error}, or {NO_LIMIT}") from None
    limits = {**SEARCH_BUDGET, **{limit: None if size == NO_LIMIT else size for limit, size in value.items()}}
    warn, fail = limits["warn"], limits["fail"]
    if warn is not None and fail is not None and warn > fail:
        raise ValueError(f"warn, {warn}, is greater than fail, {fail}")
    return limits
