"""Retired items: off their pages, their fragments gone, another GUID in their place, and all else as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from test_new import FILES, FRAGMENT, NEW, PAGE, PLAN, TEST, findings, run, texts

from guidekit import Library
from guidekit.authoring import RefusedError
from guidekit.authoring.settings_file import SettingsFile
from guidekit.disk.settings_files import open_content_set

ContentSet = Callable[[dict[str, str | bytes]], Path]

PUBLISHED = json.dumps({"items": {guid: {} for guid in (PLAN, TEST)}})
KEPT: dict[str, str | bytes] = {
    **FILES,
    "mkdocs.yml": "docs_dir: content\nplugins:\n  - guidekit:\n      published: includes/catalogue.json\n",
    "includes/catalogue.json": PUBLISHED,
    "content/other.md": f"# Other\n\nSee [it](guide.md#{PLAN}).\n",
}

SETTINGS = [
    "plugins: [guidekit]",
    "plugins: [search, guidekit, tags]",
    "plugins: [search, guidekit: {published: x.json}]",
    "plugins: [{guidekit: {aliases: {}}}]",
    "plugins: {search: {}, guidekit: {}}",
    "plugins: {search: , guidekit: }",
    f"plugins: [{{guidekit: {{aliases: {{{TEST}: {PLAN}}}}}}}]",
    "plugins:\n- search # first\n- guidekit # second\n- tags",
    "plugins:\n  - guidekit",
    "plugins:\n  - guidekit: # ours\n  - tags",
    "plugins:\n  - guidekit: null",
    "plugins:\n  guidekit:\n  tags:",
    "plugins:\n  guidekit:\n    # of the words\n    glossary: '' # none\n\n    # the last\n  tags:",
    "plugins:\n  - guidekit:\n      known_keys:\n      - a # one\n      # end\n\nextra: 1",
    "plugins:\n  - guidekit:\n      feedback: >-\n        https://example.com\n\n\nextra: 1",
    "plugins:\n  - guidekit:\n      aliases: # of old\n      published: x.json",
    "plugins:\n  - guidekit:\n      aliases: {}\n      published: x.json",
    f"plugins:\n  - guidekit:\n      aliases:\n        # moved\n        {TEST.upper()}: {PLAN} # why\n      published: ''",
    f"plugins:\n  - guidekit:\n      aliases:\n        '{TEST}': \"{PLAN}\"",
]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("written", SETTINGS)
def test_alias_is_added_and_nothing_else_changes(tmp_path: Path, written: str, ending: str) -> None:
    """Wherever the settings stand, the alias joins them; comments, tags and line endings stay to the byte."""
    head = "site_url: !ENV [SITE, 'https://x'] # tagged\nextra_fn: !!python/name:a.b\ndocs_dir: content\n\n"
    text = f"\ufeff{head}{written}\n# end\n".replace("\n", ending)
    made = SettingsFile("mkdocs.yml", text).with_alias(PLAN, NEW)
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_bytes(made.encode())
    aliases = open_content_set(tmp_path).settings.aliases
    assert aliases == ({TEST: NEW, PLAN: NEW} if TEST in written.lower() else {PLAN: NEW})
    assert made.count("\n") == made.count(ending)
    before, after = text.split(ending), made.split(ending)
    assert all("uidekit" in line or "aliases" in line or PLAN in line for line in before if line not in after)
    assert [line.partition("#")[2] for line in after if "#" in line] == [
        line.partition("#")[2] for line in before if "#" in line
    ]


@pytest.mark.parametrize(
    "written",
    ["plugins: [search]", "nav: []", "a: &x {guidekit: }\nplugins: *x\nb: *x", "INHERIT: base.yml", ""],
)
def test_alias_without_a_place_is_refused(written: str) -> None:
    """Where guidekit's settings stand elsewhere, the author is told what to write there."""
    with pytest.raises(RefusedError, match=f"by hand: 'aliases: {{{PLAN}: {NEW}}}'"):
        SettingsFile("mkdocs.yml", written).with_alias(PLAN, NEW)


def test_retired_item_leaves_page_and_folder_and_keeps_its_answers(content_set: ContentSet) -> None:
    """Comment, include and fragment go, the alias stands, the check misses nothing, and links to it are named."""
    root = content_set(KEPT)
    before = findings(root)
    result = run(root, "retire", PLAN.upper(), "--alias", TEST)
    assert result.exit_code == 0
    assert result.stdout == f"changed mkdocs.yml\nchanged content/guide.md\nremoved includes/aar/{PLAN}.md\n"
    assert result.stderr == "content/other.md:3:5: this link leads to the item: lead it elsewhere\n"
    item = f"<!-- Plan -->\n[!INCLUDE [{PLAN}](../includes/aar/{PLAN}.md)]\n\n"
    assert (root / "content/guide.md").read_text() == PAGE.replace(item, "")
    assert sorted(findings(root)) == sorted([*before, "content/other.md bookmark-not-found"])
    assert Library.open(root).settings.aliases == {PLAN: TEST}


def test_fragment_that_another_text_shows_stays(content_set: ContentSet) -> None:
    """A fragment is removed only where nothing shows it any more."""
    shown = f"# Other\n\nText [!include[plan](../includes/aar/{PLAN}.md)]\n"
    root = content_set({**KEPT, "content/other.md": shown})
    assert run(root, "retire", PLAN, "--alias", TEST).exit_code == 0
    assert (root / f"includes/aar/{PLAN}.md").exists()


@pytest.mark.parametrize(
    ("page", "left"),
    [
        (f"Text.\n\n[!include[x](../includes/aar/{PLAN}.md)]\n\n\nMore.\n", "Text.\n\nMore.\n"),
        (f"Text.\n<!-- Plan -->\n[!include[x](../includes/aar/{PLAN}.md)]\nMore.\n", "Text.\nMore.\n"),
        (f"Text. <!-- Plan -->\n[!include[x](../includes/aar/{PLAN}.md)]\n\nMore.\n", "Text.\n\nMore.\n"),
        (f"- [!include[x](../includes/aar/{PLAN}.md)]\n- more\n", "- more\n"),
        (f"1. <!-- Plan -->\n   [!include[x](../includes/aar/{PLAN}.md)]\n2. more\n", "2. more\n"),
        (f"> <!-- Plan -->\n> [!include[x](../includes/aar/{PLAN}.md)]\n", ""),
        (f"Text.\n\n<!-- Plan -->\n[!include[x](../includes/aar/{PLAN}.md)]", "Text."),
        (f"Text.\r\n\r\n<!--\r\nPlan\r\n-->\r\n\r\n[!include[x](../includes/aar/{PLAN}.md)]\r\n", "Text.\r\n"),
    ],
)
def test_item_leaves_no_trace(content_set: ContentSet, page: str, left: str) -> None:
    """What stood only for the item goes with it, and the text around it stays to the byte."""
    start = "# Guide\r\n\r\n" if "\r" in page else "# Guide\n\n"
    root = content_set({**FILES, "content/guide.md": start + page})
    assert run(root, "retire", PLAN).exit_code == 0
    after = (root / "content/guide.md").read_bytes().decode()
    assert after.rstrip() == (start + left).rstrip()
    assert after.endswith(left[-1:] or "\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([NEW], f"there is no item '{NEW}'"),
        ([PLAN, "--alias", NEW], f"the alias '{NEW}' is no item that stays"),
        ([PLAN, "--alias", PLAN], f"the alias '{PLAN}' is no item that stays"),
    ],
)
def test_what_cannot_be_retired_is_refused(content_set: ContentSet, arguments: list[str], message: str) -> None:
    """An item and its successor have to be there, and nothing is written."""
    root = content_set(FILES)
    before = texts(root)
    result = run(root, "retire", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert texts(root) == before


def test_item_that_is_retired_already_is_refused(content_set: ContentSet) -> None:
    """A GUID that stands in the setting and on a page is a mistake that no other alias mends."""
    settings = f"docs_dir: content\nplugins: [guidekit: {{aliases: {{{PLAN}: {NEW}}}}}]\n"
    result = run(content_set({**FILES, "mkdocs.yml": settings}), "retire", PLAN, "--alias", TEST)
    assert result.exit_code == 2
    assert f"'{PLAN}' is both an item and retired" in result.stderr


def test_alias_that_is_written_already_is_not_written_again(content_set: ContentSet) -> None:
    """A run that was killed behind the settings file goes on with the page."""
    settings = f"docs_dir: content\nplugins: [guidekit: {{aliases: {{{PLAN}: {TEST}}}}}]\n"
    root = content_set({**FILES, "mkdocs.yml": settings})
    result = run(root, "retire", PLAN, "--alias", TEST)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"changed content/guide.md\nremoved includes/aar/{PLAN}.md\n"
    assert (root / "mkdocs.yml").read_text() == settings


def test_retirement_without_a_successor_is_told(content_set: ContentSet) -> None:
    """Where a catalogue was published, readers lose their answers, and the author learns it at once."""
    result = run(content_set(KEPT), "retire", TEST, "--dry-run")
    assert result.exit_code == 0
    assert "'guid-vanished' will say so" in result.stderr


@pytest.mark.parametrize("name", ["Plan", "  plan. ", PLAN.upper()])
def test_item_is_named_by_its_statement_too(content_set: ContentSet, name: str) -> None:
    """A statement names its item, whatever its letter case, blanks and period; so it does where the alias goes."""
    root = content_set(KEPT)
    assert run(root, "retire", name, "--alias", "Test").exit_code == 0
    assert not (root / f"includes/aar/{PLAN}.md").exists()
    assert f"{PLAN}: {TEST}" in (root / "mkdocs.yml").read_text()


def test_statement_that_names_no_item_or_several_is_refused(content_set: ContentSet) -> None:
    """The message names what was meant, or the GUIDs of all items with the statement."""
    root = content_set({**KEPT, "content/more.md": PAGE.replace("<!-- Test -->", "<!-- Plan -->")})
    assert "there is no item 'Plam'; did you mean 'Plan'?" in run(root, "retire", "Plam").stderr
    said = run(root, "retire", "Plan").stderr
    assert f"2 items state 'Plan': name one by its GUID: {PLAN} (content/guide.md), {TEST} (content/more.md)" in said
    assert run(root, "retire", PLAN).exit_code == 0


def test_retirement_by_statement_that_was_killed_is_finished(content_set: ContentSet) -> None:
    """Where the item is off its page already, the statement finds the fragment that is left."""
    left = FRAGMENT.replace("---\n", "---\nms.assessment_question: Left\n", 1)
    root = content_set({**KEPT, f"includes/aar/{NEW}.md": left})
    assert run(root, "retire", "Left").exit_code == 0
    assert not (root / f"includes/aar/{NEW}.md").exists()
