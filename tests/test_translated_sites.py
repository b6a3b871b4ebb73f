"""Beside static-i18n: each language is a site of its own, with its catalogue, its downloads and its addresses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from case import lay_out
from site_build import Build

import guidekit

GUID, OWN_GUID = "33fe1493-7dbd-48de-ab6a-d6635c9c7c68", "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
STRUCTURES = pytest.mark.parametrize("structure", ["suffix", "folder"])
HEADER = "---\ntitle: {}\ndescription: D.\nms.topic: article\n---\n\n# {}\n\n"
HOME = "[g](guide.md) [sheet](guide/checklist.xlsx) [data](catalogue.json) ![A view](i.png)\n"
GUIDE = HEADER.replace("ms.topic", "ms.custom: Is it so?\nms.topic") + (
    "<!-- {} -->\n[!include[{}]({}includes/{}.md)]\n\n[o](other.md#part) [home](index.md)\n"
)
FAQ = (
    "### YamlMime:FAQ\ntitle: {0}\nmetadata: {{title: {0}, description: D.}}\n"
    "sections:\n- questions:\n  - {{question: What?, answer: '[That](guide.md).'}}\n"
)
GUIDANCE = (
    "## {}\n\nKeep them in a vault that logs each access, look at the log once a month, and tell the owner of each.\n"
)


def files(structure: str, *, first: bool, more: str = "") -> dict[str, str | bytes]:
    """Write a site in English, French and German, of which the last is not translated at all."""
    i18n = (
        f"  - i18n:\n      docs_structure: {structure}\n      languages:\n"
        "        - {locale: en, default: true, name: English}\n"
        "        - {locale: fr, name: Français, site_name: Le site}\n        - {locale: de, name: Deutsch}\n"
    )
    ours = f"  - guidekit:\n      reports: state\n      glossary: {named('terms', 'en', structure, inside='')}\n"
    plugins = i18n + ours if first else ours + i18n
    settings = "site_name: Site\nsite_url: https://example.org/t/\ntheme:\n  name: material\nplugins:\n  - search\n"
    up = "../" if structure == "suffix" else "../../"
    texts = {
        named("index", "en", structure): HEADER.format("Home", "Home") + HOME,
        named("index", "fr", structure): HEADER.format("Accueil", "Accueil") + HOME,
        named("guide", "en", structure): GUIDE.format("Guide", "Guide", "Secrets are kept", GUID, up, GUID),
        named("guide", "fr", structure): GUIDE.format("Le guide", "Le guide", "Secrets gardés", OWN_GUID, up, OWN_GUID),
        named("other", "en", structure): HEADER.format("Other", "Other") + f"[g](guide.md)\n\n## Part\n\nText.\n{more}",
        named("terms", "en", structure): HEADER.format("Terms", "Terms") + "## RPO\n\nTime.\n",
        named("terms", "fr", structure): HEADER.format("Termes", "Termes") + "## RPO\n\nTemps.\n",
        named("faq", "en", structure, ".yml"): FAQ.format("Questions"),
        named("faq", "fr", structure, ".yml"): FAQ.format("Les questions"),
        f"includes/{GUID}.md": GUIDANCE.format("Secrets"),
        f"includes/{OWN_GUID}.md": GUIDANCE.format("Les secrets"),
    }
    return {"mkdocs.yml": settings + plugins, named("i", "en", structure, ".png"): b"png", **texts}


def named(name: str, language: str, structure: str, ending: str = ".md", inside: str = "docs/") -> str:
    """Name a file as its language asks for it."""
    if structure == "folder":
        return f"{inside}{language}/{name}{ending}"
    return f"{inside}{name}{'' if language == 'en' else f'.{language}'}{ending}"


@STRUCTURES
@pytest.mark.parametrize("first", [True, False], ids=["i18n first", "i18n last"])
def test_each_language_is_a_site_of_its_own(structure: str, first: bool, tmp_path: Path, build: Build) -> None:
    """Catalogue, downloads, Markdown, llms.txt and reports lie beside the home page of each language, and are its own."""
    lay_out(tmp_path, files(structure, first=first), learn_repository=False)
    ended = build(tmp_path, "--strict")
    assert ended.returncode == 0, ended.stderr
    site = tmp_path / "site"
    for folder, guid, title, text in (
        ("", GUID, "Guide", "Secrets are kept"),
        ("fr/", OWN_GUID, "Le guide", "Secrets gardés"),
        ("de/", GUID, "Guide", "Secrets are kept"),
    ):
        address = f"https://example.org/t/{folder}"
        catalogue = json.loads((site / folder / "catalogue.json").read_text(encoding="utf-8"))
        assert [guide["url"] for guide in catalogue["guides"]] == [f"{address}guide/"]
        assert [(one, item["text"]) for one, item in catalogue["items"].items()] == [(guid, text)]
        assert catalogue["$schema"] == f"{address}catalogue.schema.json"
        assert (site / folder / "catalogue.schema.json").exists()
        assert text in (site / folder / "guide/checklist.csv").read_text(encoding="utf-8-sig")
        assert (site / folder / "guide/checklist.xlsx").exists()
        assert (site / folder / "state/index.html").exists()
        listed = (site / folder / "llms.txt").read_text(encoding="utf-8")
        assert f"- [{title}]({address}guide.md)" in listed
        assert ("# Le site\n" if folder == "fr/" else "# Site\n") in listed
        markdown = (site / folder / "guide.md").read_text(encoding="utf-8")
        assert f"url: {address}guide/\n" in markdown
        assert "[o](other.md#part) [home](index.md)" in markdown
        html = (site / folder / "guide/index.html").read_text(encoding="utf-8")
        assert f'rel="canonical" href="{address}guide/"' in html
        assert ("Vorhanden" in html) is (folder == "de/")
        assert all(f'href="{link}"' in html for link in ("checklist.xlsx", "../other/#part"))
        home = (site / folder / "index.html").read_text(encoding="utf-8")
        assert all(f'href="{link}"' in home for link in ("guide/", "guide/checklist.xlsx", "catalogue.json"))
        assert home.count("assets/guidekit.css") == 1
        asked = (site / folder / "faq/index.html").read_text(encoding="utf-8")
        assert ("Les questions" in asked) is (folder == "fr/")
        assert '<a href="../guide/">That</a>' in asked
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not [name for name in names if re.match(r"en/|(?!assets/).*\.fr\b|fr/fr/", name)]
    assert guidekit.Library.open(tmp_path).check().diagnostics == ()
    guides = guidekit.Library.open(tmp_path).catalogue().guides
    assert {guide.url for guide in guides} == {"https://example.org/t/guide/", "https://example.org/t/fr/guide/"}


@pytest.mark.parametrize(("structure", "first"), [("suffix", True), ("folder", False)])
def test_finding_on_a_page_of_several_languages_is_told_once(
    structure: str, first: bool, tmp_path: Path, build: Build
) -> None:
    """A fault on a page that is not translated is told once, and an error fails the build after all languages."""
    more = "\n[gone](gone.md)\n\n[!include[x](../includes/none.md)]\n"
    lay_out(tmp_path, files(structure, first=first, more=more), learn_repository=False)
    ended = build(tmp_path)
    told = [line for line in ended.stderr.splitlines() if "gone.md" in line or "none.md" in line]
    assert len(told) == 2, ended.stderr
    assert ended.returncode == 1
    assert ended.stderr.count("guidekit: checked") == 3 + 1
    assert (tmp_path / "site/de/llms.txt").exists()
