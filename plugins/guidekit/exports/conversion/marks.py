"""Text as a dialect of Markdown has to write it, so that none of its characters is read as a mark."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

_BLANKS = re.compile(r"[ \t\r]+")
_REFERRED = {"\u00a0": "&nbsp;", "\u00ad": "&shy;"}


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Which characters of a text would be marks, ``anywhere`` or ``opening`` a line.

    ``written`` are those that a backslash does not make text of, and what stands for them.
    """

    anywhere: Sequence[re.Pattern[str]]
    opening: re.Pattern[str]
    written: Mapping[str, str] = field(default_factory=dict)

    def escaped(self, text: str, before: str = "", behind: str = "", *, more: str = "") -> str:
        """Write a text that stands between two others; ``more`` are characters that are marks here, too."""
        start, whole = len(before), before + text + behind
        places = {found.start() for pattern in self.anywhere for found in pattern.finditer(whole)}
        opens_line = not before or before.endswith("\n")
        if opens_line and (found := self.opening.match(whole, start)):
            places.add(found.end() - 1)
        if more:
            places.update(start + at for at, char in enumerate(text) if char in more)
        end = start + len(text)
        return "".join(
            self._mark(char) if at in places else _REFERRED.get(char, char)
            for at, char in enumerate(whole[start:end], start)
        )

    def _mark(self, char: str) -> str:
        return self.written.get(char, f"\\{char}")


def folded(text: str) -> str:
    """Fold the blanks of a text, as readers see them; the blank that does not break stays."""
    return _BLANKS.sub(" ", text)


_BOTH = re.compile(
    r"""
      `
    | \*(?=\S|\Z) | (?<=\S)\*
    | (?<![^\W_])_ | _(?![^\W_])
    | \[
    | !(?=\[)
    | <(?=[A-Za-z/!?]|\Z)
    | &(?=\#?\w+;|\Z)
    | (?<=\]):
    | \\(?=[!-/:-@\[-`{-~\n]|\Z)
    """,
    re.VERBOSE,
)
"""What neither CommonMark nor Python-Markdown reads as text."""

_ROW = r"(?<![|:\- ])(?=[|:-][|:\- ]*+(?:\n|\Z))[|:-]"
"""The first character of a line that parts the head of a table from its rows."""

_UNDERLINE = r"(?<![=-])[=-](?=[=-]*+ ?(?:\n|\Z))"

COMMONMARK = Marks(
    anywhere=(_BOTH, re.compile(r"~(?!/)|\$(?=\S)")),
    opening=re.compile(rf"#{{1,6}}(?=\s|\Z)|>|[-+*](?=\s|\Z)|(?<!\d)\d{{1,9}}[.)](?=\s|\Z)|{_UNDERLINE}|{_ROW}"),
)

_OF_EXTENSIONS = {
    "pymdownx.arithmatex": re.compile(r"\$"),
    "pymdownx.caret": re.compile(r"\^"),
    "pymdownx.mark": re.compile(r"=(?==)|(?<==)="),
    "pymdownx.tilde": re.compile(r"~"),
}
"""What else is a mark where an extension is on."""

_OF_ATTRIBUTES = re.compile(r"\{(?=[^{}\n]*\})")
"""The beginning of a list of attributes, where authors write none."""

_FENCE = re.compile(r"~(?=~)|(?<=~)~")
_OPENING = re.compile(
    rf"[#>]|[-+*](?=\s|\Z)|(?<!\d)\d{{1,9}}\.(?=\s|\Z)|:(?=\s)|!(?=!!)|\?(?=\?\?)|=(?===)|/(?=//)|{_UNDERLINE}|{_ROW}"
)
_REFERENCES = {char: f"&#{ord(char)};" for char in "~=:?/|$^"} | {"<": "&lt;", "&": "&amp;"}


def material(extensions: Container[str]) -> Marks:
    """Find the marks of Material's Markdown, on a site whose authors write with some extensions of Python-Markdown."""
    more = [marks for name, marks in _OF_EXTENSIONS.items() if name in extensions]
    more += [] if "attr_list" in extensions else [_OF_ATTRIBUTES]
    return Marks(anywhere=(_BOTH, _FENCE, *more), opening=_OPENING, written=_REFERENCES)
