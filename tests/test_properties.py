"""What holds for every text, tried with texts made at random: of any characters, and of the dialect's own pieces."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pymdownx.slugs import slugify

import guidekit
from guidekit import reporting
from guidekit.layout import Layout
from guidekit.library import library as core
from guidekit.library.page import Page
from guidekit.rendering import article, html, link_targets, tree
from guidekit.settings import Settings
from guidekit.syntax import front_matter, raw_html
from guidekit.syntax.document import Document, parse
from guidekit.syntax.front_matter import FrontMatter
from guidekit.syntax.heading import slug
from guidekit.syntax.include import Include
from guidekit.syntax.link import Link
from guidekit.syntax.raw_html import Anchor, Comment
from guidekit.text import paths
from guidekit.text.source import Source, Span

PAGE, OTHER = PurePosixPath("content/page.md"), PurePosixPath("content/other.md")
FRAGMENT = PurePosixPath("includes/78b95e10-acc0-4749-8f1f-efa8cfb5eb89.md")

MARKDOWN = [
    *(
        "# ",
        "## ",
        "###### ",
        "#",
        " #\n",
        "> ",
        ">",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\n    ",
    ),
    *("a", "b ", "Word", "é", "👩", "1", "-", "_", "*", "**", "__", "~~", "`", "``", "```\n", "```azurecli\n", "~~~\n"),
    *("[x](y.md)", "[x](other.md#a)", "[x](#a)", "[x]: y.md\n", "[x]", "![i](i.png)", "![", "[", "](", "]", "(", ")"),
    *("<!-- c -->", "<!--", "-->", "<div>", "</div>\n", "<b>", "</b>", '<img src="i.png">', "<a href='h.md'", ">", "<"),
    *("|", "\\|", "|-|-|\n", "a|b\n-|-\n", "---\n", "===\n", "***\n", "\\", "&amp;", "&#124;", "&", "!", ":", "\\\n"),
    *(
        "\u2028",
        "\x85",
        "\x0c",
        "\x0b",
        "\xa0",
        "\x1c",
        "\u200b",
        "\ufeff",
        "\r",
        "\r\n",
        "<script>",
        "</script>\n",
        "<?",
        "<!A",
    ),
]
DIALECT = [
    *MARKDOWN,
    f"[!include[t](../{FRAGMENT})]",
    f"<!-- You have a plan -->\n[!include[t](../{FRAGMENT})]\n",
    *(
        "[!INCLUDE [t](other.md)]",
        "[!include[t](no.md)] ",
        "[!include-[t](<a b.md>)]",
        "[!include[",
        "](a.md)]",
        "[!include",
    ),
    *(
        "[!code-csharp[x](other.md)]",
        "[!code-x[y](other.md#L1)]\n",
        "[!notebook[",
        "[!code[](",
        "?range=1-",
        '#b "t")]',
    ),
    *("<xref:a>", "[](xref:a?text=b)", " @a", '@"a b"', "<xref:'", "](xref:", "uid: a\n"),
    *('> [!div class="a"]\n', "> [!div]", "> [!VIDEO https://a.b/c]\n", "> > [!video https://a"),
    *("> [!NOTE]\n", "> [!warning]", "[!TIP]", "> > [!CAUTION]\n> x\n", '<a id="q"></a>', '<a name="r">', '<p id="s">'),
    *(
        "---\n",
        "title: T\n",
        "ms.custom: Why?\n",
        "key: *a\n",
        "ms.date: x\n",
        "- x\n",
        "https://a.b/c ",
        "[x](/azure/x)",
    ),
    *("<section id='preview-banner'>\n", "<video poster=p.png>", "<textarea>", "title=\u201dx\u201d"),
]

lines = st.lists(st.sampled_from(DIALECT), max_size=25).map("".join)
texts = st.one_of(
    lines, st.text(max_size=200), st.lists(st.one_of(lines, st.text(max_size=20)), max_size=3).map("".join)
)
plain = st.one_of(
    st.lists(st.sampled_from(MARKDOWN), max_size=30).map("".join),
    st.text(alphabet=string.printable, max_size=120),
    st.text(max_size=80),
)


def library_of(files: Mapping[PurePosixPath, str], **options: object) -> guidekit.Library:
    """Make a content set of texts in memory."""
    return guidekit.Library(
        core.Library(
            read=files.get,
            files=files,
            layout=Layout(),
            settings=Settings.from_mapping({"learn": ["**"], "max_includes": 50, **options}),
        )
    )


def pages_of(library: guidekit.Library) -> dict[PurePosixPath, str]:
    """Render all pages of a content set."""
    return {page.path: guidekit.render(library, page).html for page in library.pages}


def inside(span: Span, source: Source) -> bool:
    """Does this span lie within the text, its end not before its start?"""
    places = (span.start, span.end)
    lengths = [len(line) for line in source.lines]
    return span.start <= span.end and all(
        1 <= place.line <= len(lengths) and 1 <= place.column <= lengths[place.line - 1] + 1 for place in places
    )


def marked(source: Source, span: Span) -> str:
    """Cut the text that a span marks out of its file."""
    rows = list(source.lines[span.start.line - 1 : span.end.line])
    rows[-1] = rows[-1][: span.end.column - 1]
    rows[0] = rows[0][span.start.column - 1 :]
    return "\n".join(rows)


HIDDEN_PIPE = re.compile(r"[`\[<][^\n]*\|")


@given(texts, texts)
@example("---\ntitle: !!bool x\n---\n", "---\nms.uid: !!timestamp x\n---\n")
@example("\x0c\n[!include[t](no.md)]", "- x\n\t<!-- c -->")
@example("# >#", "")
def test_any_text_is_checked_and_rendered(page: str, fragment: str) -> None:
    """Any text, as a page and as a fragment, is checked, reported and rendered, with every place within its file."""
    files = {PAGE: page, OTHER: f"[!include[t](../{FRAGMENT})]\n\nx [!include[t](page.md)]\n", FRAGMENT: fragment}
    library = library_of(files)
    report = library.check()
    assert set(pages_of(library)) == {PAGE, OTHER}
    for item in report.diagnostics:
        for span in (item.span, *(related.span for related in item.related)):
            assert inside(span, Source.of(span.path, files[span.path])), item
        assert item.message and "\n" not in item.code
    assert "".join(
        text for text, _ in reporting.FOR_PEOPLE["full"](report, lambda path: Source.of(path, files[path]).lines)
    )
    assert reporting.as_json(report)


@given(texts, texts)
def test_any_text_is_mended_to_the_end(page: str, fragment: str) -> None:
    """Whatever stands in a page and its fragment, all fixes come to an end, and a second run changes nothing."""
    files = {PAGE: page, OTHER: f"[!include[t](../{FRAGMENT})]\n\n[x](PAGE.md#a)\n", FRAGMENT: fragment}
    mended = library_of(files).mend(lambda found: found.fix is not None)
    after = files | {change.path: change.after or "" for change in mended.changes}
    assert library_of(after).mend(lambda found: found.fix is not None).changes == ()


@given(texts)
def test_rendering_and_checking_twice_give_the_same(text: str) -> None:
    """Rendering changes nothing: a second time, before or after a check, from old or new, gives the same."""
    files = {PAGE: text, OTHER: "[!include[t](page.md)]\n", FRAGMENT: text}
    library = library_of(files)
    first = pages_of(library)
    report = library.check()
    assert pages_of(library) == first
    again = library_of(files)
    assert again.check() == report
    assert pages_of(again) == first


def without_ids(text: str) -> str:
    """Take the ids off the headings."""
    return re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", text)


@given(plain)
@example("> a\n> b\nc\n> d\n\n- > e\n- > f\n")
@example("a <!-- b ![c](d)\n")
@example("<!-- a\n\n--> b\n")
def test_text_without_directives_is_plain_commonmark(text: str) -> None:
    """Text that holds nothing of the dialect renders exactly as CommonMark with tables and strikethrough."""
    for part in ("[!", "http", "www.", "ftp:", "mailto:", "<a ", "<A "):
        assume(part not in text)
    assume(not HIDDEN_PIPE.search(text))  # no border of a cell, as on Learn
    assume(not raw_html.leaves_comment_open(text))  # it ends where its block does
    blank = (line for line in re.split(r"[\r\n]", text) if not line.strip())
    assume(text.isascii() or not any(line.strip(" \t") for line in blank))  # a row of a table, as for cmark-gfm
    library = library_of({PAGE: text}, root_links={})
    page = library.library.page_of(PAGE, text, FrontMatter())
    rendered = guidekit.render(library, page).html
    expected = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(Source.of(PAGE, text).text)
    assume(rendered.count("<th") <= expected.count("<th"))  # a row may widen its table, as on Learn
    assert without_ids(rendered) == without_ids(expected)


@given(
    st.lists(
        st.sampled_from(["a", "A", "a-1", "a-1-1", "b", "", "*a*", "é", "a ", '<a id="a"></a>x', "a-2"]), max_size=12
    ),
    texts,
)
def test_ids_of_headings_are_unique(headings: list[str], fragment: str) -> None:
    """No two headings of a page have the same id, whether they are the page's own or come from fragments."""
    own = "\n\n".join(f"## {heading}\n\n[!include[t](../{FRAGMENT})]" for heading in headings)
    library = library_of({PAGE: f"---\ntitle: a\n---\n{own}\n", FRAGMENT: f"# a\n\n## b-1\n\n{fragment}"})
    page = library.page(PAGE)
    assert page is not None
    ids = [heading.id for heading in page.outline.headings]
    assert len(ids) == len(set(ids))
    assert all(ids)


OPENERS = {Include: ("[!include", ")]"), Comment: ("<!--", ""), Anchor: ("", "")}


@given(texts)
@example("- x\n\t[x](y.md)\n")
@example("1. 1 [x](y.md)\n")
@example("|a|b|\n|-|-|\n|x\\|y [x](y.md)|[x](y.md)|\n")
@example('\x0c\n<a id="q">')
def test_place_is_where_it_stands(text: str) -> None:
    """The place of each include, link, comment and anchor marks just its own text in the file."""
    source = Source.of(PAGE, text)
    document = parse(source)
    for fact in document.facts:
        there = marked(source, fact.span)
        if isinstance(fact, Include):
            assert there.lower().startswith("[!include") and there.endswith(")]")
        elif isinstance(fact, Comment):
            assert there.startswith("<!--") and (not fact.closed or there.endswith("-->"))
        elif isinstance(fact, Anchor):
            assert "&" in there or there == fact.id
        elif isinstance(fact, Link) and there[:1] == "[":
            assert there[-1] in "])"


YAML = [
    *(
        "title",
        "ms.date",
        "ms.custom",
        "a",
        "key with blank",
        "1",
        "~",
        "true",
        "<<",
        "? ",
        ": ",
        ":",
        "- ",
        "\n",
        "\n",
        "\n  ",
    ),
    *(
        "&a ",
        "*a",
        "!!merge ",
        "!!int ",
        "!!binary ",
        "!!timestamp ",
        "!!set ",
        "!x ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        '"',
    ),
    *(
        "|",
        ">-",
        "#",
        "%",
        "@",
        "`",
        "\t",
        "\x85",
        "\u2028",
        "\x0c",
        "\x01",
        "é",
        "👩",
        "0x1f",
        "1:2:3",
        "1e9",
        ".inf",
        "2025-13-45",
    ),
    *(
        "---",
        "...",
        "\\",
        "\\u0000",
        "null",
        "no",
        "12/31/2025",
        "title: T\n",
        "ms.date: x\n",
        "author: y\n",
        "author: z\n",
    ),
]


@given(st.one_of(st.lists(st.sampled_from(YAML), max_size=30).map("".join), st.text(max_size=80)))
@example("a: &a {ms.date: x}\n!!merge <<: *a")
@example("title: !!int 0x" + "f" * 5_000)
@example('title: "a\u2028b"\nauthor: y\nauthor: z\n')
def test_any_header_is_read(text: str) -> None:
    """Any header gives values that each have a place, and problems at places within the file."""
    source = Source.of(PAGE, f"---\n{text}\n---\n# T\n")
    header = front_matter.read(source)
    assert set(header.values) == set(header.keys) == set(header.places)
    for key in header.values:
        assert isinstance(header.text(key), str)
    spans = [problem.span for problem in header.problems] + [*header.keys.values(), *header.places.values()]
    assert all(inside(span, source) for span in spans)


@given(
    st.lists(st.sampled_from(["title", "author", "'ms.date'", "a-b", "é"]), min_size=1, unique=True),
    st.sampled_from(["x", "'x'", "[x, y]", "{x: y}", '"\x85"', '"a\u2028b"', ">-\n  x\n  y"]),
)
def test_place_of_a_key_is_where_it_stands(keys: list[str], value: str) -> None:
    """The place of each key and value of a header marks just its own text in the file."""
    source = Source.of(PAGE, "---\n" + "".join(f"{key}: {value}\n" for key in keys) + "---\n")
    header = front_matter.read(source)
    assert header.problems == ()
    assert [marked(source, span) for span in header.keys.values()] == keys
    assert {marked(source, span) for span in header.places.values()} == {value}


# The tree and the HTML


class Events(HTMLParser):
    """Reads HTML as a list of what begins, ends and stands in between."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        self.found.append(("start", tag, *sorted(f"{name}={value}" for name, value in attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note an element that ends."""
        self.found.append(("end", tag))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.found.append(("text", data))


def events_of(element: Element) -> Iterator[tuple[str, ...]]:
    """Read a tree as a list of what begins, ends and stands in between."""
    yield ("start", element.tag, *sorted(f"{name}={value}" for name, value in element.attrib.items()))
    yield ("text", element.text or "")
    for child in element:
        yield from events_of(child)
        yield ("text", child.tail or "")
    yield ("end", element.tag)


def normalized(events: Iterator[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Join neighboring texts, fold their blanks, and drop empty ones."""
    kept: list[tuple[str, ...]] = []
    for event in events:
        if event[0] == "text" and kept and kept[-1][0] == "text":
            kept[-1] = ("text", kept[-1][1] + event[1])
        else:
            kept.append(event)
    folded = [("text", " ".join(event[1].split())) if event[0] == "text" else event for event in kept]
    return [event for event in folded if event != ("text", "")]


def stubbed(tokens: list[Token]) -> list[Token]:
    """Put a plain word in the place of raw HTML."""
    changed = []
    for token in tokens:
        copy = token.copy()
        if copy.type in ("html_inline", "html_block"):
            copy.content = "RAW\n" if copy.type == "html_block" else "RAW"
        if copy.type == "inline":
            copy.children = stubbed(copy.children or [])
        changed.append(copy)
    return changed


@given(texts, texts)
@example("- a\n- b\n\n  c\n", "x\n\ny")
@example("![a ![b](c) `d` *e*](f)\n", "")
@example("```a&amp;b c\nd\n```\n", "")
def test_tree_and_html_agree(text: str, fragment: str) -> None:
    """The elements for a host and the HTML from the command line have the same structure, attributes and text."""
    library = library_of({PAGE: text, FRAGMENT: fragment})
    page = library.page(PAGE)
    assert isinstance(page, Page)
    tokens = stubbed(article.tokens(library.library, page, link_targets.urls(library.library, page)))
    events = Events()
    events.feed(f"<div>{html.render(tokens)}</div>")
    events.close()
    element = tree.build(tokens, raw=str, code=lambda _: None)
    assert normalized(events_of(element)) == normalized(iter(events.found))


# The glossary

TERMS = (
    '## B\n\n### Backup\n\nA *copy* &amp; "more".\n\n### Backup vault\n\nb\n\n### RPO (recovery point objective)\n\nc\n'
)
USING = [
    *("backup", "Backup ", "backup vault", "RPO", "RPOs.", "recovery\npoint ", "objective", " ", "Azure ", "</a>"),
    *("[backup](glossary.md#backup)", "[x](glossary.md#rpo-recovery-point-objective)", "[RPO](", "\n\n", "\n\n"),
]
using = st.lists(st.sampled_from([*DIALECT, *USING]), max_size=25).map("".join)


def visible(tokens: list[Token]) -> list[tuple[str, ...]]:
    """Write a page's tokens without the links, the pieces of a text put together."""
    found: list[tuple[str, ...]] = []
    for token in (part for block in tokens for part in (block, *(block.children or ()))):
        if token.type not in ("link_open", "link_close"):
            found.append((token.type, token.content, str(token.attrs)))
            if [kind for kind, *_ in found[-2:]] == ["text", "text"]:
                found[-2:] = [("text", found[-2][1] + token.content, "{}")]
    return found


@given(using, using)
@example("backup *RPO*", "RPO")
@example("a [backup](glossary.md#backup) backup <b>RPO</b> RPO", "")
def test_linked_terms_change_nothing_but_links(text: str, fragment: str) -> None:
    """With a glossary the page says what it says without one; each term has one link at most, and none is in another."""
    files = {PAGE: text, PurePosixPath("content/glossary.md"): TERMS, FRAGMENT: fragment}
    library, without = library_of(files, glossary="glossary.md"), library_of(files)
    linked = article.tokens(library.library, library.pages[1], link_targets.urls(library.library, library.pages[1]))
    plain_tokens = article.tokens(
        without.library, without.pages[1], link_targets.urls(without.library, without.pages[1])
    )
    assert visible(linked) == visible(plain_tokens)
    assert pages_of(library) == pages_of(library)
    places: list[str] = []
    for run in linked:
        depth = 0
        for child in run.children or ():
            depth += child.nesting if child.type in ("link_open", "link_close") else 0
            assert depth in (0, 1)
            if child.attrs.get("class") == "guidekit-term":
                places.append(str(child.attrs["href"]))
    assert len(places) == len(set(places))
    tree.build(linked, raw=str, code=lambda _: None)


# Slugs and paths


LETTERS = st.characters(categories=["Lu", "Ll", "Lt", "Lm", "Lo", "Nd"], exclude_characters="\u03a3\u0130")
"""Without two capitals: a Greek one that `str.lower` writes differently at the end of a word, while Learn lowers each
letter alone, and a Turkish one that becomes a letter and a mark."""


@given(st.text(alphabet=st.one_of(LETTERS, st.sampled_from(" -_")), min_size=1, max_size=40))
@example("Recovery plan_1 - two")
def test_slug_is_the_one_that_sites_use(text: str) -> None:
    """For letters, digits, blanks, - and _ the id is what `pymdownx.slugs` makes of it for MkDocs sites."""
    text = unicodedata.normalize("NFC", text).strip()
    assume(text)
    assert slug(text) == slugify(case="lower")(text, "-")


NAMES = st.text(
    alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="/\\\ufffd"), min_size=1, max_size=12
)
FILES = (
    st.lists(NAMES.filter(lambda name: name not in (".", "..", "~")), min_size=1, max_size=5)
    .map(lambda parts: PurePosixPath(*parts))
    .filter(lambda path: not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", str(path)))
)


@given(FILES, FILES)
def test_relative_path_leads_back(file: PurePosixPath, base: PurePosixPath) -> None:
    """A path written relative to a file, followed from that file, leads to where it was meant to."""
    written = paths.relative(file, base)
    assume(not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", written))
    assert paths.follow_include(written, base) == file
    assert paths.follow_link(paths.as_url(written), base) == paths.Target(file=file)


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(["..", ".", "~", "/", "\\", "a", "C:", "%2e", "//", ":", "\0", "?", "#"]), max_size=12
        ).map("".join),
    )
)
def test_followed_path_stays_below_the_root(path: str) -> None:
    """Whatever an include or link says, the file that it leads to is named from the root, with no way out of it."""
    base = PurePosixPath("content/a/page.md")
    link = paths.follow_link(path, base)
    for led in (paths.follow_include(path, base), link.file if isinstance(link, paths.Target) else None):
        if isinstance(led, PurePosixPath):
            assert not led.is_absolute()
            assert ".." not in led.parts
            assert not any(char in str(led) for char in "\0\\")


@given(texts)
def test_document_keeps_its_text(text: str) -> None:
    """Reading a text, in full or as within a line, leaves it as it was, but for the line ends."""
    for inline in (False, True):
        document = parse(Source.of(PAGE, text), inline=inline)
        assert isinstance(document, Document)
        assert "\n".join(document.source.lines) == re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))


@given(texts, st.data())
@example("- a\n- b\n", None)
@example("<!--\n", None)
@example("---\n---\n", None)
def test_suppression_takes_findings_away_and_changes_nothing_else(text: str, data: st.DataObject | None) -> None:
    """A page with a suppression renders as one with another tool's comment in its place, and has no finding more."""
    lines = text.split("\n")
    at = data.draw(st.integers(0, len(lines))) if data else 1
    form = data.draw(st.sampled_from(["ignore[{}] why", "ignore-file[{}] why", "ignore-end"])) if data else "ignore[{}]"
    codes = "heading-empty,file-not-found,include-not-found,heading-no-content,statement-drift,h1-missing"
    ours, theirs = (f"<!-- {tool}: {form.format(codes)} -->" for tool in ("guidekit", "prettier"))
    behind = data.draw(st.booleans()) if data and at < len(lines) else False

    def library_with(comment: str) -> guidekit.Library:
        with_it = [*lines[:at], lines[at] + " " + comment, *lines[at + 1 :]] if behind else None
        page = "\n".join(with_it or [*lines[:at], comment, *lines[at:]])
        return library_of({PAGE: page, FRAGMENT: "## A\n\nText.\n"})

    def as_theirs(shown: str) -> str:
        return shown.replace("guidekit: ignore", "prettier: ignore").replace("guidekit-ignore", "prettier-ignore")

    with_ours, with_theirs = library_with(ours), library_with(theirs)
    page = with_ours.page(PAGE)
    if page and at < page.document.front_matter.body_line:
        return  # what stands in a header is no comment
    html_of_ours = as_theirs(pages_of(with_ours)[PAGE])
    html_of_theirs = pages_of(with_theirs)[PAGE]
    shown, expected_html = ("".join(html.replace(theirs, "").split()) for html in (html_of_ours, html_of_theirs))
    assert shown == expected_html  # both are text within an open comment
    found, expected = (
        {(item.code, item.span, as_theirs(item.message)) for item in library.check().diagnostics}
        for library in (with_ours, with_theirs)
    )
    own = {one for one in found if one[0].startswith("suppression-")}
    assert found - own <= expected
    assert {code for code, _, _ in expected - found} <= set(codes.split(","))
