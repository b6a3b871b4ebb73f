"""Where cross references lead: to pages by their ``uid``, to what a map lists, or to the pages of an API by its prefix."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin

import yaml

from guidekit.library.destinations import Destination
from guidekit.syntax.cross_reference import Reference
from guidekit.text import paths
from guidekit.text.source import Source, Unreadable

_ARITY = re.compile(r"`{1,2}+(\d{1,3})")
_PARAMETERS = re.compile(r"\(.*", re.DOTALL)
_SEGMENT = re.compile(r"(?<![\w.])(?:\w+\.+)+(?=\w)|(?<![\w.])\.+(?:\w+\.+)*(?=\w)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """Where a cross reference leads, and the names of what is there."""

    leads: Destination
    name: str
    full_name: str = ""
    name_with_type: str = ""

    def shown(self, reference: Reference) -> str:
        """Choose the text of a reference that has none of its own."""
        names = {"fullname": self.full_name, "namewithtype": self.name_with_type}
        return reference.text or names.get(reference.display.lower()) or self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What a map lists: an address as written there, and names."""

    href: str
    name: str
    full_name: str = ""
    name_with_type: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CrossReferenceMap:
    """A map: its entries by uid, or what keeps it from being read, as the end of a sentence that begins with it."""

    path: PurePosixPath
    entries: Mapping[str, Entry]
    base: str = ""
    problem: str = ""


def read_map(path: PurePosixPath, source: Source | Unreadable | None) -> CrossReferenceMap:
    """Read a map of docfx's, in YAML or JSON. Never raises over content."""
    if not isinstance(source, Source):
        return CrossReferenceMap(path=path, entries={}, problem=source.detail if source else "does not exist")
    try:
        is_json = path.suffix.lower() == ".json"
        value = json.loads(source.text) if is_json else yaml.load(source.text, Loader=_LOADER)
    except (ValueError, yaml.YAMLError, RecursionError):
        return CrossReferenceMap(path=path, entries={}, problem="cannot be read as YAML or JSON")
    listed = value.get("references") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        return CrossReferenceMap(path=path, entries={}, problem="lists no 'references'")
    base = value.get("baseUrl")
    return CrossReferenceMap(path=path, entries=dict(_entries(listed)), base=base if isinstance(base, str) else "")


_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _entries(listed: list[object]) -> Iterator[tuple[str, Entry]]:
    for one in listed:
        if not isinstance(one, dict):
            continue
        texts = {
            key: one[key]
            for key in ("uid", "href", "name", "fullName", "nameWithType")
            if isinstance(one.get(key), str)
        }
        uid, href = texts.get("uid", ""), texts.get("href", "")
        if uid and href:
            yield (
                uid,
                Entry(
                    href=href,
                    name=texts.get("name", uid),
                    full_name=texts.get("fullName", ""),
                    name_with_type=texts.get("nameWithType", ""),
                ),
            )


class CrossReferences:
    """Finds where cross references lead: by the pages of the content set, then by maps in their order, then by prefixes."""

    def __init__(
        self,
        *,
        page_of: Callable[[str], PurePosixPath | None],
        title_of: Callable[[PurePosixPath], str],
        follow: Callable[[str, PurePosixPath], Destination],
        maps: tuple[CrossReferenceMap, ...],
        prefixes: Mapping[str, str],
    ) -> None:
        self.maps = maps
        self._page_of = page_of
        self._title_of = title_of
        self._follow = follow
        self._prefixes = {prefix: prefixes[prefix] for prefix in sorted(prefixes, key=len, reverse=True)}

    def find(self, reference: Reference) -> Resolved | None:
        """Find where a reference leads; ``None`` where nobody knows its name."""
        if page := self._page_of(reference.uid):
            leads = Destination(
                kind="page", path=page, suffix=reference.bookmark, bookmark=reference.bookmark.removeprefix("#")
            )
            return Resolved(leads=leads, name=self._title_of(page))
        for one in self.maps:
            if entry := one.entries.get(reference.uid):
                return self._listed(entry, one, reference)
        return self._by_prefix(reference)

    def _listed(self, entry: Entry, one: CrossReferenceMap, reference: Reference) -> Resolved | None:
        address = entry.href.partition("#")[0] + reference.bookmark if reference.bookmark else entry.href
        if one.base and "://" not in address:
            address = urljoin(one.base, address)
        if not paths.is_on_the_web(address):
            return None
        leads = self._follow(_with_view(address, reference.view), one.path)
        if leads.kind == "missing":
            return None
        return Resolved(leads=leads, name=entry.name, full_name=entry.full_name, name_with_type=entry.name_with_type)

    def _by_prefix(self, reference: Reference) -> Resolved | None:
        uid = reference.uid
        address = next((self._prefixes[prefix] for prefix in self._prefixes if uid.startswith(prefix)), "")
        if not address:
            return None
        url = address.replace("{uid}", quote(_in_address(uid), safe="/-._~")) + (reference.bookmark or _overload(uid))
        parts = _with_types(_PARAMETERS.sub("", uid).removesuffix("*")).split(".")
        return Resolved(
            leads=Destination(kind="elsewhere", url=_with_view(url, reference.view)),
            name=parts[-1] + _parameters(uid),
            full_name=".".join(parts) + _parameters(uid),
            name_with_type=".".join(parts[-2:]) + _parameters(uid),
        )


def _in_address(uid: str) -> str:
    """Write a name as the pages of Learn's API have it: all overloads of a method share one, and types their arity."""
    return _PARAMETERS.sub("", uid).removesuffix("*").replace("``", "`").replace("`", "-").replace("#", "-").lower()


def _with_types(uid: str) -> str:
    """Write the parameters of generic types, of which a name tells the number alone."""
    return _ARITY.sub(lambda found: f"<{_type_parameters(int(found[1]))}>", uid)


def _type_parameters(number: int) -> str:
    return "T" if number == 1 else ",".join(f"T{one}" for one in range(1, min(number, 16) + 1))


def _overload(uid: str) -> str:
    """Find the place of one overload on its page; empty for what is no method."""
    if "(" not in uid:
        return ""
    braces = uid.lower().replace("{", "((").replace("}", "))")
    return f"#{re.sub(r'[^a-z0-9()_]++', '-', braces)}"


def _parameters(uid: str) -> str:
    """Write the parameters of a method by the last parts of their names."""
    found = _PARAMETERS.search(uid)
    return _with_types(_SEGMENT.sub("", found[0])).replace(",", ", ") if found else ""


def _with_view(address: str, view: str) -> str:
    if not view:
        return address
    place, hash_mark, bookmark = address.partition("#")
    return f"{place}{'&' if '?' in place else '?'}view={quote(view)}{hash_mark}{bookmark}"


def namespace(uid: str) -> str:
    """Find what a name belongs to: its first two parts, or the first one of two."""
    parts = _PARAMETERS.sub("", uid).split(".")
    return ".".join(parts[: min(2, max(len(parts) - 1, 1))])
