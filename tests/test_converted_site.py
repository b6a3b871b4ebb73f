"""A site that is left with `guidekit convert`: without guidekit, readers find on it what they found before."""

from __future__ import annotations

from pathlib import Path

from case import lay_out
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser
from site_build import Build

from guidekit.cli import main

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"

PAGE = """\
---
title: Plan
description: Words.
---
# Plan

[!INCLUDE [a](../includes/a.md)]

## First & last

1. a

   > [!IMPORTANT]
   > b `c|d` **e**
   >
   > - f

   ```azurecli-interactive
   az group list  # <a> & "b"

   az version
   ```
2. g
   - h
     ```
     i
     ```

   - j

## [Linux](#tab/linux)

| k | l |
| :-- | -: |
| `m|n` | [o](other.md#part) |

## [Windows](#tab/windows)

* p_q*r

  s

---

::: zone pivot="one"
### In zone one
::: zone-end
::: zone pivot="two"
t
::: zone-end

:::row:::
:::column:::
u
:::column-end:::
:::column:::
- v
:::column-end:::
:::row-end:::

<details>
<summary>More</summary>

- w *x*

</details>

<div class="y">

1. z

</div>

:::image type="content" source="images/a.png" alt-text="A picture" lightbox="images/b.png":::

:::code language="python" source="../includes/a.py":::

> [!div class="nextstepaction"]
> [Next](other.md)
"""
FILES: dict[str, str | bytes] = {
    "content/index.md": PAGE,
    "content/other.md": "---\ntitle: Other\ndescription: Words.\n---\n# Other\n\n## Part\n\n[Back](index.md#first--last)\n",
    "content/images/a.png": b"a",
    "content/images/b.png": b"b",
    "includes/a.md": "Shown, with ![a picture](media/c.png).\n",
    "includes/media/c.png": b"c",
    "includes/a.py": "def a() -> str:\n    return '''b'''\n",
}
SETTINGS = """\
site_name: Site
docs_dir: content
theme: {name: material, font: false}
"""
BEFORE = "plugins: [guidekit]\nmarkdown_extensions: [pymdownx.highlight, pymdownx.superfences]\n"
AFTER = """\
plugins: []
validation: {anchors: warn}
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - sane_lists
  - tables
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
  - pymdownx.tasklist
"""


def test_site_without_guidekit_says_the_same(build: Build, tmp_path: Path) -> None:
    """A site of MkDocs and Material alone, made of the converted pages, builds strictly and has the same articles."""
    root = lay_out(tmp_path / "before", {**FILES, "mkdocs.yml": SETTINGS + BEFORE})
    left = tmp_path / "after"
    arguments = ["convert", str(left / "content"), "--to", "material", "--config-file", str(root / "mkdocs.yml")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    (left / "mkdocs.yml").write_text(SETTINGS + AFTER, encoding="utf-8")
    for folder in (root, left):
        built = build(folder, "--strict")
        assert built.returncode == 0, built.stderr
    for name in ("index.html", "other/index.html"):
        assert article(left / "site" / name) == article(root / "site" / name)
    assert (left / "site/includes/media/c.png").exists()


def article(file: Path) -> tuple[list[str], list[str]]:
    """Read the words of an article, and the titles of its tabs; what readers choose by is none of its text."""
    found = LexborHTMLParser(file.read_text(encoding="utf-8")).css_first("article")
    assert found
    titles = [label.text() for label in found.css(".tabbed-labels label, fieldset label")]
    for part in found.css("style, script, .headerlink, .tabbed-labels, fieldset"):
        part.decompose()
    return found.text(separator=" ").split(), sorted(titles)
