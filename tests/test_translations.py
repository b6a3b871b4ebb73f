"""The languages of a site by the names of its files, and the addresses of what is published elsewhere."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidekit.layout import Layout
from guidekit.library.library import Library
from guidekit.library.publication import Publication
from guidekit.settings import Settings
from guidekit.translations import Translations

SUFFIX = Translations(structure="suffix", languages=frozenset({"en", "fr", "pt-BR"}), default="en")
FOLDER = Translations(structure="folder", languages=frozenset({"en", "fr", "pt-BR"}), default="en")
GUIDE = (
    "---\nms.custom: Is it so?\nms.topic: article\n---\n<!-- Secrets are kept -->\n[!include[a](../includes/a.md)]\n"
)

NAMES = st.lists(
    st.sampled_from(
        ["a", "fr", "en", "fr.md", "a.fr.md", ".fr.md", "a..md", "a.b.fr.md", "..fr", "README.fr.md", "ü.fr.png"]
    ),
    min_size=1,
    max_size=3,
).map(lambda parts: PurePosixPath(*parts))


@pytest.mark.parametrize(
    ("known", "file", "language", "published"),
    [
        (SUFFIX, "guide.md", "", "guide.md"),
        (SUFFIX, "guide.en.md", "en", "guide.md"),
        (SUFFIX, "a/guide.fr.md", "fr", "fr/a/guide.md"),
        (SUFFIX, "guide.pt-BR.md", "pt-BR", "pt-BR/guide.md"),
        (SUFFIX, "guide.de.md", "", "guide.de.md"),
        (SUFFIX, "fr/guide.md", "", "fr/guide.md"),
        (SUFFIX, "fr.md", "", "fr.md"),
        (SUFFIX, "view.fr.png", "fr", "fr/view.png"),
        (FOLDER, "en/guide.md", "en", "guide.md"),
        (FOLDER, "fr/guide.md", "fr", "fr/guide.md"),
        (FOLDER, "de/guide.md", "", "de/guide.md"),
        (FOLDER, "a/fr/guide.md", "", "a/fr/guide.md"),
        (FOLDER, "guide.fr.md", "", "guide.fr.md"),
    ],
)
def test_language_is_told_by_the_name(known: Translations, file: str, language: str, published: str) -> None:
    """A suffix or a topmost folder is a language only if the site has it; the default one is published without it."""
    path = PurePosixPath(file)
    assert known.language(path) == language
    assert known.published_as(path) == PurePosixPath(published)


@given(st.sampled_from([SUFFIX, FOLDER]), NAMES, NAMES)
def test_any_name_has_an_address_and_candidates(known: Translations, file: PurePosixPath, base: PurePosixPath) -> None:
    """Whatever files are called, each stays within the site, and a link may always mean the file that it names."""
    candidates = list(known.candidates(file, base))
    assert file in candidates
    assert not any(".." in path.parts or path.is_absolute() for path in (*candidates, known.published_as(file)))


@pytest.mark.parametrize(
    ("page", "address", "name", "markdown", "sheet"),
    [
        ("docs/guide.fr.md", "fr/guide/", "guide", "fr/guide.md", "fr/guide/checklist.xlsx"),
        ("docs/index.fr.md", "fr/", "index", "fr/index.md", "fr/checklist.xlsx"),
        ("docs/README.fr.md", "fr/", "index", "fr/index.md", "fr/checklist.xlsx"),
        ("docs/guide.fr.md", "fr/guide.html", "guide", "fr/guide.md", "fr/guide/checklist.xlsx"),
        ("docs/index.fr.md", "fr/index.html", "index", "fr/index.md", "fr/index/checklist.xlsx"),
        ("docs/en/index.md", "", "", "index.md", "checklist.xlsx"),
        ("docs/posts/p.md", "2026/p/", "", "2026/p.md", "2026/p/checklist.xlsx"),
        ("docs/guide.md", None, "", "guide.md", "guide/checklist.xlsx"),
    ],
)
def test_what_belongs_to_a_page_lies_beside_its_address(
    page: str, address: str | None, name: str, markdown: str, sheet: str
) -> None:
    """A page's Markdown and its downloads are published where the host publishes the page, under its own name."""
    path = PurePosixPath(page)
    texts = {
        path: GUIDE.replace("../", "../" * (len(path.parts) - 1)),
        PurePosixPath("includes/a.md"): "## A\n\nText.\n",
    }
    library = Library(
        read=texts.get,
        files=texts,
        layout=Layout(content="docs", directory_urls=not (address or "").endswith(".html")),
        settings=Settings(),
        publication=Publication(
            addresses={} if address is None else {path: address}, names={path: name} if name else {}, home="fr/"
        ),
    )
    assert library.markdown_url(path) == markdown
    made = {made.name: library.file_url(made) for _, made in library.outputs_of(path)}
    assert made["checklist.xlsx"] == sheet
    assert made["checklist.md"] == sheet.replace("xlsx", "md")
    assert library.url(PurePosixPath("docs/catalogue.json")) == "fr/catalogue.json"
