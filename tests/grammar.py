r"""A grammar of the dialect and its neighbors, of which content sets are derived at random.

A rule is a name with its alternatives; the first one is the shortest, and is taken where a text has become deep enough.
``{name}`` stands for a text of that rule, ``{name|prefix}`` for one whose lines begin with the prefix.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from random import Random

GUIDS = (
    "78b95e10-acc0-4749-8f1f-efa8cfb5eb89",
    "7e063160-cb53-46c1-b111-380f77a7c848",
    "0ac7b8bb-2c8a-4d3b-9d37-6a4cf4f2d6f0",
)

EXTENSIONS = (
    *(
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "pymdownx.arithmatex",
        "pymdownx.betterem",
    ),
    *(
        "pymdownx.caret",
        "pymdownx.details",
        "pymdownx.emoji",
        "pymdownx.inlinehilite",
        "pymdownx.keys",
        "pymdownx.mark",
    ),
    *("pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde", "toc"),
)
"""The extensions that a site may switch on, which then work on Learn pages too."""

OUTSIDE = "outside/secret.md"
"""A file beside the content set, which nothing may read."""

RULES: Mapping[str, Sequence[str]] = {
    "page": ("{blocks}", "{header}{blocks}", "{header}# {words}\n\n{blocks}", "{header}# {words}\n\n{items}\n{blocks}"),
    "fragment": ("{blocks}", "## {words}\n\n{blocks}", "{header}## {words}\n\n{blocks}", ""),
    # front matter
    "header": (
        "---\ntitle: {words}\n---\n",
        "---\n{keys}---\n",
        "---\n{keys}---\n",
        "---\n{keys}...\n",
        "---\n{keys}",
        "\ufeff---\n{keys}---\n",
    ),
    "keys": ("{key}\n", "{key}\n{keys}", "{key}\n{keys}"),
    "key": (
        "title: {words}",
        "description: {yaml}",
        "ms.custom: Is it {word}?",
        "ms.date: {date}",
        "uid: {word}",
        "ms.topic: {yaml}",
        "ms.author: {yaml}",
        "service: {yaml}",
        "learn: {yaml}",
        "titleSuffix: {yaml}",
        "ms.assessment_question: {words}",
        "tags: {yaml}",
        "draft: {yaml}",
        "search: {yaml}",
        "{word}: {yaml}",
        "# guidekit: ignore {code}",
        "{words}",
    ),
    "yaml": (
        "{word}",
        "{words}",
        "true",
        "no",
        "1:30",
        "[{word}, {yaml}]",
        "{{a: {yaml}}}",
        "'{words}'",
        '"{words}"',
        "|\n  {words}\n  {words}",
        "&a {word}",
        "*a",
        "!!timestamp {word}",
        "\n  - {word}\n  - {yaml}",
        "",
    ),
    "date": ("11/25/2026", "01/01/2020", "2026-11-25", "13/45/2026", "{word}"),
    "code": ("file-not-found", "include-not-found", "{word}", "guidance-missing, guidance-empty", "*"),
    # blocks
    "blocks": ("{block}\n", "{block}\n\n{blocks}", "{block}\n\n{blocks}", "{block}\n\n{blocks}", "{block}\n{blocks}"),
    "block": (
        "{line}",
        "{line}\n{line}",
        "{include}",
        "{include}",
        "{item}",
        "{item}",
        "> {block|> }",
        "> [!{alert}]\n> {block|> }",
        "> [!{alert}] {line}\n> {line}",
        "- {block|  }\n- {block|  }",
        "* {block|    }",
        "1. {block|   }\n\n1. {block|   }",
        "#{level} {line}",
        '## <a {name}="{anchor}"></a>{words}',
        "{line}\n===",
        "{table}",
        "```{language}\n{blocks}```",
        "```{language}\n{blocks}",
        "    {block|    }",
        "<details>\n<summary>{line}</summary>\n\n{blocks}\n</details>",
        "<div {attribute}>\n{block}\n</div>",
        "<{tag} {attribute}>{line}",
        "<!-- {line} -->",
        "<!-- {line}\n{line}",
        "<!-- guidekit: ignore {code} -->",
        "<!-- guidekit: ignore-file {code} -->",
        "{item}",
        "[{word}]: {target} '{words}'",
        "---",
        "<script>\n{line}\n</script>",
        # what only some sites or only Learn itself draws
        '!!! note "{line}"\n\n    {block|    }',
        "??? tip\n\n    {block|    }",
        '=== "{line}"\n\n    {block|    }',
        "- [ ] {line}\n- [x] {line}",
        "{line}[^1]\n\n[^1]: {block|    }",
        "{word}\n:   {block|    }",
        "*[{word}]: {line}",
        "{line} {{ .class #{anchor} data-a='{word}' }}",
        "$$\n{line}\n$$",
        ':::zone pivot="{word}"\n{blocks}\n:::zone-end',
        ':::image type="content" source="{target}" alt-text="{words}":::',
        "::: {word}\n{blocks}\n:::",
        ':::image type="complex" source="{target}" alt-text="{words}":::\n{line}\n:::image-end:::',
        '::: zone pivot="a,b"\n{blocks}\n::: zone-end',
        '::: zone target="{word}"\n{blocks}',
        '::: moniker range="{words}"\n{blocks}\n::: moniker-end',
        ':::row:::\n:::column span="2":::\n{blocks}\n:::column-end:::\n:::row-end:::',
        ":::row:::\n  :::column:::\n    {block|    }\n",
        '::: form action="{target}" submitText="{words}" :::',
        '{line} :::no-loc text="{word}"::: {line}',
        "## [{word}](#tab/a/b)\n\n{blocks}\n\n### [{word}](#tab/b+c)\n\n{block}",
        "# [{line}](#tab/{anchor})\n\n{blocks}\n---",
        '> [!div class="{word}"]\n> {block|> }',
        "> [!div `{attribute}`]\n> [!VIDEO {url} {words}]\n> {line}",
        "{snippet}",
        '--8<-- "{target}"',
        # what nearly is something
        "[!INCLUDE [{words}] ({target})]",
        "[!include[{word}]{target}]",
        ":::{word}\n{blocks}\n:::{word}-end",
        "[!{alert}] {line}",
        "title: {words}\nms.date: {date}",
        '{% include-markdown "{target}" %}',
        '<div class="grid cards" markdown>\n\n- {block|  }\n\n</div>',
    ),
    "items": ("{item}\n", "{item}\n{items}", "### {words}\n\n{item}\n\n{items}"),
    "item": (
        "<!-- {words} -->\n[!include[{word}](../includes/{guid}.md)]",
        "- <!-- {words} -->\n  [!include[{word}](../includes/{guid}.md)]",
        "<!-- {words} -->\n{include}",
        "<!-- {words} -->\n\n{include}",
        "<!--{line}-->{include}",
    ),
    "include": (
        "[!include[{word}]({file})]",
        "[!INCLUDE [{line}]({file})]",
        "[!include-[{word}]({file} '{words}')]",
        "[!include+[{word}](<{file}>)]",
        "[!include[{word}]({file}",
        "[!include[{word}]({target})]",
    ),
    "snippet": (
        "[!code-csharp[{word}]({program})]",
        "[!code[{line}]({program}?{choice}&{choice}#{choice} '{words}')]",
        '[!code-{language}[{word}]( {program}?{choice} "{words}" )]',
        "[!CODE-python[]({program}#L{word}-L2)]",
        ':::code language="{word}" source="{program}" id="{word}":::',
        ':::code source="{program}" range="1,3-" highlight="{word}" {attribute}:::',
        ':::video source="{url}" title="{words}":::',
        ':::video type="complex" source="{url}":::\n{line}\n:::video-end:::',
        "[!notebook-python[{word}](../includes/part.ipynb?name={word})]",
        "[!code-csharp[{word}]({file}",
    ),
    "program": ("../includes/part.cs", "{file}", "../includes/part.ipynb", "{target}"),
    "choice": ("{word}", "name=one", "one", "range=1,3-", "highlight=1-", "dedent=2", "start=1&end=2", "L1-L3"),
    "table": (
        "|{line}|{line}|\n|-|:-:|\n|{cell}|{cell}|",
        "{line}|{line}\n-|-\n{cell}|{cell}|{cell}\n{cell}",
        "|{cell}|\n|---|",
        "{line}\n|{cell}|{cell}|\n|---|\n{cell}\n|{cell}|{cell}|{cell}|",
    ),
    "cell": (
        "{word}",
        "{line}",
        "{include}",
        "{item|}",
        "a\\|b",
        "`|`",
        ":x: :no:",
        "[a|b]({target})",
        "`a",
        "a\\\\|b",
    ),
    # lines
    "line": ("{words}", "{inline}", "{inline} {line}", "{inline}{line}", "{words} {inline}"),
    "inline": (
        "{word}",
        "[{line}] ({target})",
        "[{line}]({target}]",
        "({words})[{target}]",
        "[{words}][{word}]",
        "[{words}](a {target})",
        "www.{word}.example/{word}",
        ":{word}:",
        ":x:",
        "*{line}*",
        "**{line}**",
        "~~{line}~~",
        "`{line}`",
        "``{line}`",
        "[{line}]({target})",
        "[{line}]({target} '{words}')",
        "[{word}][{word}]",
        "[{word}]",
        "![{line}]({target})",
        "<{url}>",
        "{url}",
        "{include}",
        "<b>{line}</b>",
        '<a {name}="{anchor}">{line}</a>',
        "<{tag} {attribute}>",
        "<!-- {words} -->",
        "&{word};",
        "\\{inline}",
        "[!{alert}]",
        ":{word}:",
        "++{word}++",
        "=={line}==",
        "^^{line}^^",
        "$ {line} $",
        "<xref:{word}>",
        "<xref:'{words}'>",
        "[{line}](xref:{word}?displayProperty={word}&title={words}#{anchor})",
        "[](xref:System.{word})",
        "@{word}",
        '@"{words}"',
        '<a href="xref:{word}">{word}</a>',
        "{{ {word} }}",
    ),
    "words": ("{word}", "{word} {word}", "{word} {words}"),
    "word": (
        *(
            "a",
            "backup",
            "RPO",
            "Azure",
            "x-1",
            "1.",
            "é",
            "e\u0301",
            "👩‍🔧",
            "ß",
            "日本",
            "<",
            "&",
            '"',
            "'",
            "#",
            "|",
            "_b_",
        ),
        *(
            "{",
            "}",
            "[",
            "]",
            "\\",
            "\u2028",
            "\x0c",
            "\u200b",
            "\u202e",
            "--",
            "-->",
            "<!--",
            "*",
            "\t",
            "%20",
            "\x85",
            "\x01",
        ),
    ),
    "alert": ("NOTE", "warning", "TIP", "IMPORTANT", "Caution", "DANGER", "NOT"),
    "level": ("", "#", "##", "#####", "######"),
    "language": ("", "azurecli", "bash", "mermaid", "python title='a'", "output", "{word}"),
    "tag": ("br", "p", "img", "section", "video", "textarea", "table", "td", "a", "iframe", "svg"),
    "attribute": (
        'id="{anchor}"',
        'href="{target}"',
        "src='{target}'",
        "class={word}",
        "poster={target}",
        "markdown",
        "hidden",
    ),
    "name": ("id", "name", "ID"),
    "anchor": ("a", "backup", "rpo-1", "é", "{guid}", "{word}"),
    "guid": GUIDS,
    "url": (
        "https://example.com/a",
        "http://a.b/?c=d&e#f",
        "mailto:a@b.c",
        "javascript:a",
        "HTTPS://[::1]/",
        "https://a%",
    ),
    "file": (
        *(f"../includes/{guid}.md" for guid in GUIDS),
        "../includes/part.md",
        "../includes/PART.md",
        "page.md",
        "other.md",
        "~/includes/part.md",
        "..\\includes\\part.md",
        "../includes/none.md",
        "../includes/folder/",
        f"../../{OUTSIDE}",
        "../private/secret.md",
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "\\\\server\\share\\a.md",
        "file:///etc/passwd",
        "../includes/link.md",
    ),
    "target": (
        "other.md",
        "{file}",
        "other.md#{anchor}",
        "#{anchor}",
        "other/",
        "folder/index.md?a=b#{anchor}",
        "/azure/aks/",
        "/other/",
        "{url}",
        "images/a.png",
        "../images/none.png",
        "<a b.md>",
        "other%2Emd",
        "OTHER.md",
        "con.md",
        "{word}",
        "",
    ),
    "repository": ("{{}}\n", "{{}}\n", "{docset}", "// {words}\n{docset}"),
    "docset": (
        '{{"build": {{"content": [{group}]}}}}\n',
        '{{"build": {{"content": [{group}, {group},], "globalMetadata": {metadata}, "fileMetadata": {metadata}}}}}\n',
        '{{"build": {{"content": {group}, "resource": {group}}}, "metadata": [{{"dest": "content/folder"}}]}}\n',
    ),
    "group": (
        '{{"files": ["**/*.md"], "src": "content"}}',
        '{{"files": ["**.{{{{md,yml}}}}"], "exclude": ["{glob}"], "src": "content"}}',
        '{{"files": ["{glob}", "{glob}"], "src": "{folder}", "dest": "{folder}"}}',
    ),
    "glob": ("**/*.md", "other.md", "**/index.*", "{named}", "includes/**"),
    "named": ("plan", "page", "other", "a", "aks"),
    "folder": (".", "content", "content/folder", "..", "{named}"),
    "metadata": (
        "{{}}",
        '{{"titleSuffix": "{named}", "description": "{named} {named}", "learn": false}}',
        '{{"ms.date": {{"**/*.md": "11/30/2026", "content/**": "11/30/2026"}}, "uid": {{"{glob}": "{named}"}}}}',
    ),
    # what a repository says of its pages
    "contents": (
        "- name: {word}\n  href: page.md\n",
        "- name: {words}\n  href: {place}\n  displayName: {word}\n{contents}",
        "items:\n- name: {word}\n  items:\n  {contents|  }",
        "- name: {word}\n  items:\n  {contents|  }{contents}",
        "- name: {word}\n  href: {place}\n  topicHref: {place}\n  tocHref: {place}\n  expanded: {yaml}\n",
        "- href: folder/\n- uid: {word}\n  name: {yaml}\n",
        "# [{words}]({place})\n## [{word}]({place})\n",
    ),
    "place": (
        "page.md",
        "other.md#{named}",
        "folder/",
        "toc.yml",
        "../toc.yml",
        "index.yml",
        "/{named}",
        "https://a.example/",
    ),
    "pageinyaml": (
        "### YamlMime:FAQ\nmetadata:\n  title: {word}\nsections:\n- name: {words}\n  questions:\n  {questions|  }",
        "### YamlMime:Landing\n{landing}",
        "### YamlMime:Hub\n{landing}",
        "### YamlMime:{word}\n{landing}",
        "{landing}",
    ),
    "questions": (
        "- question: {words}\n  answer: |\n    {blocks|    }\n",
        "- question: {words}\n  answer: {yaml}\n{questions}",
        "- question: |\n    {words}\n  answer: >\n    {blocks|    }\n{questions}",
    ),
    "landing": (
        "title: {words}\nsummary: {yaml}\nmetadata:\n  title: {word}\n  description: {yaml}\n",
        "title: {yaml}\nsummary: |\n  {blocks|  }\nlandingContent:\n{cards}",
        "title: {word}\nhighlightedContent:\n  items:\n  - title: {word}\n    itemType: concept\n    url: {place}\n",
        "title: {word}\nproductDirectory:\n  items:\n  - title: {word}\n    links:\n    - url: {place}\n      text: {words}\n",
    ),
    "cards": (
        "- title: {words}\n  linkLists:\n  - linkListType: overview\n    links:\n    - text: {words}\n      url: {place}\n",
        "- title: {yaml}\n  linkLists:\n  - linkListType: {word}\n    links: {yaml}\n{cards}",
    ),
    "publishing": (
        '{{"docsets_to_publish": []}}\n',
        '{{"dependent_repositories": [{{"path_to_root": "{named}", "url": "https://a.example/{named}"}}]}}\n',
        '{{"dependent_repositories": [{{"path_to_root": "includes"}}, {{"path_to_root": "missing"}}, {named}]}}\n',
        '{{"docsets_to_publish": [{{"build_source_folder": "{folder}", "build_output_subfolder": "{named}"}}]}}\n',
    ),
    "redirections": (
        '{{"redirections": []}}\n',
        '{{"redirections": [{moved}, {moved}]}}\n',
        '{{"redirections": [{moved}, {{"source_path": "content/b.md", "redirect_url": "/a"}}, {moved}]}}\n',
    ),
    "moved": (
        '{{"source_path": "content/{named}.md", "redirect_url": "{place}"}}',
        '{{"source_path_from_root": "/content/{named}.md", "redirect_url": "/{named}/{named}#{named}"}}',
        '{{"source_path": "content/page.md", "redirect_url": "/other"}}',
    ),
    # files of code
    "source": ("{mark}\n{words}\n{mark}\n", "\t{mark}\n  {words}\n\n{source}", "{line}\n{source}"),
    "mark": ("// <one>", "// </one>", "#region one", "#endregion", "# <{word}>", "<!-- <one> -->", "{words}"),
    "notebook": (
        '{{"cells": [{{"metadata": {{"name": "{word}"}}, "source": ["{word}", 1]}}]}}',
        "[[{words}",
        "{source}",
    ),
    # settings
    "settings": (
        "docs_dir: content\n",
        "docs_dir: content\nmarkdown_extensions:\n{extensions}",
        "docs_dir: content\nplugins:\n- guidekit:\n{options}",
        "docs_dir: content\nplugins:\n- guidekit:\n{options}markdown_extensions:\n{extensions}",
        "docs_dir: content\nsite_url: https://example.com/a/\nplugins:\n- guidekit:\n{options}{options}",
    ),
    "extensions": ("{extension}", "{extension}{extensions}", "{extension}{extensions}", "{extension}{extensions}"),
    "extension": tuple(f"- {name}\n" for name in EXTENSIONS),
    "options": (
        "    glossary: other.md\n",
        "    overview: other.md\n",
        "    verification: 'Tick if:'\n",
        "    max_include_depth: 3\n",
        "    max_includes: 5\n",
        "    max_file_size: 300\n",
        "    learn: ['**', '!other.md']\n",
        "    root_links: {{/: .}}\n",
        "    sources: other.md\n",
        "    services: {{aks: Kubernetes}}\n",
        "    feedback: 'https://example.com/?a={{url}}&b={{title}}&c={{item}}'\n",
        f"    aliases: {{{{{GUIDS[0]}: {GUIDS[1]}}}}}\n",
        "    severity: {{file-not-found: 'off'}}\n",
        "    fragments: ['includes/**', 'content/other.md']\n",
        "    roots: [includes, content/images]\n",
        "    per_file_ignores: {{'content/**': [review-overdue]}}\n",
    ),
}

SYMBOL = re.compile(r"\{\{|\}\}|\{([a-z]+)(?:\|([^}]*))?\}")

DEEP = 12

BOUND = 6_000
"""After how many characters only the first alternatives are taken."""

FILES: Mapping[str, str] = {
    "content/page.md": "page",
    "content/other.md": "page",
    "content/folder/index.md": "page",
    **{f"includes/{guid}.md": "fragment" for guid in GUIDS},
    "includes/part.md": "fragment",
    "includes/part.cs": "source",
    "includes/part.ipynb": "notebook",
    "mkdocs.yml": "settings",
    "docfx.json": "repository",
    "content/toc.yml": "contents",
    "content/folder/TOC.yml": "contents",
    "content/folder/index.yml": "pageinyaml",
    "content/faq.yml": "pageinyaml",
    ".openpublishing.publish.config.json": "publishing",
    ".openpublishing.redirection.json": "redirections",
}
"""The files of a content set, each with the rule of which it is derived."""


def derive(random: Random) -> dict[PurePosixPath, str]:
    """Derive a content set; some of its texts are then damaged, and some files are not there."""
    made: dict[PurePosixPath, str] = {}
    for name, rule in FILES.items():
        text = Derivation(random).text(rule)
        if rule in ("repository", "publishing") and random.random() < 0.4:
            continue  # then only a page with a sign is Learn's
        if rule in ("contents", "pageinyaml", "redirections") and random.random() < 0.5:
            continue
        if rule in ("page", "fragment", "contents", "pageinyaml"):
            if name != "content/page.md" and random.random() < 0.1:
                continue
            for _ in range(random.choice((0, 0, 1, 3))):
                text = damage(random, text)
            if random.random() < 0.15:
                text = text.replace("\n", "\r\n")
        made[PurePosixPath(name)] = text
    return made


class Derivation:
    """One text that is derived."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._length = 0

    def text(self, rule: str, depth: int = 0) -> str:
        """Derive a text of a rule."""
        alternatives = RULES[rule]
        is_enough = (depth > DEEP or self._length > BOUND) and rule not in ("word", "guid")
        chosen = alternatives[0] if is_enough else self._random.choice(alternatives)
        if not SYMBOL.search(chosen):
            self._length += len(chosen)
            return chosen
        return SYMBOL.sub(lambda found: self._part(found, depth), chosen)

    def _part(self, found: re.Match[str], depth: int) -> str:
        if found[1] not in RULES:
            return found[0][:1] if found[0] in ("{{", "}}") else found[0]
        text = self.text(found[1], depth + 1)
        return text if found[2] is None else text.replace("\n", f"\n{found[2]}")


def damage(random: Random, text: str) -> str:
    """Take a piece out of a text, double it, move it, or put a strange one in."""
    start = random.randrange(len(text) + 1)
    piece = text[start : start + random.choice((1, 2, 5, 40, 200))]
    rest = text[:start] + text[start + len(piece) :]
    elsewhere = random.randrange(len(rest) + 1)
    changed = (
        rest,
        text[:start] + piece + text[start:],
        rest[:elsewhere] + piece + rest[elsewhere:],
        text[:start]
        + random.choice((*RULES["word"], "\n", "\n\n", "  ", "\0", "\r", "[!", "](", "`" * 3))
        + text[start:],
    )
    return random.choice(changed)
