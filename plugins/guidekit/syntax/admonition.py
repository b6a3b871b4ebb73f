"""``!!! note`` and ``??? note``: Python-Markdown's admonitions, and the ones of pymdownx.details that fold.

The grammar is that of ``markdown/extensions/admonition.py`` and ``pymdownx/details.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from guidekit.syntax import indented_block, prose
from guidekit.syntax.fact import Fact
from guidekit.syntax.run import Run

_CLASSES = r"[\w-]+(?:[ ]+[\w-]+)*+"
_ADMONITION = re.compile(rf'!!![ ]?(?P<classes>{_CLASSES})(?:[ ]++"(?P<title>.*?)")?[ ]*$')
_DETAILS = re.compile(
    rf'\?\?\?(?P<open>\+)?[ ]?(?:(?P<classes>{_CLASSES})(?:[ ]++"(?P<title>.*?)")?|"(?P<alone>.*?)")[ ]*$'
)


def _admonition(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    found = _ADMONITION.match(indented_block.marker(state, line))
    if found is None:
        return False
    if not silent:
        _push(state, line, end_line, "admonition", found["classes"], found["title"])
    return True


def _details(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    found = _DETAILS.match(indented_block.marker(state, line))
    if found is None:
        return False
    if not silent:
        title = found["title"] if found["classes"] else found["alone"]
        _push(state, line, end_line, "details", found["classes"] or "", title, is_open=bool(found["open"]))
    return True


def _push(
    state: StateBlock, line: int, end_line: int, kind: str, classes: str, title: str | None, *, is_open: bool = False
) -> None:
    """Add the tokens of a block; a title is the first class where there is none, and an empty one is none."""
    end = indented_block.end_of_body(state, line, end_line)
    words = classes.lower().split()
    opening = state.push(f"{kind}_open", "div" if kind == "admonition" else "details", 1)
    opening.map = [line, end]
    opening.meta = {"classes": words, "open": is_open}
    if title is None:
        title, is_written = words[0].capitalize(), False
    else:
        is_written = True
    if title or kind == "details":
        head = state.push(f"{kind}_title_open", "p" if kind == "admonition" else "summary", 1)
        head.map = [line, line + 1]
        head.meta = {"written": is_written}
        text = state.push("inline", "", 0)
        text.content, text.children, text.map = title, [], [line, line + 1]
        state.push(f"{kind}_title_close", head.tag, -1)
    indented_block.parse_body(state, line, end, kind)
    state.push(f"{kind}_close", opening.tag, -1)


def _installer(name: str, rule: Callable[[StateBlock, int, int, bool], bool]) -> Callable[[MarkdownIt], None]:
    def install(md: MarkdownIt) -> None:
        md.block.ruler.before("fence", name, rule, indented_block.ENDS)

    return install


install_admonition = _installer("admonition", _admonition)
install_details = _installer("details", _details)


def read_title(opening: Token, inline: Token, run: Run) -> Iterator[Fact]:
    """Read the fact off a title, which is text if the author wrote it."""
    if opening.meta["written"]:
        yield from prose.read_run(opening, inline, run)
