"""What names a file is written anew in one way, whether a file moves or the fix of a wrong letter case asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import unescapeAll
from test_properties import DIALECT, library_of

from guidekit.authoring import mentions
from guidekit.diagnostics import Report
from guidekit.library.library import Library
from guidekit.syntax import rewriting
from guidekit.syntax.document import Document, parse
from guidekit.syntax.include import Include
from guidekit.syntax.link import Definition, Image, Link
from guidekit.text import edits
from guidekit.text.edits import Edit
from guidekit.text.source import Source, Span

PAGE = PurePosixPath("content/page.md")
BEFORE, AFTER = PurePosixPath("content/Other.md"), PurePosixPath("content/other.md")
Named = Include | Link | Image | Definition

INLINE = [
    "[t]({})",
    '[t](<{}> "t")',
    "[t]( {}?q=1#a(b) 't' )",
    "[t](\n{}#b)",
    "[t](\n<{}>)",
    "![t]({}#&#98;)",
    "[![t]({})]({})",
    "![a [t]({})]({} 't')",
    '<a href="{}">t</a>',
    "<img src='{}?a&amp;b' alt=''>",
    "<a href={}>t</a>",
    "<a href=' {}\\n'>t</a>",
    "t [!include[t]({})] t",
    "t [!include-[a\nb](<{}> 't')] t",
    "[r\\]]",
    "[t][ R\n\\]]",
    "![r\\]][]",
]
BLOCKS = [
    "[!include[t]({})]",
    "[r\\]]: {}",
    "[r\\]]:\n<{}#a>\n'b\nc'",
    "[R\n\\]]: {} (t)",
    '<video poster="{}"\nsrc={}>',
    "| a | b |\n|-|-|\n| {} [t]({}) | [t]({}) |\n| [!include[t]({})] | [!include[t]({})] |\n| \\| [t]({}) | ![]({}) |",
]
OTHERS = [piece.replace("other.md", "no.md") for piece in DIALECT]
CONTAINERS = ["", "", "", "> ", ">", "- ", "1. ", "> - ", "- > > ", "   ", "\t"]
SPELLINGS = [
    "Other.md",
    "./Other.md",
    "~/content/Other.md",
    "sub/../Other.md",
    "Other%2Emd",
    "Other&#46;md",
    "Other\\.md",
]


def within(container: str, text: str) -> str:
    """Put lines into a quote or a list item."""
    rest = "".join(mark if mark in ">\t" else " " for mark in container)
    return container + f"\n{rest}".join(text.split("\n"))


pieces = st.builds(
    lambda form, container, spelling: within(container, form.replace("{}", spelling)),
    st.sampled_from([*INLINE, *BLOCKS, " ".join(INLINE[:4])]),
    st.sampled_from(CONTAINERS),
    st.sampled_from(SPELLINGS),
)
tidy = st.lists(pieces, max_size=8).map(lambda found: "\n\n".join([*found, "x [r\\]]", "[r\\]]: Other.md"]))
untidy = st.lists(
    st.one_of(st.sampled_from([*OTHERS, *(form.replace("{}", "Other.md") for form in INLINE)]), pieces), max_size=20
).map("".join)


def content_set(text: str, file: PurePosixPath) -> Library:
    """Make a content set of a page, and the one file that it names."""
    return library_of({PAGE: text, file: "# Other\n"}).library


def page_of(library: Library) -> Document:
    """Find the page that names the file."""
    page = library.page(PAGE)
    assert page is not None
    return page.document


def moved(library: Library, to: PurePosixPath) -> Iterator[tuple[Named, Edit | None]]:
    """Write anew what names the file, as for a move of it."""
    document = page_of(library)
    for mention in mentions.find(library, document):
        if mention.file == BEFORE:
            written = mentions.lead(library, mention, PAGE, to)
            assert written is not None
            yield mention.fact, mentions.edit(mention, document.source, written)


def mended(report: Report) -> set[Span]:
    """List where the fixes of a wrong letter case edit the page."""
    codes = ("file-not-found", "include-case-mismatch", "include-not-found")
    found = (item for item in report.diagnostics if item.code in codes and item.span.path == PAGE and item.fix)
    return {edit.span for item in found if item.fix for edit in item.fix.edits}


def named(library: Library, file: PurePosixPath) -> list[tuple[type[Named], str]]:
    """List the facts that name a file, each as its kind and the query and bookmark of its address."""
    found = mentions.find(library, page_of(library))
    return [kind_and_suffix(mention.fact) for mention in found if mention.file == file]


def kind_and_suffix(fact: Named) -> tuple[type[Named], str]:
    """Tell the kind of a fact, and the query and bookmark of its address."""
    return type(fact), "" if isinstance(fact, Include) else re.sub(r"^[^?#]*", "", fact.address)


@settings(max_examples=100, deadline=None)
@given(st.one_of(tidy, untidy))
@example("> [x](\n> Other.md)\n")
@example("[y][a\\]: b]\n\n[a\\]: b]: Other.md\n")
@example("[x]\n\n> [x]:\n> <Other.md>\n")
def test_move_and_fix_write_at_the_same_places(text: str) -> None:
    """All that a move writes anew on a page, the fix of a wrong letter case writes anew as well, and nothing else."""
    library = content_set(text, BEFORE)
    document = page_of(library)
    used = {link.address_span for kind in (Link, Image) for link in document.of(kind)}
    rewritten = {
        edit.span
        for fact, edit in moved(library, AFTER)
        if edit and not (isinstance(fact, Definition) and fact.address_span not in used)
    }
    assert mended(library_of({PAGE: text, AFTER: "# Other\n"}).check()) == rewritten


NEW = ["other.md", "sub/a b.md", "sub/x(1) & 'y'.md", "é/*_`.md", "a|b.md", "a)].md", "a&lt;b#?.md", "a<b>.md"]


@settings(max_examples=100, deadline=None)
@given(tidy, st.sampled_from(NEW))
def test_what_is_written_is_read(text: str, name: str) -> None:
    """A page whose mentions of a file were written anew names the new file wherever it named the old one."""
    library, to = content_set(text, BEFORE), PurePosixPath("content", name)
    made = list(moved(library, to))
    after = edits.apply(text, {edit for _, edit in made if edit})
    kept = [kind_and_suffix(fact) for fact, edit in made if edit is None]
    both = library_of({PAGE: after, BEFORE: "# Other\n", to: "# Other\n"}).library
    assert named(both, to) == [kind_and_suffix(fact) for fact, edit in made if edit]
    assert named(both, BEFORE) == kept


@settings(max_examples=100, deadline=None)
@given(st.one_of(tidy, untidy))
def test_spans_are_what_is_written(text: str) -> None:
    """Where a fact says that its address, path or title is written, the file has just that, escapes aside."""
    source = Source.of(PAGE, text)
    document = parse(source)
    for fact in (*document.of(Link), *document.of(Image), *document.definitions):
        if fact.address_span:
            written = source.cut(fact.address_span)
            assert written and fact.address in (unescape(written), normalizeLink(unescapeAll(written)))
    for include in document.of(Include):
        if include.path_span:
            assert source.cut(include.path_span).replace("\\", "") == include.path.replace("\\", "")
        if include.title_span:
            assert source.cut(include.title_span).strip().replace("\\", "") == include.title.replace("\\", "")


@pytest.mark.parametrize(
    ("text", "to", "after"),
    [
        ("[t](Other.md)", "a (b).md", "[t](a%20%28b%29.md)"),
        ("[t](<Other.md>)", "a b.md", "[t](<a%20b.md>)"),
        ("[t](Other&#46;md?q#a)", "b.md", "[t](b.md?q#a)"),
        ("[t](Other.md#a\\_b)", "b.md", "[t](b.md#a\\_b)"),
        ("<a href=Other.md>t</a>", "a'b.md", "<a href=a%27b.md>t</a>"),
        ("<a href=\"Other.md?a&amp;b='x'\">t</a>", "b.md", "<a href=\"b.md?a&amp;b='x'\">t</a>"),
        ("<a href='Other&#46;md?a&quot;'>t</a>", "b.md", "<a href='b.md?a\"'>t</a>"),
        ("[!include[t](Other.md)]", "a b.md", "[!include[t](a\\ b.md)]"),
        ("[!include[t](<Other.md>)]", "a(b.md", "[!include[t](<a(b.md>)]"),
        ("[!include[t](<Other.md>)]", "a b.md", None),
        ("[!include[t](Other.md)] | b\n-|-\n[!include[t](Other.md)] | b", "a|b.md", None),
        ("[!include[t](Other.md)]", "a|b.md", "[!include[t](a|b.md)]"),
        (f"[!include[{'t' * 975}](Other.md)]", "c.md", f"[!include[{'t' * 975}](c.md)]"),
        (f"[!include[{'t' * 975}](Other.md)]", "a-longer-name.md", None),
        ("> [!include[a\n> b](Other.md)]", "b.md", "> [!include[a\n> b](b.md)]"),
        ("> [t](\n> Other.md)", "b.md", "> [t](\n> b.md)"),
        ("> [t]\n\n> [t]:\n> Other.md", "b.md", "> [t]\n\n> [t]:\n> b.md"),
        ("[a\\]: b]\n\n[a\\]: b]: Other.md", "b.md", "[a\\]: b]\n\n[a\\]: b]: b.md"),
        ("[x](javascript:a)\n\n[x]: Other.md", "b.md", "[x](javascript:a)\n\n[x]: b.md"),
        ('> <a\n> href="Other.md">t</a>', "b.md", '> <a\n> href="b.md">t</a>'),
    ],
)
def test_address_is_written_as_its_place_has_it(text: str, to: str, after: str | None) -> None:
    """Each place gets the new file in its own spelling, and stays as it is where it could not name it."""
    made = [edit for _, edit in moved(content_set(text, BEFORE), PurePosixPath("content", to))]
    assert made
    assert (edits.apply(text, filter(None, made)) if all(made) else None) == after


@pytest.mark.parametrize("suffix", ["#`a`", "?a|b", "#&amp;", "#a(b)", "#'a'"])
def test_new_bookmark_holds_no_mark_of_another(suffix: str) -> None:
    """A query or bookmark that an address did not have before is plain, as it could open code or end a cell."""
    source = Source.of(PAGE, "[t](Other.md)")
    (link,) = parse(source).of(Link)
    assert rewriting.with_address(source, link, f"b.md{suffix}") is None
    assert rewriting.with_address(source, link, "b.md#a") is not None
