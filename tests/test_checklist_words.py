"""The words of a checklist in other languages: complete, and all that readers see."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from case import lay_out
from checklist_site import DRILL, FILES, VAULT, button, download, entry, give, press
from playwright.sync_api import Browser, Page, expect
from site_build import build_strictly
from web_server import serve

from guidekit.checklist_words import LANGUAGES, TEXTS
from guidekit.settings import Settings, SettingsError

MADE = {f"{severity} severity" for severity in ("High", "Medium", "Low")}
"""Texts that the code puts together."""


def said(project: Path) -> Iterator[str]:
    """List what the code says: the first argument of each call of ``say`` that is a text, and what it hands to a dialog."""
    for path in (project / "plugins/guidekit/rendering").glob("checklist_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(first.value)
    for name in ("checklist.js", "checklist-tools.js", "checklist-files.js", "checklist-overview.js"):
        script = (project / "plugins/guidekit/assets" / name).read_text(encoding="utf-8")
        yield from re.findall(r'\b(?:say\(|yes: |no: |label: )"([^"]+)"', script)


def test_all_that_is_said_has_a_place_among_the_words(project: Path) -> None:
    """Each text that the code says can be translated, and none can that the code does not have."""
    assert sorted(set(said(project)) - set(TEXTS)) == []
    folder = project / "plugins/guidekit"
    files = [
        *(folder / "rendering").glob("checklist_*.py"),
        folder / "rendering/fillable_sheet.py",
        folder / "syntax/yaml_page/link_kind.py",
        *(folder / "assets").glob("checklist*.js"),
    ]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert [
        text for text in TEXTS if text not in code and text not in MADE and text not in ("High", "Medium", "Low")
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_is_complete(language: str) -> None:
    """A language has each text once, with the same gaps to be filled in, and with a form for each kind of number."""
    words = LANGUAGES[language]
    assert set(words) == set(TEXTS)
    for english, text in words.items():
        forms = text.split("|")
        assert len(forms) == (2 if language == "de" and "|" in english else 1), english
        for form in forms:
            assert set(re.findall(r"\{\d\}", form)) == set(re.findall(r"\{\d\}", english)), english


def test_words_of_one_s_own_go_before_those_of_a_language() -> None:
    """A mapping may start from a language and say some of it otherwise; without one, the rest stays English."""
    settings = Settings.from_mapping({"words": {"language": "de", "Gap": "Offen"}})
    assert (settings.words["Gap"], settings.words["In place"]) == ("Offen", "Vorhanden")
    assert Settings.from_mapping({"words": {"Gap": "Open"}}).words == {"Gap": "Open"}
    assert Settings.from_mapping({"words": "ja"}).words == LANGUAGES["ja"]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("fr", "'fr' is not one of de, ja: give your own texts by the English ones"),
        ({"Gaps": "Offen"}, "'Gaps' is no text of a checklist; did you mean 'Gap'?"),
        ({"Gap": " "}, "'Gap' has no text in your language: ' '"),
        ({"Gap": 3}, "'Gap' has no text in your language: '3'"),
        (["de"], "expected a language or a mapping of English texts to your own"),
    ],
)
def test_words_that_cannot_be_used_are_refused(value: object, problem: str) -> None:
    """An unknown language, a text that no checklist says and an empty translation are errors."""
    with pytest.raises(SettingsError, match=re.escape(problem)):
        Settings.from_mapping({"words": value})


@pytest.fixture(params=["de", "ja"])
def translated(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[tuple[str, Page]]:
    """Open a guide of a site in another language."""
    language = str(request.param)
    settings = f"""
site_name: Site
docs_dir: content
theme: {{name: material, font: false, language: {language}}}
plugins: [search, guidekit: {{overview: all.md, words: {language}, services: {{aks: A, blob: B, keys: C, cross-service: D}}}}]
"""
    root = lay_out(tmp_path, {**FILES, "mkdocs.yml": settings})
    build_strictly(root)
    with serve(root / "site") as server:
        page = browser.new_page(locale=language)
        page.goto(f"{server.address}guide/")
        yield language, page
        page.close()


def test_site_speaks_its_language(translated: tuple[str, Page]) -> None:
    """Form, plan, tools, dialogs and sentences of a site are in its language, and none of the English texts is left."""
    language, page = translated
    words = LANGUAGES[language]
    entry(page, VAULT).get_by_label(words["Gap"], exact=True).check()
    entry(page, DRILL).get_by_label(words["In place"], exact=True).check()
    status = {
        "de": "2 von 4 beantwortet: 1 vorhanden, 1 Lücke, 0 nicht nötig",
        "ja": "4 件中 2 件に回答: 実施済み 1 件, 不足 1 件, 対象外 0 件",
    }
    expect(page.locator(".guidekit-checklist__status")).to_have_text(status[language])
    button(page, "Print plan")
    expect(page.locator(".guidekit-plan__about")).not_to_be_empty()
    press(page, "Compare")
    expect(page.locator(".guidekit-notice")).to_contain_text(
        words[
            "There is nothing to compare yet. Keep today's answers, and compare them with later ones, or add a workload."
        ]
    )
    for path in ("guide/", "all/"):
        page.goto(page.url.replace("guide/", path))
        page.wait_for_function("customElements.get('guidekit-checklist').files")
        text = page.evaluate(
            "[...document.querySelectorAll('guidekit-checklist, .guidekit-check')].map(it => it.textContent).join('\\n')"
        )
        english = [text for text in TEXTS if words[text] != text and len(text) > 3 and "{" not in text]
        assert [word for word in english if re.search(rf"\b{re.escape(word)}\b", text)] == []


def test_files_of_a_translated_site_come_back(translated: tuple[str, Page]) -> None:
    """Files have the site's words, and are read with these and with the English ones."""
    language, page = translated
    words = LANGUAGES[language]
    entry(page, VAULT).get_by_label(words["Not required"], exact=True).check()
    for tool in ("CSV", "Markdown", "Excel"):
        name, content = download(page, tool)
        if tool == "CSV":
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            assert rows[0][2] == words["Status"] and rows[1][1:3] == [words["High"], words["Not required"]]
        give(page, name, content)
        page.locator(".guidekit-dialog button[value='New workload']").click()
        expect(page.locator(f"li[data-guid='{VAULT}'] [value=r]")).to_be_checked()
    give(page, "a.csv", f"GUID,Status\n{DRILL},Gap\n".encode())
    page.locator(".guidekit-dialog button[value='Merge']").click()
    expect(page.locator(f"li[data-guid='{DRILL}'] [value=g]")).to_be_checked()
