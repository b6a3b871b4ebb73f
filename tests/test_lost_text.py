"""A fragment that is lost is told once: nothing that hangs on it is judged, and no reader sees where it was."""

from __future__ import annotations

import pytest
from test_properties import PAGE, library_of

from guidekit.rendering import article, html, link_targets

LOST = "[!include[lost](../includes/lost.md)]"


def published(text: str) -> str:
    """Draw a page as it is published, without notes to its author."""
    library = library_of({PAGE: text}).library
    page = library.page(PAGE)
    assert page is not None
    return html.render(article.tokens(library, page, link_targets.urls(library, page), notes=False)).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"- a\n- {LOST}\n- b\n", "<ul><li>a</li><li>b</li></ul>"),
        (f"a\n\n1. {LOST}\n", "<p>a</p>"),
        (f"> - {LOST}\n>\n> {LOST}\n\na\n", "<p>a</p>"),
        (f"- a\n\n  {LOST}\n- b\n", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        (f"- - {LOST}\n  - a\n- <!-- x -->\n\n  {LOST}\n", "<ul><li><ul><li>a</li></ul></li><li><!-- x --></li></ul>"),
        ("- \n- a\n", "<ul><li></li><li>a</li></ul>"),
        (
            f"| a |\n| - |\n| {LOST} |\n",
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td></td></tr></tbody></table>",
        ),
    ],
)
def test_what_holds_nothing_but_a_lost_text_is_left_out(text: str, expected: str) -> None:
    """An item, a list or a quote without anything else is not on the page; one that the author left empty is."""
    assert published(text) == expected
