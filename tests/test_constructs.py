"""The tables of constructs: what a construct has to bring is told by its row, and nothing else knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from markdown_it.token import Token

import guidekit
from guidekit.rendering.constructs import CONSTRUCTS, HTML, MARKDOWN
from guidekit.syntax import EXTENSIONS, SYNTAX, Construct, constructs, yaml_document
from guidekit.syntax.document import Document, parse
from guidekit.syntax.fact import EVERYONE, Choice, Condition
from guidekit.syntax.fact_reader import FactReader
from guidekit.syntax.heading import Heading
from guidekit.syntax.heading_tabs import TabTitle
from guidekit.syntax.include import Include
from guidekit.syntax.moniker import VersionRange
from guidekit.syntax.prose import Prose
from guidekit.syntax.run import Run
from guidekit.syntax.triple_colon import DirectiveLine
from guidekit.syntax.visible_text import plain_text
from guidekit.syntax.zone import Zone
from guidekit.text.source import Source

QUOTED = Choice(selector="quotes", values=frozenset({"on"}))
EVERYTHING = """\
# Heading <a id="x"></a>

Text, [link](a.md), ![image](a.png), https://example.com, [!include[x](x.md)] and <!-- open

[!include[x](x.md)]

[!code-csharp[x](x.cs)]

:::code language="csharp" source="x.cs":::

:::video source="https://example.com/a" type="complex":::
Text
:::video-end:::

See <xref:a>, [a](xref:b) and @c.

A :::video source="https://example.com/a"::: here.

> [!NOTE]
> Note

> [!TIP] failed

> [!div class="nextstepaction" id="z"]
> [link](a.md)

> [!VIDEO https://example.com/a]

<div id="y" style="color: red">[!include[x](x.md)]</div>

<div id="banner-holder"></div>

<!-- comment -->

A :::image source="a.png" alt-text="a"::: and :::no-loc text="Azure":::, :::image source=a:::

:::image type="complex" source="a.png" alt-text="a":::
Description.
:::image-end:::

# [Tab](#tab/t)

Text

---

::: zone pivot="a"
::: moniker range="x"
Text
::: moniker-end
::: zone-end

::: zone target="pdf"
Text
::: zone-end

:::row:::
:::column:::
Text
:::column-end:::
:::row-end:::

::: form action="a" submitText="b" :::

| a | b |
| --- | --- |
| [!include[x](x.md)] | text | :x: |

```bash
code
```

!!! note "Title"

    Text

??? note

    Text

=== "Tab"

    Text

Note[^1] and $x$.

[^1]: Note

- [ ] Task

1. One

*[HTML]: Hyper Text Markup Language

$$
x
$$

--8<-- "x.md"

[text][lost], [text] (a.md), [!include[x] (x.md)]

[!NOTE] Text

:::nothing
"""


IN_YAML = """\
### YamlMime:Landing
title: Page
landingContent:
- title: Card
  linkLists:
  - linkListType: overview
    links:
    - text: Text
      url: a.md
"""

ON = EXTENSIONS - {row.unless for row in SYNTAX}


def document(text: str) -> Document:
    """Parse a text as a page of a site on which everything is switched on but what draws a construct in our place."""
    return parse(Source.of(PurePosixPath("page.md"), text), extensions=ON)


def test_each_row_is_told_apart() -> None:
    """No two rows of a table read, draw or write the same thing."""
    for kinds in (
        [kind for row in SYNTAX for kind in row.blocks],
        [kind for row in SYNTAX for kind in row.runs],
        [kind for row in SYNTAX for kind in row.inline],
        [kind for row in CONSTRUCTS for kind in row.html],
        [kind for row in CONSTRUCTS for kind in row.markdown],
        [row.name for row in SYNTAX],
        [row.name for row in CONSTRUCTS],
    ):
        assert len(kinds) == len(set(kinds))
    assert {row.name for row in CONSTRUCTS} <= {row.name for row in SYNTAX}


def test_reading_facts_changes_no_token() -> None:
    """What was read can be read again, and the tokens are what they were but for knowing their facts."""
    page = document(EVERYTHING)
    before = [token.as_dict() for token in page.tokens]
    again = list(FactReader(constructs(ON)).read(page.source, page.tokens))
    assert [token.as_dict() for token in page.tokens] == before
    assert [(type(fact), fact.span) for _, fact in again] == [(type(fact), fact.span) for fact in page.facts]


def test_all_facts_of_the_dialect_are_shown_to_everyone() -> None:
    """Each kind of fact can tell for whom it is shown; what stands in no tab, zone or range of versions all see."""
    page = document(EVERYTHING)
    kinds = {type(fact).__name__ for fact in page.facts}
    assert kinds == {
        *(
            "Heading",
            "Prose",
            "Link",
            "Image",
            "Include",
            "Comment",
            "CodeSnippet",
            "Section",
            "Video",
            "ShortReference",
            "ReferenceName",
        ),
        *("Anchor", "FailedAlert", "BuriedInclude", "Banner", "Abbreviation", "ForeignSyntax"),
        *("UnevenTable", "Emoji"),
        *("MistypedInclude", "MistypedLink", "UndefinedReference", "LostMarker", "UnknownDirective"),
        "UnpublishedHtml",
        *(
            "Picture",
            "TabSet",
            "TabTitle",
            "UntranslatedText",
            "FailedDirective",
            "DirectiveLine",
            "Zone",
            "ElsewhereZone",
            "VersionRange",
            "Form",
            "Row",
        ),
    }
    shown = {type(fact): {choice.selector for choice in fact.condition} for fact in page.facts if fact.condition}
    assert shown == {Zone: {"pivot"}, VersionRange: {"pivot", "moniker"}, DirectiveLine: {"pivot", "moniker"}} | {
        Prose: {"pivot", "moniker"},
        TabTitle: {"tabs t"},
    }


def test_facts_below_a_condition_know_it() -> None:
    """A construct that shows its text to some readers only tells the condition to all facts in it, and to none behind it."""

    def quoted(_token: Token) -> Condition:
        return frozenset({QUOTED})

    row = Construct(name="quote", conditions={"blockquote_open": quoted, "blockquote_close": quoted})
    page = document("# One\n\n> ## Two\n>\n> Text [link](a.md)\n>\n> [!include[x](x.md)]\n\n## Three\n")
    facts = [fact for _, fact in FactReader((*constructs(frozenset()), row)).read(page.source, page.tokens)]
    assert [fact.text for fact in facts if isinstance(fact, Heading) and fact.condition == {QUOTED}] == ["Two"]
    assert [type(fact).__name__ for fact in facts if fact.condition] == ["Heading", "Prose", "Link", "Include"]


def test_fragment_is_shown_to_those_who_see_its_include(tmp_path: Path) -> None:
    """On a page, the condition of an include holds for all that it shows: for facts, and for headings in the outline."""
    for name, text in (
        ("content/page.md", "# Page\n\n[!include[x](../includes/x.md)]\n"),
        ("includes/x.md", "## In it\n\nText.\n"),
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    page = guidekit.Library.open(tmp_path, {"learn": ["**"]}).page("content/page.md")
    assert page is not None
    for include in page.document.of(Include):
        object.__setattr__(include, "condition", frozenset({QUOTED}))
    assert [heading.condition for heading in page.outline.headings] == [EVERYONE, {QUOTED}]
    assert [placed.condition for placed in page.facts if isinstance(placed.fact, Prose)] == [{QUOTED}]


def test_new_construct_is_read_by_its_row_alone() -> None:
    """A construct that nobody knows of is read by what its row says."""

    def read(token: Token, run: Run) -> Iterator[Prose]:
        yield Prose(words=len(token.type), run=run)

    row = Construct(name="struck", inline={"del_open": read})
    page = document("a ~~b~~")
    facts = [fact for _, fact in FactReader((*constructs(frozenset()), row)).read(page.source, page.tokens)]
    assert [fact.words for fact in facts if isinstance(fact, Prose)] == [2, len("del_open")]


def test_every_drawn_token_is_one_of_the_parsers() -> None:
    """No row draws a token that no text has, and none writes a fact that no text has."""
    page = document(EVERYTHING)
    in_yaml = yaml_document.parse(Source.of(PurePosixPath("page.yml"), IN_YAML))
    blocks = (*page.tokens, *in_yaml.tokens)
    kinds = {token.type for block in blocks for token in (block, *(block.children or ()))}
    assert set(HTML) <= kinds
    assert set(MARKDOWN) <= {type(fact) for fact in page.facts}


def test_text_of_a_constructs_own_token_is_read() -> None:
    """What readers see of a token that no text has counts as text: in headings, ids and words."""
    token = Token("no_loc", "", 0, meta={"text": "Azure"})
    assert plain_text([Token("text", "", 0, content="Use "), token]) == "Use Azure"
