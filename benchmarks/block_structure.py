"""Compare how pages part into blocks with what cmark-gfm makes of them: ``python benchmarks/block_structure.py FOLDER…``.

Learn's Markdown is CommonMark with GitHub's tables, so but for Learn's own directives another parser must find the same
headings, lists, items, tables, code and paragraphs. Directives are made into plain text first. Each page that differs is
named, with what the two differ on purpose about, if that is on the page.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path, PurePosixPath

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser, LexborNode

from guidekit.rendering import html
from guidekit.syntax.document import Document, parse
from guidekit.syntax.table import UnevenTable
from guidekit.text.source import Source

NEUTRAL: Mapping[re.Pattern[str], str] = {
    re.compile(r"\[!(?=[A-Za-z])"): "(!",
    re.compile(r":::"): ";;;",
    re.compile(r"#tab/"): "#no-tab/",
    re.compile(r"xref:"): "no-xref:",
    re.compile(r"(?<!\S):([a-z0-9_+-]+):(?!\S)"): r";\1;",
}
"""What begins a directive of Learn's, and what stands there instead."""

LEAVES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "td", "th", "hr", "summary"})
CONTAINERS = frozenset({"ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "details", "div", "section"})
HIDDEN_PIPE = re.compile(r"^\s*[>|][^\n]*(?:`[^`\n|]*\|[^`\n]*`|\[[^\]\n|]*\|[^\]\n]*\]\()", re.MULTILINE)
FENCE_BEHIND_TAB = re.compile(r"^\t+(?:```|~~~)", re.MULTILINE)
PIPE_ALONE = re.compile(r"^[ \t>]*\|[ \t]*$", re.MULTILINE)

Block = tuple[str, str]
"""The path of elements that leads to a block, and its text."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A page on which the parsers differ: why, if it is on purpose, and the lines in which the blocks differ."""

    why: str
    lines: Sequence[str]


def compare(text: str) -> Difference | None:
    """Compare the blocks of a page; nothing where they are the same."""
    document = parse(Source.of(PurePosixPath("page.md"), text))
    body = neutral("\n".join(document.source.lines[document.front_matter.body_line :]))
    ours = parse(Source.of(PurePosixPath("page.md"), body), header=False)
    found, expected = list(blocks(_drawn(ours))), list(blocks(_by_cmark(body)))
    if found == expected:
        return None
    lines = [" ".join(block) for block in expected], [" ".join(block) for block in found]
    return Difference(why=_why(ours), lines=list(unified_diff(*lines, "cmark-gfm", "guidekit", lineterm="", n=1)))


def neutral(text: str) -> str:
    """Make plain text of what begins a directive."""
    for pattern, instead in NEUTRAL.items():
        text = pattern.sub(instead, text)
    return text


def blocks(rendered: str) -> Iterator[Block]:
    """Go through the blocks of a page, each with the elements around it."""
    body = LexborHTMLParser(rendered).body
    return _below(body, ()) if body else iter(())


def _below(node: LexborNode, path: tuple[str, ...]) -> Iterator[Block]:
    line: list[str] = []  # text beside blocks, as in an item without paragraphs
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag not in LEAVES | CONTAINERS:
            line.append("" if tag == "_comment" else child.text())
            continue
        yield from _line(line, path)
        line.clear()
        if tag in LEAVES:
            text = child.text() if tag == "pre" else " ".join(child.text().split())
            yield "/".join((*path, tag)), text
        else:
            name = f"{tag}[{child.attributes.get('start') or 1}]" if tag == "ol" else tag
            yield "/".join((*path, name)), ""
            yield from _below(child, (*path, name))
    yield from _line(line, path)


def _line(parts: Sequence[str], path: tuple[str, ...]) -> Iterator[Block]:
    if text := " ".join("".join(parts).split()):
        yield "/".join((*path, "text")), text


def _drawn(document: Document) -> str:
    return html.render([_plain(token) for token in document.tokens])


def _plain(token: Token) -> Token:
    """Leave out of a run of text what notes something and is nothing to readers."""
    if not token.children:
        return token
    run = token.copy()
    run.children = [_as_text(child) for child in token.children if child.type != "near_miss"]
    return run


def _as_text(token: Token) -> Token:
    return token.copy(type="text") if token.type in ("comment_unclosed", "xref_short") else token


def _by_cmark(text: str) -> str:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE
    rendered: str = cmarkgfm.markdown_to_html_with_extensions(text, options, ["table", "strikethrough"])
    return rendered


def _why(document: Document) -> str:
    """Say what is on a page that the parsers read differently on purpose."""
    if any(document.of(UnevenTable)):
        return "a table whose rows differ in length"
    if HIDDEN_PIPE.search(document.source.text):
        return "a pipe in code or in a link, within a table"
    if PIPE_ALONE.search(document.source.text):
        return "a row that is nothing but a pipe"
    if FENCE_BEHIND_TAB.search(document.source.text):
        return "a fence behind a tab in an item, whose code cmark-gfm indents by a blank"
    return ""


def main(folders: Sequence[str]) -> int:
    """Compare all pages below some folders; answer 1 where one differs that should not."""
    whys: Counter[str] = Counter()
    pages = [path for folder in folders for path in sorted(Path(folder).rglob("*.md"))]
    for path in pages:
        difference = compare(path.read_text(encoding="utf-8-sig", errors="replace"))
        if difference:
            whys[difference.why] += 1
            print(path, difference.why or "differs", *([] if difference.why else difference.lines[:12]), sep="\n  ")
    print(
        f"{len(pages)} pages, {sum(whys.values())} differ",
        *(f"{count}: {why or 'not on purpose'}" for why, count in whys.items()),
        sep="\n  ",
    )
    return int("" in whys)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
