"""The terms of a glossary: their names, where a text uses them, and what that costs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from markdown_it.token import Token

import guidekit
from guidekit.library import glossary
from guidekit.library.glossary import Glossary, Term
from guidekit.rendering import terms

ContentSet = Callable[[dict[str, str | bytes]], Path]

NAMES = {
    "one": ("Backup vault", ["Backup vault"]),
    "brackets": ("RPO (recovery point objective)", ["RPO", "recovery point objective"]),
    "list": ("LRS, ZRS, GRS, and GZRS", ["LRS", "ZRS", "GRS", "GZRS"]),
    "list with or": ("Backup, or copy", ["Backup", "copy"]),
    "slash": ("SLA / SLO", ["SLA", "SLO"]),
    "slash without blanks": ("CI/CD", ["CI/CD"]),
    "and alone": ("Backup and restore", ["Backup and restore"]),
    "twice": ("RPO (RPO)", ["RPO"]),
    "digits and hyphens": ("3-2-1 rule", ["3-2-1 rule"]),
    "one letter": ("A", []),
    "no letter": ("?", []),
    "sign at its end": ("What is a backup?", []),
    "sentence": ("a b c d e f g h i j k", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("heading", "names"), NAMES.values(), ids=NAMES)
def test_names_are_read_off_a_heading(heading: str, names: list[str]) -> None:
    """A heading gives the names by which its term is looked for, and none that no text could use as whole words."""
    assert list(glossary.names(heading)) == names


USES = {
    "capital at the start": ("Backup works.", ["Backup"]),
    "capitals throughout": ("the BACKUP works", ["BACKUP"]),
    "capital before": ("Azure Backup", []),
    "capital behind": ("Backup Contributor", []),
    "capital in a line before": ("Azure\nBackup", []),
    "capital behind a comma": ("Azure, Backup, Restore", ["Backup"]),
    "capital two blanks away": ("Azure  Backup", ["Backup"]),
    "lower case beside a capital": ("Azure backup Contributor", ["backup"]),
    "abbreviation beside a capital": ("Azure RPO Tool", ["RPO"]),
    "abbreviation in lower case": ("rpo Rpo RPOS", []),
    "plural": ("backups RPOs DNS backup vaults", ["backups", "RPOs", "DNS", "backup vaults"]),
    "no plural of a name in s": ("DNSs", []),
    "longest": ("backup vault, backup, vault", ["backup vault", "backup", "vault"]),
    "longest over a line": ("backup\nvault", ["backup\nvault"]),
    "longest with another blank": ("backup\u00a0vault", ["backup\u00a0vault"]),
    "shorter where the longest ends amid a word": ("backup vaulted", ["backup"]),
    "longest is a name": ("Azure Backup vault", []),
    "hyphen": ("pre-backup backup-only backup- re\u2011backup", []),
    "dot": ("backup.md my.backup", []),
    "end of a sentence": ("backup. (backup) \u201cbackup\u201d", ["backup"] * 3),
    "possessive": ("a backup's end", ["backup"]),
    "slash": ("RPO/DNS", ["RPO", "DNS"]),
    "letters of another script": ("größen GRÖSSEN", ["größen", "GRÖSSEN"]),
    "letter that is two in lower case": ("\u0130 backup", ["backup"]),
    "nothing": ("", []),
}


def glossary_of(*entries: tuple[str, ...]) -> Glossary:
    """Make a glossary of entries with these names, each entry's first one its id."""
    made = (Term(names=names, id=names[0], definition="") for names in entries)
    return Glossary(page=PurePosixPath("content/glossary.md"), entries=tuple(made))


TERMS = glossary_of(("Backup",), ("Backup vault",), ("Vault",), ("RPO",), ("DNS",), ("Größe", "Größen"))


@pytest.mark.parametrize(("text", "used"), USES.values(), ids=USES)
def test_uses_are_found_in_a_text(text: str, used: list[str]) -> None:
    """A text uses a term where one of its names stands as whole words, and not as part of another name."""
    assert [text[use.start : use.end] for use in TERMS.uses(text)] == used


def test_first_of_two_entries_has_their_common_name() -> None:
    """Where two terms claim a name, the one that comes first in the glossary is meant."""
    (use,) = glossary_of(("first", "copy"), ("second", "copy")).uses("A copy.")
    assert use.entry.id == "first"


LEVELS = {
    "level 3": ("# G\n\n## A\n\ntext\n\n### Backup\n\nb\n\n#### RPO\n\nc\n", ["Backup"]),
    "level 2": ("# G\n\n## Backup\n\nb\n\n#### RPO\n\nc\n", ["Backup"]),
    "several titles": ("---\ntitle: G\n---\n# A\n\n## Backup\n\nb\n\n# R\n\n## RPO\n\nc\n", ["Backup", "RPO"]),
    "title in the header": ("---\ntitle: G\n---\n## Backup\n\nb\n", ["Backup"]),
    "no text": ("## Backup\n\n## RPO\n\n<!-- none -->\n\n```\ncode\n```\n\n### \n\n", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "names"), LEVELS.values(), ids=LEVELS)
def test_terms_are_the_headings_of_one_level(content_set: ContentSet, text: str, names: list[str]) -> None:
    """The headings of level 3 with text below them are the terms, or those of level 2 where there are none."""
    library = guidekit.Library.open(content_set({"content/g.md": text}), {"glossary": "g.md"})
    assert library.library.glossary is not None
    assert [entry.names[0] for entry in library.library.glossary.entries] == names


def test_id_of_a_term_is_the_one_that_is_published(content_set: ContentSet) -> None:
    """Two headings alike have ids of their own, and the heading's own anchor counts."""
    text = (
        '## a\n\n### RPO\n\nb\n\n### RPO (x)\n\nc\n\n### <a name="own"></a>Backup\n\nd\n\n### A\n\n### Recovery\n\ne\n'
    )
    library = guidekit.Library.open(content_set({"content/g.md": text}), {"glossary": "g.md"})
    assert library.library.glossary is not None
    assert [entry.id for entry in library.library.glossary.entries] == ["rpo", "rpo-x", "own", "recovery"]


@pytest.mark.parametrize(
    "name", ["none.md", "../includes/x.md", "/etc/passwd", "includes/y.md", "a.txt", "a\0.md", "."]
)
def test_glossary_that_is_no_page_is_refused(content_set: ContentSet, name: str) -> None:
    """A setting that names no page of the content folder is told by its name when the content set is opened."""
    files = {"content/page.md": "", "content/includes/y.md": "", "content/a.txt": "", "includes/x.md": ""}
    with pytest.raises(guidekit.SettingsError, match=r"setting 'glossary': there is no page") as caught:
        guidekit.Library.open(content_set(files), {"glossary": name})
    assert caught.value.key == "glossary"


def test_glossary_that_cannot_be_read_has_no_terms(content_set: ContentSet) -> None:
    """A glossary that is no text is a finding, and the other pages are rendered."""
    library = guidekit.Library.open(content_set({"content/g.md": b"\0", "content/p.md": "RPO\n"}), {"glossary": "g.md"})
    assert [item.code for item in library.check().diagnostics if item.severity is guidekit.Severity.ERROR] == [
        "file-unreadable"
    ]
    assert guidekit.render(library, "content/p.md").html == "<p>RPO</p>\n"


def test_page_that_is_not_a_learn_page_is_left_alone(content_set: ContentSet) -> None:
    """A page that Python-Markdown reads gets no links."""
    files = {"content/g.md": "## RPO\n\nx\n", "content/p.md": "---\nlearn: false\n---\nRPO\n"}
    library = guidekit.Library.open(content_set(files), {"glossary": "g.md"})
    assert "<a" not in guidekit.render(library, "content/p.md").html


def test_fragment_is_linked_on_each_page_and_stays_as_it_is(content_set: ContentSet) -> None:
    """A fragment that two pages show has a link on both, in the text as it was parsed none."""
    files = {
        "content/g.md": "## RPO\n\nx\n",
        "content/a.md": "[!include[x](../includes/x.md)]\n",
        "content/b/c.md": "RPO\n\n[!include[x](../../includes/x.md)]\n",
        "includes/x.md": "An RPO.\n",
    }
    library = guidekit.Library.open(content_set(files), {"glossary": "g.md"})
    term = '<a class="guidekit-term" href="{}g/#rpo" title="x">RPO</a>'
    for _ in range(2):
        assert guidekit.render(library, "content/a.md").html == f"<p>An {term.format('../')}.</p>\n"
        assert guidekit.render(library, "content/b/c.md").html == f"<p>{term.format('../../')}</p>\n<p>An RPO.</p>\n"


LENGTH = 300_000
LONG = {
    "one word": "a" * LENGTH,
    "one word of hyphens": "a-" * (LENGTH // 2),
    "one word of dots": "a." * (LENGTH // 2),
    "beginnings of a name": "recovery point " * (LENGTH // 15),
    "words of a name": "a " * (LENGTH // 2),
    "names": "RPO " * (LENGTH // 4),
    "capitals": "Backup " * (LENGTH // 7),
    "blanks within a name": "backup" + " " * LENGTH + "vault",
    "links that open": "<a href=" * (LENGTH // 8),
    "tags that open": "<a " * (LENGTH // 3),
    "comments that open": "<!-- <a " * (LENGTH // 8),
}
"""A square of these would take hours."""

CROWDED = glossary_of(
    *((name,) for name in ("RPO", "recovery point objective", "a a a a a a a a a b", "backup vault")),
    *((f"a b{number}",) for number in range(30_000)),
)


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("pieces", [1, 10_000])
def test_long_text_is_linked_to_the_end(text: str, pieces: int) -> None:
    """A long text of one pattern, in one piece or in many, is gone through in seconds, with ever so many names."""
    size = len(text) // pieces + 1
    children = [Token("text", "", 0, content=text[at : at + size]) for at in range(0, len(text), size)]
    body = [Token("inline", "", 0, children=children), Token("html_block", "", 0, content=text)]
    linked = list(terms.link(body, CROWDED, "g.md"))
    assert "".join(child.content for child in linked[0].children or ()) == text
    assert linked[1] is body[1]
