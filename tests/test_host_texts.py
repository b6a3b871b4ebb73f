"""Beside MkDocs and other plugins: what they leave out, rename or change is asked of them, and told once."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from case import lay_out
from packaging.requirements import Requirement
from site_build import Build

import guidekit

GUID = "33fe1493-7dbd-48de-ab6a-d6635c9c7c68"
HEADER = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n"
GUIDE = f"""\
---
title: Secret
description: D.
ms.topic: article
ms.custom: Is it secret?
---

# Secret

<!-- Secrets are kept -->
[!include[{GUID}](../../includes/{GUID}.md)]
"""
GUIDANCE = (
    "## Secrets\n\nKeep them in a vault that logs each access, and look at the log once a month, and tell the owner"
    " of each.\n\n![Picture](../docs/drafts/secret.png)\n"
)
SETTINGS = "site_name: T\ntheme:\n  name: material\n"
PLUGINS = "plugins:\n  - search\n  - guidekit\n"


def built(root: Path, build: Build, files: dict[str, str | bytes], *options: str) -> tuple[Path, str]:
    """Build a site; answer its folder and what was logged."""
    lay_out(root, files, learn_repository=False)
    ended = build(root, *options)
    assert "Traceback" not in ended.stderr, ended.stderr
    return root / "site", ended.stderr


@pytest.mark.parametrize("key", ["draft_docs", "exclude_docs"])
def test_nothing_of_a_page_that_is_left_out_is_published(key: str, tmp_path: Path, build: Build) -> None:
    """Items, downloads, images and lines of a draft or an excluded page are nowhere, and a link to it is told."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}{PLUGINS}{key}: |\n  drafts/\n",
        "docs/index.md": f"{HEADER}# T\n\n[secret](drafts/secret.md)\n\n> [!NOTE]\n> x\n",
        "docs/drafts/secret.md": GUIDE,
        "docs/drafts/secret.png": b"png",
        f"includes/{GUID}.md": GUIDANCE,
    }
    site, log = built(tmp_path, build, files)
    assert not list(site.rglob("*secret*"))
    assert not (site / "catalogue.json").exists()
    texts = [path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in {".html", ".txt", ".json"}]
    assert not any("Secrets are kept" in text or GUID in text for text in texts)
    told = [line for line in log.splitlines() if "drafts/secret.md" in line]
    assert [line.startswith("WARNING -  guidekit: docs/index.md:9:1: link to") for line in told] == [True]
    found = [one for one in guidekit.Library.open(tmp_path).check().diagnostics if one.code == "file-not-found"]
    assert [key in one.hint for one in found] == [True]
    assert [one.code for one in guidekit.Library.open(tmp_path).check().diagnostics] == ["file-not-found"]


def test_served_site_shows_its_drafts(tmp_path: Path, served: object) -> None:
    """A draft is a page while it is written: the server shows it, and a link to it is right."""
    lay_out(
        tmp_path,
        {
            "mkdocs.yml": f"{SETTINGS}{PLUGINS}draft_docs: |\n  drafts/\n",
            "docs/index.md": f"{HEADER}# T\n\n[draft](drafts/a.md)\n",
            "docs/drafts/a.md": f"{HEADER}# Draft\n\n> [!NOTE]\n> Of the draft.\n",
        },
        learn_repository=False,
    )
    with served(tmp_path) as wait_for:  # type: ignore[operator]
        wait_for('class="admonition note"', "drafts/a/")
    assert "leads nowhere" not in (tmp_path / "serve.log").read_text()


def test_readme_beside_an_index_is_no_page(tmp_path: Path) -> None:
    """As MkDocs publishes the index alone, a README beside it is left out, and a link to it is told."""
    root = lay_out(
        tmp_path,
        {
            "docs/index.md": f"{HEADER}# T\n\n[x](README.md)\n",
            "docs/README.md": f"{HEADER}# R\n",
            "mkdocs.yml": SETTINGS,
        },
    )
    session = guidekit.Library.open(root)
    assert [str(page.path) for page in session.pages] == ["docs/index.md"]
    assert ["index.md" in one.hint for one in session.check().diagnostics if one.code == "file-not-found"] == [True]


def test_bookmarks_in_any_script_are_found_by_check_and_build(tmp_path: Path, build: Build) -> None:
    """Headings with letters beyond ASCII, and anchors with blanks, are right for both; a wrong one is told once."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}{PLUGINS}validation:\n  anchors: warn\n",
        "docs/index.md": f"{HEADER}# T\n\n[a](#änderungen) [b](other.md#größe) [c](other.md#目次) [d](other.md#a%20b)\n\n"
        "## Änderungen\n\nText.\n",
        "docs/other.md": f'{HEADER}# O\n\n## Größe\n\nText.\n\n## 目次\n\nText <a id="a b"></a>.\n',
    }
    assert guidekit.Library.open(lay_out(tmp_path, files)).check().diagnostics == ()
    site, log = built(tmp_path, build, files, "--strict")
    assert "WARNING" not in log
    html = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="other/#gr%C3%B6%C3%9Fe"' in html
    assert 'href="other/#a%20b"' in html
    files["docs/index.md"] = f"{HEADER}# T\n\n[a](#nix) [b](other.md#nix) [c](nix.md) ![d](nix.png)\n\n"
    files["docs/index.md"] += ':::image source="nix.svg" alt-text="A vault" lightbox="nix.svg":::\n'
    site, log = built(tmp_path, build, files)
    assert len([line for line in log.splitlines() if "nix" in line]) == 5
    html = (site / "index.html").read_text(encoding="utf-8")
    assert all(address in html for address in ('href="#nix"', 'href="other/#nix"', 'href="nix.md"', 'src="nix.png"'))


@pytest.mark.parametrize("priority", [1000, 0, -1000])
def test_text_that_arrives_is_judged_and_published(priority: int, tmp_path: Path, build: Build) -> None:
    """What a hook adds at any priority is on the page, with its alerts drawn and its mistakes told once."""
    hook = (
        "from mkdocs.plugins import event_priority\n\n"
        f"@event_priority({priority})\ndef on_page_markdown(markdown, **_):\n"
        '    return markdown + "\\n\\n> [!TIP]\\n> From a hook.\\n\\n[dead](gone.md)\\n"\n'
    )
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}{PLUGINS}hooks: [hook.py]\n",
        "hook.py": hook,
        "docs/index.md": f"{HEADER}# T\n\nText.\n",
    }
    site, log = built(tmp_path, build, files)
    html = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r'class="admonition tip">\s*<p class="admonition-title">Tip</p>\s*<p>From a hook', html)
    assert [line for line in log.splitlines() if "gone.md" in line] == [
        line for line in log.splitlines() if "guidekit: docs/index.md:15:1" in line
    ]
    assert "changed the text of 1 page" in log


def test_source_from_another_plugin_is_published(tmp_path: Path, build: Build) -> None:
    """A text that a hook reads in place of the file's is the text of the page."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}{PLUGINS}hooks: [hook.py]\n",
        "hook.py": f"def on_page_read_source(**_):\n    return {HEADER!r} + '# Other\\n\\n> [!TIP]\\n> From a source.\\n'\n",
        "docs/index.md": "Note: x\n\n# T\n\n> [!NOTE]\n> Of the file.\n",
    }
    site, _ = built(tmp_path, build, files)
    html = (site / "index.html").read_text(encoding="utf-8")
    assert "From a source." in html
    assert "Of the file." not in html


@pytest.mark.parametrize("order", ["include-markdown, guidekit", "guidekit, include-markdown"])
def test_included_markdown_is_published(order: str, tmp_path: Path, build: Build) -> None:
    """What include-markdown puts into a page is there, before or after us in the list."""
    pytest.importorskip("mkdocs_include_markdown_plugin")
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}plugins: [search, {order}]\n",
        "docs/index.md": f'{HEADER}# T\n\n{{% include-markdown "../includes/limits.md" %}}\n\n> [!NOTE]\n> Text.\n',
        "includes/limits.md": "Limits of the service.\n",
    }
    site, log = built(tmp_path, build, files, "--strict")
    html = (site / "index.html").read_text(encoding="utf-8")
    assert "Limits of the service." in html
    assert 'class="admonition note"' in html
    assert "fragment-unused" not in log


def test_tags_page_shows_its_list(tmp_path: Path, build: Build) -> None:
    """The placeholder of Material's tags plugin is no comment of ours, and no heading of the page."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}plugins: [search, tags, guidekit]\n",
        "docs/index.md": f"{HEADER.replace('ms.topic', 'tags: [backup]' + chr(10) + 'ms.topic')}# T\n\nText.\n",
        "docs/tags.md": f"{HEADER}# Tags\n\n<!-- material/tags -->\n",
    }
    site, log = built(tmp_path, build, files)
    assert 'id="tag:backup"' in (site / "tags" / "index.html").read_text(encoding="utf-8")
    assert "findings" in log
    assert "heading" not in log
    assert guidekit.Library.open(tmp_path).check().diagnostics == ()


def test_names_are_found_however_their_letters_are_composed(tmp_path: Path, build: Build) -> None:
    """Links, images and items lead to files whose names are composed otherwise (NFC, NFD), in a strict build as in a check."""
    composed, parts = (lambda text: normalize("NFC", text)), (lambda text: normalize("NFD", text))
    page = GUIDE.replace("../../includes/", composed("../größe/"))
    links = f"[a]({composed('äpfel')}.md) [b]({parts('öle')}.md) ![View]({composed('bücher')}/{parts('ü')}.png)"
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}plugins:\n  - search\n  - guidekit:\n      roots: [{parts('größe')}]\n"
        f"      fragments: [{parts('größe')}/**]\nvalidation: {{links: {{anchors: warn}}}}\n",
        "docs/index.md": f"{page}\n{links}\n",
        f"docs/{parts('äpfel')}.md": f"{HEADER}# A\n\nText.\n",
        f"docs/{composed('öle')}.md": f"{HEADER}# O\n\nText.\n",
        f"docs/{parts('bücher')}/{composed('ü')}.png": b"png",
        f"{parts('größe')}/{GUID}.md": GUIDANCE.split("![")[0],
    }
    site, log = built(tmp_path, build, files, "--strict")
    assert "WARNING" not in log
    assert GUID in (site / "catalogue.json").read_text(encoding="utf-8")
    html = unquote((site / "index.html").read_text(encoding="utf-8"))
    assert all(
        f'"{name}"' in html for name in (parts("äpfel/"), composed("öle/"), parts("bücher/") + composed("ü.png"))
    )
    assert guidekit.Library.open(tmp_path).check().diagnostics == ()


def test_titles_stay_as_they_are_written(tmp_path: Path, build: Build) -> None:
    """A title that YAML 1.1 takes for a number or a truth value is shown as text, in the head and the navigation."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}{PLUGINS}",
        "docs/index.md": f"{HEADER.replace('title: T', 'title: 1:30')}# T\n",
        "docs/b.md": f"{HEADER.replace('title: T', 'title: yes')}# B\n",
    }
    site, _ = built(tmp_path, build, files)
    assert "<title>1:30 - T</title>" in (site / "index.html").read_text(encoding="utf-8")
    html = (site / "b" / "index.html").read_text(encoding="utf-8")
    assert "<title>yes - T</title>" in html
    navigation = [" ".join(text.split()) for text in re.findall(r'class="md-ellipsis">([^<]*)<', html)]
    assert {"1:30", "yes"} <= set(navigation)


def test_addresses_of_the_site_stay_its_own(tmp_path: Path, build: Build) -> None:
    """An address from the root goes to the file of the site that stands there; only else to Learn."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}{PLUGINS}",
        "docs/index.md": f"{HEADER}# T\n\n[plan](/plan/) [bookmark](/plan/#p) ![i](/img/x.png) [learn](/azure/backup/)\n",
        "docs/plan.md": f"{HEADER}# P\n",
        "docs/img/x.png": b"x",
    }
    site, _ = built(tmp_path, build, files, "--strict")
    html = (site / "index.html").read_text(encoding="utf-8")
    wanted = ('href="plan/"', 'href="plan/#p"', 'src="img/x.png"', 'href="https://learn.microsoft.com/azure/backup/"')
    assert all(address in html for address in wanted)


def test_linked_folder_holds_pages(tmp_path: Path, build: Build) -> None:
    """Pages in a linked folder of the content are pages of the set, as MkDocs publishes them; a circle has an end."""
    lay_out(tmp_path, {"docs/guides/recovery.md": f"{HEADER}# R\n\n> [!NOTE]\n> Text.\n"}, learn_repository=False)
    (tmp_path / "docs" / "more").symlink_to("guides")
    (tmp_path / "docs" / "guides" / "around").symlink_to("../../docs")
    paths = [str(page.path) for page in guidekit.Library.open(tmp_path).pages]
    assert paths == ["docs/guides/recovery.md", "docs/more/recovery.md"]
    (tmp_path / "docs" / "guides" / "around").unlink()
    site, _ = built(tmp_path, build, {"mkdocs.yml": f"{SETTINGS}{PLUGINS}"})
    assert "admonition note" in (site / "more" / "recovery" / "index.html").read_text(encoding="utf-8")


def test_pages_are_counted_by_how_they_are_read(tmp_path: Path, build: Build) -> None:
    """The log says how many pages are Learn's where pages tell by themselves, and says nothing where the setting does."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}{PLUGINS}",
        "docs/index.md": "# T\n",
        "docs/a.md": "# A\n\n> [!NOTE]\n> x\n",
    }
    _, log = built(tmp_path, build, files)
    assert "1 page read as Learn pages, 1 page left to Python-Markdown" in log
    files["mkdocs.yml"] = f"{SETTINGS}plugins:\n  - search\n  - guidekit:\n      learn: ['a.md']\n"
    _, log = built(tmp_path, build, files)
    assert "left to Python-Markdown" not in log


def test_search_index_is_json(tmp_path: Path, build: Build) -> None:
    """Pages of both kinds are in one search."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": f"{SETTINGS}{PLUGINS}",
        "docs/index.md": "# Plain\n\nordinaryword\n",
        "docs/a.md": "# A\n\n> [!NOTE]\n> learnword\n",
    }
    site, _ = built(tmp_path, build, files)
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    texts = " ".join(entry["text"] for entry in index["docs"])
    assert "ordinaryword" in texts
    assert "learnword" in texts


PLUGIN_FILES: dict[str, str | bytes] = {
    "docs/index.md": f"{GUIDE.replace('../../', '../')}\n[g](guides/a.md#part)\n",
    "docs/guides/a.md": f"{HEADER}# A\n\n> [!NOTE]\n> x\n\n## Part\n\nText.\n",
    "docs/plain.md": "# Plain\n\nText.\n",
    f"includes/{GUID}.md": GUIDANCE.replace("../docs/drafts/secret.png", "image.png"),
    "includes/image.png": b"png",
}


@pytest.mark.parametrize("order", ["{plugin}, guidekit", "guidekit, {plugin}"])
@pytest.mark.parametrize(
    ("module", "plugin"),
    [
        ("htmlproofer", "htmlproofer: {raise_error: true, validate_external_urls: false}"),
        ("mkdocs_macros", "macros"),
        ("mkdocs_exclude", "exclude: {glob: [drafts/*]}"),
        ("mkdocs_literate_nav", "literate-nav"),
        ("mkdocs_awesome_nav", "awesome-nav"),
        ("mkdocs_redirects", "redirects: {redirect_maps: {old.md: index.md}}"),
        ("mkdocs_glightbox", "glightbox"),
        ("mkdocs_minify_plugin", "minify: {minify_html: true}"),
        ("material.plugins.blog", "blog"),
    ],
)
def test_other_plugin_is_at_peace_with_ours(module: str, plugin: str, order: str, tmp_path: Path, build: Build) -> None:
    """A strict build beside the plugin, before or after it, has the checklist, the downloads and what the plugin makes."""
    if find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    added: dict[str, str | bytes] = {
        "docs/drafts/d.md": f"{HEADER}# D\n\n[!include[x](../../includes/none.md)]\n"
        if "exclude" in plugin
        else "# D\n",
        "docs/SUMMARY.md": "* [Home](index.md)\n* [A](guides/a.md)\n* [P](plain.md)\n* [D](drafts/d.md)\n",
        "docs/guides/macro.md": f"{HEADER}# M\n\nSum: {{{{ 1 + 1 }}}}.\n\n[p](../plain.md)\n",
        "docs/blog/index.md": "# Blog\n",
        "docs/blog/posts/p.md": f"---\ndate: 2026-01-01\n{HEADER[4:]}# Post\n\n> [!TIP]\n> Excerpt.\n\n<!-- more -->\n\nRest.\n",
    }
    wanted = {"SUMMARY": "literate-nav", "macro": "macros", "blog": "blog", "drafts": "exclude"}
    added = {
        path: text
        for path, text in added.items()
        if any(word in path and plugin.startswith(of) for word, of in wanted.items())
    }
    if plugin == "literate-nav":
        added["docs/drafts/d.md"] = "# D\n"
    settings = f"{SETTINGS}site_url: https://example.org/t/\nplugins: [search, {order.format(plugin=plugin)}]\n"
    lay_out(tmp_path, {**PLUGIN_FILES, **added, "mkdocs.yml": settings}, learn_repository=False)
    ended = build(tmp_path, "--strict")
    assert ended.returncode == 0, ended.stderr
    site = tmp_path / "site"
    html = (site / "index.html").read_text(encoding="utf-8")
    assert "guidekit-item" in html
    assert (site / "checklist.xlsx").exists()
    assert (site / "includes" / "image.png").exists()
    if plugin == "macros":
        assert "Sum: 2." in (site / "guides" / "macro" / "index.html").read_text(encoding="utf-8")
    if plugin == "blog":
        assert "admonition tip" in (site / "blog" / "index.html").read_text(encoding="utf-8")
    if plugin.startswith("exclude"):
        assert not (site / "drafts").exists()


MACROS = "site_name: T\ntheme: material\nextra: {{version: 1.2, folder: images}}\nplugins: [search, {}]\n"
NOT_RENDERED = """\
## Part

`{{ version }}` is code, and {{ unknown }} is for another tool.

```yaml
run: ${{ version }} {{ folder }}
```

    {{ version }}
"""


def with_fragment(fragment: str, order: str, header: str = HEADER) -> dict[str, str | bytes]:
    """Write a site with macros, whose page shows a fragment, and is rendered itself."""
    return {
        "mkdocs.yml": MACROS.format(order),
        "docs/index.md": f"{header}# T\n\nSum: {{{{ 1 + 1 }}}}.\n\n[!include[f](../includes/f.md)]\n",
        "docs/again.md": f"{header}# A\n\n[!include[f](../includes/f.md)]\n",
        "includes/f.md": fragment,
        "docs/helm.md": f"{HEADER}# H\n\n[!include[g](../includes/g.md)]\n",
        "includes/g.md": "Since {{ version }}, the image is {{ .Values.image }}.\n",
    }


@pytest.mark.parametrize("order", ["macros, guidekit", "guidekit, macros"])
def test_braces_that_macros_does_not_know_are_left_alone(order: str, tmp_path: Path, build: Build) -> None:
    """Code, names that macros does not know, and pages that it does not render are no reason to say anything."""
    pytest.importorskip("mkdocs_macros")
    site, log = built(tmp_path, build, with_fragment(NOT_RENDERED, order), "--strict")
    assert "Sum: 2." in (site / "index.html").read_text(encoding="utf-8")
    assert "macros does not render" not in log
    header = HEADER.replace("ms.topic", "render_macros: false\nms.topic")
    site, log = built(tmp_path, build, with_fragment("## Part\n\nSince {{ version }}.\n", order, header), "--strict")
    assert "Sum: {{ 1 + 1 }}." in (site / "index.html").read_text(encoding="utf-8")
    assert "macros does not render" not in log


@pytest.mark.parametrize("order", ["macros, guidekit", "guidekit, macros"])
def test_fragment_that_macros_would_render_is_told_once(order: str, tmp_path: Path, build: Build) -> None:
    """A variable in a fragment stays as it is written, and a warning says so at its place, once for all its pages."""
    pytest.importorskip("mkdocs_macros")
    fragment = (
        f"{NOT_RENDERED.replace('{{ .Values.image }}', 'a value')}\nSince\n{{{{ version }}}}, in {{{{ folder }}}}.\n"
    )
    site, log = built(tmp_path, build, with_fragment(fragment, order))
    assert "Since\n{{ version }}" in (site / "index.html").read_text(encoding="utf-8")
    told = [line for line in log.splitlines() if "macros does not render" in line]
    why = (
        "macros does not render fragments, so 'folder' stays as it is written: write it on the page, or the text itself"
    )
    assert told == [f"WARNING -  guidekit: includes/f.md:11:1: {why}"]


@pytest.mark.parametrize("order", ["macros, guidekit", "guidekit, macros"])
def test_what_macros_renders_is_judged_and_published(order: str, tmp_path: Path, build: Build) -> None:
    """Alerts, includes and dead links that a macro makes are drawn and told as if the author had written them."""
    pytest.importorskip("mkdocs_macros")
    files = with_fragment("## Part\n\nOf the fragment.\n", order)
    page = f"{HEADER}# T\n\n{{% for name in ['tip', 'note'] %}}\n> [!{{{{ name | upper }}}}]\n> Of {{{{ name }}}}.\n\n{{% endfor %}}\n"
    files["docs/index.md"] = f"{page}[!include[f](../includes/{{{{ 'f' }}}}.md)]\n\n[dead]({{{{ 'gone' }}}}.md)\n"
    site, log = built(tmp_path, build, files)
    html = (site / "index.html").read_text(encoding="utf-8")
    assert all(text in html for text in ('class="admonition tip"', 'class="admonition note"', "Of the fragment."))
    assert [line for line in log.splitlines() if "gone.md" in line or "include-not-found" in line] == [
        line for line in log.splitlines() if "link to 'gone.md'" in line
    ]
    assert log.count("link to 'gone.md'") == 1


def monorepo(order: str) -> dict[str, str | bytes]:
    """Write a site that brings another one in, whose fragments lie within its content folder, and one beside it."""
    guide = GUIDE.replace("../../includes", "includes")
    return {
        "mkdocs.yml": f"{SETTINGS}nav:\n  - Home: index.md\n  - Part: '!include part/mkdocs.yml'\nplugins: [search, {order}]\n",
        "docs/index.md": f"{HEADER}# T\n\n[!include[note](../includes/note.md)]\n\n[part](part/guide.md#secrets)\n",
        "includes/note.md": "Of the root.\n",
        "part/mkdocs.yml": "site_name: part\nnav:\n  - Guide: guide.md\n  - Other: other.md\n",
        "part/docs/guide.md": f"{guide}\n[home](../index.md) ![A picture](view.png)\n",
        "part/docs/view.png": b"png",
        f"part/docs/includes/{GUID}.md": GUIDANCE.split("![")[0],
        "part/docs/other.md": f"{HEADER}# O\n\n> [!TIP]\n> Text.\n",
    }


@pytest.mark.parametrize("order", ["monorepo, guidekit", "guidekit, monorepo"])
def test_sites_that_monorepo_brings_in_are_pages(order: str, tmp_path: Path, build: Build) -> None:
    """Pages of another site are drawn, checked and in the catalogue as they lie in the whole site, with their fragments."""
    pytest.importorskip("mkdocs_monorepo_plugin")
    files = monorepo(order)
    lay_out(tmp_path, files, learn_repository=False)
    (tmp_path / "part/docs/outside.png").symlink_to("/etc/hostname")
    site, log = built(tmp_path, build, files)
    assert [line for line in log.splitlines() if "WARNING" in line or "ERROR" in line] == []
    assert "Of the root." in (site / "index.html").read_text(encoding="utf-8")
    assert 'class="admonition tip"' in (site / "part/other/index.html").read_text(encoding="utf-8")
    assert "guidekit-item" in (site / "part/guide/index.html").read_text(encoding="utf-8")
    catalogue = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    assert [(guide["url"], guide["items"]) for guide in catalogue["guides"]] == [("part/guide/", [GUID])]
    assert (site / "part/guide/checklist.xlsx").exists()
    assert (site / "part/guide.md").exists()
    assert not list(site.rglob("outside.png")) and not list(site.rglob(f"{GUID}*"))
    assert guidekit.Library.open(tmp_path).check().diagnostics == ()


@pytest.mark.parametrize("order", ["monorepo, guidekit", "guidekit, monorepo"])
def test_faults_of_sites_that_monorepo_brings_in_are_told(order: str, tmp_path: Path, build: Build) -> None:
    """A dead link, and an include from beside the content folder of another site, are told once, and the build fails."""
    pytest.importorskip("mkdocs_monorepo_plugin")
    files = monorepo(order)
    files["part/docs/other.md"] = f"{HEADER}# O\n\n[dead](gone.md)\n\n[!include[x](../includes/x.md)]\n"
    files["part/includes/x.md"] = "Text.\n"
    _, log = built(tmp_path, build, files)
    told = [line for line in log.splitlines() if line.startswith(("WARNING", "ERROR"))]
    assert [line.split(": ")[1] for line in told[:2]] == ["docs/part/other.md:9:1", "docs/part/other.md:11:1"]
    assert "include-not-found" in told[1]


def test_content_beside_the_settings_file_is_refused_with_a_way_out(tmp_path: Path, build: Build) -> None:
    """A docs_dir above or beside the settings file's folder ends the build, and a command, with what to do."""
    files: dict[str, str | bytes] = {
        "web/mkdocs.yml": f"{SETTINGS}docs_dir: ../docs\n{PLUGINS}",
        "docs/index.md": f"{HEADER}# T\n",
    }
    lay_out(tmp_path, files, learn_repository=False)
    ended = build(tmp_path / "web")
    assert ended.returncode == 1
    assert "must lie below the settings file's folder" in ended.stderr
    assert "move the settings file up" in ended.stderr
    with pytest.raises(guidekit.SettingsError, match="below the settings file"):
        guidekit.Library.open(tmp_path / "web")


def test_matrix_of_plugins_names_what_is_tried(project: Path) -> None:
    """The table in the documentation has each plugin that the tests install, and a version that they allow."""
    groups = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    wanted = [Requirement(one) for one in (*groups["site"], *groups["test"]) if isinstance(one, str)]
    plugins = {one.name: one.specifier for one in wanted if one.name == "mike" or one.name.startswith("mkdocs-")}
    page = (project / "content/contribute/your-site.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `[^|]+\| ([^|`]+) \| ([\d., ]+) \| [^|]+\|$", page, re.MULTILINE)
    versions = {
        name: version for names, told in rows for name, version in zip(names.split(", "), told.split(", "), strict=True)
    }
    assert versions.keys() == plugins.keys()
    assert all(plugins[name].contains(version) for name, version in versions.items())
