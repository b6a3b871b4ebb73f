"""guidekit on a site that exists: pages that are not Learn's stay as they were, and Learn pages know the site's habits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from case import lay_out
from site_build import Build

from guidekit.layout import Layout
from guidekit.library import learn_pages
from guidekit.syntax.document import parse
from guidekit.text.source import Source

HABITS = """\
# Habits

!!! note "A *title* with a [link](other.md)"

    Text of the note.

    1. One
    2. Two

!!! warning inline end ""

    No title.

???+ tip

    ``` { .yaml .annotate title="a.yml" hl_lines="1" }
    key: value # (1)!
    ```

    1. An annotation.

??? question "Folded"

    Text.

=== "First"

    Text of the first.

=== "Second"

    | a | b |
    | --- | --- |
    | c | d |

Term

:   Definition of the *term*.

*[HTML]: Hyper Text Markup Language

HTML and CSS with ==marked **text**==, H~2~O, x^2^, ^^inserted^^, ~~deleted~~, a note[^1] and another[^long].
Press ++ctrl+alt+del++ :material-check: :smile: `#!python x = 1` [Button](other.md){ .md-button }
Formulas $a_b*c*$ and \\(x_1\\).

- [ ] open
- [x] done

$$
a_b
$$

[^1]: Note with `code`.
[^long]:
    First paragraph.

    Second paragraph.

```mermaid
graph LR
  A --> B
```

<div class="grid cards" markdown>

-   :material-clock: __Fast__

    ---

    Text of the card.

</div>

## Custom { #custom .extra }

A link [to it](#custom).

A paragraph with a class.
{ .lead }
"""

SETTINGS = """\
site_name: Site
theme:
  name: material
  features: [content.code.annotate]
plugins:
  - search
{plugin}
markdown_extensions:
  - admonition
  - pymdownx.details
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
  - pymdownx.tabbed: {{alternate_style: true}}
  - pymdownx.tasklist: {{custom_checkbox: true}}
  - footnotes
  - def_list
  - abbr
  - attr_list
  - md_in_html
  - tables
  - toc: {{permalink: true}}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.caret
  - pymdownx.tilde
  - pymdownx.inlinehilite
  - pymdownx.highlight
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.snippets:
      auto_append: [abbreviations.md]
"""

FILES = {
    "abbreviations.md": "*[CSS]: Cascading Style Sheets\n",
    "docs/index.md": "# Home\n\n[Other](other.md) and [root](/other/).\n",
    "docs/other.md": "---\ntitle: Another title\ntags: [a]\n---\n\n# Other\n\nNote: not a header.\n\n> quote\n",
    "docs/habits.md": HABITS,
}
GUIDEKIT = "  - guidekit"


def site(root: Path, build: Build, files: Mapping[str, str], *options: str, plugin: str = GUIDEKIT) -> Path:
    """Build a site of the habits above; answer its folder."""
    lay_out(root, {"mkdocs.yml": SETTINGS.format(plugin=plugin), **files}, learn_repository=False)
    ended = build(root, *options)
    assert ended.returncode == 0, ended.stderr
    return root / "site"


def test_other_pages_stay_as_they_were(tmp_path: Path, build: Build) -> None:
    """On a page that shows no sign of Learn, nothing changes: article, contents, title, metadata, styles, scripts."""
    files = {**FILES, "docs/learn.md": "# Learn\n\n> [!NOTE]\n> Text.\n"}
    without = site(tmp_path / "without", build, files, plugin="")
    beside = site(tmp_path / "beside", build, files)
    for name in ("index.html", "other/index.html", "habits/index.html", "404.html"):
        assert text(beside / name) == text(without / name), name
    assert "guidekit.css" in text(beside / "learn" / "index.html")


def text(page: Path) -> str:
    """Read a page, but for the time at which it was built."""
    return re.sub(r"Build Date UTC : [^>]*", "", page.read_text(encoding="utf-8"))


def article(page: Path) -> list[str]:
    """List the elements and texts of a page's article, blanks between them left out."""
    html = page.read_text(encoding="utf-8")
    found = html[html.index("<article") : html.index("</article>")]
    found = found.replace("&#160;", "\u00a0").replace("&#8617;", "\u21a9")
    pieces = re.split(r"(<[^>]+>)", found)
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]


def test_what_the_site_switches_on_works_on_learn_pages(tmp_path: Path, build: Build) -> None:
    """Each habit comes out on a Learn page as Python-Markdown makes it, to the element."""
    pages = {f"docs/{word}.md": f"---\nlearn: {word}\n---\n{HABITS}" for word in ("true", "false")}
    built = site(tmp_path, build, {**FILES, **pages})
    assert article(built / "true" / "index.html") == article(built / "false" / "index.html")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("!!! note\n\n    Text.\n", "admonition"),
        ("??? note\n\n    Text.\n", "pymdownx.details"),
        ('=== "Tab"\n\n    Text.\n', "pymdownx.tabbed"),
        ("- [ ] task\n", "pymdownx.tasklist"),
        ("Text[^1].\n\n[^1]: Note.\n", "footnotes"),
        ("Term\n:   Definition\n", "def_list"),
        ("*[HTML]: Hyper Text\n", "abbr"),
        ("A :material-check: b\n", "pymdownx.emoji"),
        ("Press ++ctrl+c++\n", "pymdownx.keys"),
        ("[x](page.md){ .md-button }\n", "attr_list"),
        ('--8<-- "a.md"\n', "nothing draws it"),
        ("::: package.module\n", "nothing draws it"),
    ],
)
def test_habit_that_nothing_draws_is_told(text: str, code: str, content_set: Callable[..., Path]) -> None:
    """A construct that stays text is told at its place, with what to switch on."""
    import guidekit

    root = content_set({"content/page.md": f"---\ntitle: T\ndescription: D.\n---\n# T\n\n{text}"})
    found = [one for one in guidekit.Library.open(root).check().diagnostics if one.code == "foreign-syntax"]
    assert len(found) == 1
    assert code in found[0].message
    assert found[0].span.start.line >= 7


@pytest.mark.parametrize(
    "text",
    [
        "Write `!!! note` and `{ .class }`.\n",
        "```markdown\n!!! note\n    x\n```\n",
        "Wait!!! note this.\n",
        "What??? really.\n",
        "a == b == c and C++ and ++ too\n",
        "A {placeholder} and {#each}...{/each} in text\n",
        "[ ] is a box\n",
        "> [!NOTE]\n> Text.\n",
        "Text: more\n\n: no definition\n",
        "::: moniker range\n",
        "ratio 1:2:3 and :smile and a:material-b:c\n",
    ],
)
def test_text_that_only_looks_like_a_habit_is_left_alone(text: str, content_set: Callable[..., Path]) -> None:
    """Code and ordinary text are no constructs of Python-Markdown."""
    import guidekit

    root = content_set({"content/page.md": f"---\ntitle: T\ndescription: D.\n---\n# T\n\n{text}"})
    assert [one for one in guidekit.Library.open(root).check().diagnostics if one.code == "foreign-syntax"] == []


SIGNS = {
    "a [!include[x](y.md)] b": "has a directive ([!include)",
    "[!include[x](y.md)]": "has an include",
    "[!code-cs[x](y.cs)]": "has code of another file",
    ':::code language="x" source="y":::': "has code of another file",
    'a :::image type="icon" source="y.png"::: b': "has a directive (:::image)",
    ':::image type="complex" source="y.png" alt-text="z":::\nx\n:::image-end:::': "has a directive (:::image)",
    '::: zone pivot="a"\nx\n::: zone-end': "has a directive (::: zone)",
    '::: moniker range="a"\nx\n::: moniker-end': "has a directive (::: moniker)",
    ":::row:::\n:::column:::\nx\n:::column-end:::\n:::row-end:::": "has a directive (:::row)",
    'a :::no-loc text="a":::': "has a directive (:::no-loc)",
    '::: form action="a" submitText="b" :::': "has a form",
    "> [!VIDEO https://example.com/a]": "has a video",
    'a :::video source="https://example.com/a"::: b': "has a directive (:::video)",
    ':::video source="https://example.com/a" type="complex":::\nx\n:::video-end:::': "has a directive (:::video)",
    '> [!div class="a"]\n> b': "has a box ([!div])",
    "# [A](#tab/a)\n\nx\n\n# [B](#tab/b)\n\ny": "has tabs",
    "<xref:a>": "has a directive (xref:a)",
    "> [!NOTE]\n> a": "has an alert ([!NOTE])",
    "a @b c\n\n::: x\n\n`:::image`": "",
    '=== "A"\n\n    x': "",
}


@pytest.mark.parametrize("text", SIGNS)
def test_each_construct_of_learns_is_a_sign_of_it(text: str) -> None:
    """A page is Learn's by each construct that Python-Markdown does not know, and by no other text."""
    extensions = {"pymdownx.tabbed": {}}
    document = parse(Source.of("page.md", f"{text}\n"), extensions=frozenset(extensions))
    expected = SIGNS[text]
    found = learn_pages.sign(document, Layout(markdown_extensions=extensions))
    assert found == (f"line 1 {expected}" if expected else "")
