"""What the addresses in a built site mean. Pure text: nothing here asks a disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from guidekit.text.paths import Refused

_NOWHERE = "site.invalid"  # no server has this name, see RFC 2606
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DROPPED = re.compile(r"[\t\n\r]")  # as browsers do, see <https://url.spec.whatwg.org/#concept-basic-url-parser>
_ENDS = "\x00\x1f \t\n\r\f"
_SLASHES = re.compile("//+")
_SLASH = re.compile("%2f", re.IGNORECASE)
_FOLLOWED = ("http:", "https:")


@dataclass(frozen=True, kw_only=True, slots=True)
class Base:
    """What the addresses in a file count from: a server, and a path there, percent-encoded."""

    server: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """Where a site is published: its server, and the folder there, which begins and ends with a slash."""

    server: str
    folder: str

    @classmethod
    def of(cls, url: str) -> Home:
        """Read the address of a site, empty where nobody knows it. Raises ``ValueError`` for what is no address."""
        parts = urlsplit(url)
        folder = _SLASHES.sub("/", f"/{unquote(parts.path)}/")
        return cls(server=parts.netloc.lower() or _NOWHERE, folder=folder)

    def base(self, file: str, declared: str = "") -> Base:
        """Find what the addresses in a file of the site count from; ``declared`` is its ``<base href>``."""
        own = f"http://{self.server}{quote(self.folder)}{quote(file)}"
        try:
            parts = urlsplit(urljoin(own, declared.strip(_ENDS)))
        except ValueError:
            parts = urlsplit(own)
        return Base(server=parts.netloc.lower(), path=parts.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class SitePlace:
    """A place on the site: a path from its root, decoded, and a bookmark as written. A folder ends with a slash."""

    path: str
    bookmark: str = ""

    def __str__(self) -> str:
        return f"{self.path}#{unquote(self.bookmark)}" if self.bookmark else self.path


def follow(address: str, base: Base, home: Home) -> SitePlace | Refused | None:
    """Find the place that an address means, counted from ``base``; ``None`` is another site."""
    text = _DROPPED.sub("", address.strip(_ENDS))
    scheme = _SCHEME.match(text)
    if scheme and scheme[0].lower() not in _FOLLOWED:
        return None
    before, _, bookmark = text.partition("#")
    before = before.replace("\\", "/")
    is_whole = scheme is not None or before.startswith("//")
    try:
        server, path = _split(before) if is_whole else (base.server, _join(before.partition("?")[0], base.path))
    except ValueError:
        return Refused(why="is no address")
    if server != home.server:
        return None
    # an encoded slash is none to a server, and so part of a name that no file has
    path = _SLASHES.sub("/", unquote(_SLASH.sub("%252F", path)))
    if f"{path}/" == home.folder:
        path = home.folder
    if path.startswith(home.folder):
        return SitePlace(path=path[len(home.folder) :], bookmark=bookmark)
    return None if is_whole else Refused(why=f"leads out of the site, which lies at '{home.folder}'")


def _split(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.netloc.lower(), _join(parts.path or "/", "/")


def _join(path: str, base: str) -> str:
    """Join a path to that of a base and fold its dots, which lead no higher than to the top."""
    if not path:
        return base
    joined = path if path.startswith("/") else f"{base.rpartition('/')[0]}/{path}"
    if "/." not in joined:
        return joined
    parts: list[str] = []
    for part in joined.split("/")[1:]:
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    is_folder = joined.endswith(("/.", "/.."))
    return f"/{'/'.join(parts)}{'/' if is_folder and parts else ''}"
