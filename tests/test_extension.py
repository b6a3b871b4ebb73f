"""The Python-Markdown extension on its own, without MkDocs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import markdown
import pytest

ContentSet = Callable[[dict[str, str | bytes]], Path]

FILES = {
    "content/guide/page.md": "unused: the text is handed in\n",
    "content/other.md": "# Other\n",
    "includes/x.md": "---\ntitle: x\n---\nSee [other](../content/other.md) and ![a plan](media/plan.png).\n",
    "includes/media/plan.png": b"png",
}


def convert(root: Path, text: str, *extensions: str, **options: str) -> str:
    """Convert a text as a host of Python-Markdown does."""
    settings = {"root": str(root), "path": "content/guide/page.md", **options}
    return markdown.markdown(text, extensions=["guidekit", *extensions], extension_configs={"guidekit": settings})


def test_includes_are_resolved_from_the_page(content_set: ContentSet) -> None:
    """A fragment is shown, its header dropped, its links counted from the page's folder."""
    html = convert(content_set(FILES), "Before.\n[!include[x](../../includes/x.md)]\n")
    assert html == (
        "<p>Before.</p>\n"
        '<p>See <a href="../other.md">other</a> and <img alt="a plan" src="../../includes/media/plan.png" />.</p>'
    )


def test_header_of_the_text_is_read_and_not_shown(content_set: ContentSet) -> None:
    """Front matter in the text gives the page its title."""
    assert (
        convert(content_set(FILES), "---\ntitle: A page\n---\nText.\n") == '<h1 id="a-page">A page</h1>\n<p>Text.</p>'
    )


def test_commonmark_is_kept(content_set: ContentSet) -> None:
    """Lists nest by two blanks and need no blank line before them, as on Learn."""
    html = convert(content_set(FILES), "Text:\n- a\n  - b\n")
    assert html.replace("\n", "") == "<p>Text:</p><ul><li>a<ul><li>b</li></ul></li></ul>"


@pytest.mark.parametrize(
    ("path", "shown"), [("../../includes/x.md", "See <a"), ("gone.md", '<div class="admonition failure')]
)
def test_footnote_may_be_an_include(content_set: ContentSet, path: str, shown: str) -> None:
    """A fragment, or the note that there is none, stands in the footnote, and the link back below it."""
    text = f"Text[^1].\n\n[^1]: [!include[x]({path})]\n\nEnd.\n"
    settings = "site_name: S\ndocs_dir: content\nmarkdown_extensions: [footnotes]\n"
    html = convert(content_set({**FILES, "mkdocs.yml": settings}), text, "footnotes")
    body, note = html.split('<div class="footnote">')
    assert body.endswith("<p>End.</p>\n")
    assert shown in note
    assert note.index(shown) < note.index('class="footnote-backref"')


def test_footnote_may_show_a_fragment_with_footnotes(content_set: ContentSet) -> None:
    """The footnotes of the fragment stand beside the page's own, each with its text."""
    files = {**FILES, "includes/x.md": "See[^1].\n\n[^1]: Inner.\n"}
    settings = "site_name: S\ndocs_dir: content\nmarkdown_extensions: [footnotes]\n"
    text = "Text[^1].\n\n[^1]: [!include[x](../../includes/x.md)]\n"
    html = convert(content_set({**files, "mkdocs.yml": settings}), text, "footnotes")
    assert re.findall(r'<li id="(.*?)">\n<p>(See|Inner)', html) == [("fn:1", "See"), ("fn:1-2", "Inner")]


def test_footnote_within_a_footnote_is_text(content_set: ContentSet) -> None:
    """A footnote ends where its text ends, whatever begins like another one in it."""
    settings = "site_name: S\ndocs_dir: content\nmarkdown_extensions: [footnotes]\n"
    text = "Text[^1].\n\n[^1]: 1. Item\n\n        [^1]: Inner.\n\nEnd.\n"
    html = convert(content_set({**FILES, "mkdocs.yml": settings}), text, "footnotes")
    body, note = html.split('<div class="footnote">')
    assert body.endswith("<p>End.</p>\n")
    assert ": Inner." in note


def test_tabs_of_both_kinds_nest(content_set: ContentSet) -> None:
    """A set of Learn's tabs within a tab of Material's ends where that ends, and the other way round."""
    settings = "site_name: S\ndocs_dir: content\nmarkdown_extensions: [pymdownx.tabbed: {alternate_style: true}]\n"
    inner, outer = "# [L](#tab/l)\n\nLow.\n", '=== "M"\n\n    Mid.\n'
    text = '=== "A"\n\n    # [B](#tab/b)\n\n    Deep.\n\nAfter.\n\n' + inner + "\n" + outer + "\n---\n\nEnd.\n"
    html = convert(content_set({**FILES, "mkdocs.yml": settings}), text)
    assert html.count('class="tabbed-set') == 4
    assert html.endswith("</div>\n</div>\n</div>\n<p>End.</p>")
    assert "</div>\n</div>\n</div>\n</div>\n</div>\n</div>\n<p>After.</p>" in html


def test_raw_html_comes_out_as_written(content_set: ContentSet) -> None:
    """Blocks and tags of HTML are passed through, with Markdown between them."""
    html = convert(
        content_set(FILES),
        '<details open>\n<summary>A &amp; b</summary>\n\n*Text* with <kbd class="k">K</kbd>.\n\n</details>\n',
    )
    assert html.replace("\n", "") == (
        '<details open><summary>A &amp; b</summary><p><em>Text</em> with <kbd class="k">K</kbd>.</p></details>'
    )


def test_table_of_contents_gets_learns_ids(content_set: ContentSet) -> None:
    """The host's toc extension keeps the ids, and lists the headings."""
    md = markdown.Markdown(
        extensions=["guidekit", "toc"], extension_configs={"guidekit": {"root": str(content_set(FILES))}}
    )
    md.convert("# A & b\n\n## C\n")
    assert [(entry["id"], entry["name"]) for entry in md.toc_tokens] == [("a--b", "A &amp; b")]


def test_code_and_marks_of_the_host_are_only_text(content_set: ContentSet) -> None:
    """Text that looks like one of Python-Markdown's placeholders, or its own syntax, is nothing but text."""
    html = convert(
        content_set(FILES),
        "a \x02wzxhzdk:0\x03 b `&amp; \x02klzzwxh:0000\x03` c [TOC] d\n\n!!! note\n",
        "toc",
        "admonition",
    )
    assert html == "<p>a wzxhzdk:0 b <code>&amp;amp; klzzwxh:0000</code> c [TOC] d</p>\n<p>!!! note</p>"


@pytest.mark.parametrize("text", ["", "\n\n", "---\n---\n"])
def test_nothing_gives_nothing(content_set: ContentSet, text: str) -> None:
    """A text without content converts to nothing."""
    assert convert(content_set(FILES), text).strip() == ""


def test_terms_are_linked_to_the_file_of_the_glossary(content_set: ContentSet) -> None:
    """With a glossary in the settings file, a term's first use is a link from file to file, its title plain text."""
    glossary = '## RPO\n\nA & *b* \x02wzxhzdk:0\x03 "c" &amp;lt; \\*d*.\n'
    settings = "docs_dir: content\nplugins: [guidekit: {glossary: words.md}]\n"
    html = convert(content_set({**FILES, "mkdocs.yml": settings, "content/words.md": glossary}), "<b>x</b> RPO, RPO\n")
    title = "A &amp; b wzxhzdk:0 &quot;c&quot; &amp;lt; *d*."
    assert html == f'<p><b>x</b> <a class="guidekit-term" href="../words.md#rpo" title="{title}">RPO</a>, RPO</p>'


def test_failed_include_leaves_a_note(content_set: ContentSet) -> None:
    """An include that leads nowhere is seen by the author."""
    assert "Include failed" in convert(content_set(FILES), "[!include[x](none.md)]\n")


def test_converter_can_be_used_again(content_set: ContentSet) -> None:
    """One converter converts several texts, nothing of one left in the next."""
    md = markdown.Markdown(extensions=["guidekit"], extension_configs={"guidekit": {"root": str(content_set(FILES))}})
    assert [md.reset().convert(text) for text in ("<b>a</b>", "<i>b</i>")] == ["<p><b>a</b></p>", "<p><i>b</i></p>"]


def test_nesting_deeper_than_the_host_can_follow_keeps_its_text(content_set: ContentSet) -> None:
    """Two thousand emphases within each other are more than Python-Markdown can walk; the text within stays."""
    html = convert(content_set(FILES), "*" * 4000 + "a" + "*" * 4000, "toc")
    assert re.sub(r"<[^>]+>", "", html) == "a"
