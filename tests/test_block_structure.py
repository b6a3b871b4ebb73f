"""Pages part into the blocks that another parser of CommonMark finds, on our own pages and on what is known to be hard."""

from __future__ import annotations

from pathlib import Path

import block_structure
import pytest

PROJECT = Path(__file__).parent.parent
OURS = sorted(path for folder in ("content", "includes") for path in (PROJECT / folder).rglob("*.md"))

HARD = {
    "a list below text": "Text:\n- a\n  - b\n\n    c\n2) d\n",
    "code in an item": "1. a\n\n   ```bash\n   b\n    c\n   ```\n1. d\n\n       e\n",
    "a quote in an item": "- a\n  > b\n  c\n\n> - d\ne\n",
    "a table in an item": "- a\n\n  | b | c |\n  | --- | :-: |\n  | d `e` | f \\| g |\n",
    "raw HTML": "<details>\n<summary>a</summary>\n\n- b\n\n</details>\n\n<div>\n*c*\n</div>\n",
    "lines and headings": "a\n---\n\n* * *\n# b #\n#c\n\n***d***\n===\n",
    "directives": '> [!NOTE]\n> a\n\n:::zone pivot="x"\n\n[!INCLUDE [a](b.md)]\n:::zone-end\n\n# [T](#tab/t)\n\n---\n',
}


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_our_pages_have_the_blocks_of_cmark(path: Path) -> None:
    """Each page and fragment of ours has the headings, lists, items, tables and code that cmark-gfm finds."""
    assert block_structure.compare(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_texts_have_the_blocks_of_cmark(text: str) -> None:
    """What other parsers of Markdown get wrong on Learn's pages is as cmark-gfm has it."""
    assert block_structure.compare(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("| a |\n| - |\n| b | c |\n", "a table whose rows differ in length"),
        ("| a | b |\n| - | - |\n| `c | d` |\n", "a pipe in code or in a link, within a table"),
        ("| a |\n| - |\n|\n", "a row that is nothing but a pipe"),
    ],
)
def test_difference_on_purpose_is_named(text: str, why: str) -> None:
    """Where Learn reads otherwise than GitHub, the difference is seen and says why."""
    difference = block_structure.compare(text)
    assert difference is not None
    assert difference.why == why
