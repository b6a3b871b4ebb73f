"""The checklists as files of a built site, by MkDocs and by ProperDocs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from site_build import Build
from test_catalogue import FILES, PLAN, guide, own_schema, valid
from test_plugin import hosts

from guidekit import Library
from guidekit.exports.catalogue import FORMATS

ContentSet = Callable[[dict[str, str | bytes]], Path]

SETTINGS = (
    "site_name: Site\nsite_url: https://example.com/docs\ndocs_dir: content\ntheme: {name: mkdocs}\n"
    "validation: {unrecognized_links: warn, absolute_links: warn, omitted_files: warn}\n"
)
HOME = "---\ntitle: Home\ndescription: Here.\n---\n# Home\n\n[Data](catalogue.json), [sheet](one/checklist.xlsx), [tasks](one/checklist.md).\n"
SITE: dict[str, str | bytes] = {
    **{name: text for name, text in FILES.items() if name.startswith("content/")},
    "mkdocs.yml": SETTINGS + "plugins: [guidekit]\n",
    "content/index.md": HOME,
    f"includes/{PLAN}.md": f"---\nms.uid: {PLAN}\n---\n## Recovery plan\n\n" + "Name an owner of it. " * 5,
    "includes/7e063160-cb53-46c1-b111-380f77a7c848.md": "## Restore tests\n\n" + "Restore one each month. " * 6,
}
OF_SITE = ["azure-checklist.json", "catalogue.json", "catalogue.schema.json"]
OF_GUIDE = ["checklist.csv", "checklist.json", "checklist.md", "checklist.xlsx"]


def published(root: Path) -> list[str]:
    """List the files of the checklists in a built site."""
    names = {*OF_SITE, *OF_GUIDE}
    site = root / "site"
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.name in names)


@hosts
def test_checklists_are_published_beside_their_guides(content_set: ContentSet, host: str, build: Build) -> None:
    """A strict build has three files in its root and four in each guide's folder, and links to them hold."""
    root = content_set(SITE)
    result = build(root, "--strict", host=host)
    assert result.returncode == 0, result.stderr
    beside = [f"{folder}/{name}" for folder in ("one", "sub") for name in OF_GUIDE]
    assert published(root) == sorted([*OF_SITE, *beside])
    home = (root / "site/index.html").read_text(encoding="utf-8")
    assert all(f'href="{link}"' in home for link in ("catalogue.json", "one/checklist.xlsx", "one/checklist.md"))


def test_without_directory_urls_no_two_guides_share_a_folder(content_set: ContentSet, build: Build) -> None:
    """Where addresses are files, a guide's files lie in a folder that is named as its page, the index's too."""
    root = content_set(
        {
            **SITE,
            "mkdocs.yml": SITE["mkdocs.yml"] + "use_directory_urls: false\n",  # type: ignore[operator]
            "content/sub/two.md": guide("Two", f"Plan {PLAN}").replace("../includes", "../../includes"),
        }
    )
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    folders = ("one", "sub/index", "sub/two")
    assert published(root) == sorted([*OF_SITE, *(f"{folder}/{name}" for folder in folders for name in OF_GUIDE)])
    data = json.loads((root / "site/catalogue.json").read_text(encoding="utf-8"))
    assert [guide["url"].removeprefix("https://example.com/docs/") for guide in data["guides"]] == [
        "one.html",
        "sub/index.html",
        "sub/two.html",
    ]


def test_published_files_are_those_that_the_command_writes(content_set: ContentSet, build: Build) -> None:
    """One engine: the site's files are byte for byte those of the Python interface, and valid by their schema."""
    root = content_set(SITE)
    build(root)
    known = Library.open(root).catalogue()
    assert (root / "site/catalogue.json").read_bytes() == FORMATS["json"](known)
    assert (root / "site/azure-checklist.json").read_bytes() == FORMATS["azure"](known)
    one = known.only(known.guides[0].source)
    assert one is not None
    assert (root / "site/one/checklist.xlsx").read_bytes() == FORMATS["xlsx"](one)
    assert (root / "site/one/checklist.md").read_bytes() == FORMATS["markdown"](one)
    assert (root / "site/catalogue.schema.json").read_bytes() == own_schema().read_bytes()
    data = json.loads((root / "site/catalogue.json").read_text(encoding="utf-8"))
    valid(data, own_schema())
    assert data["$schema"] == "https://example.com/docs/catalogue.schema.json"


def test_two_builds_publish_the_same_bytes(content_set: ContentSet, build: Build) -> None:
    """A file that changed was changed by an author."""
    root = content_set(SITE)
    build(root)
    first = {name: (root / "site" / name).read_bytes() for name in published(root)}
    build(root)
    assert {name: (root / "site" / name).read_bytes() for name in published(root)} == first


@hosts
def test_publishing_can_be_turned_off(content_set: ContentSet, host: str, build: Build) -> None:
    """With the switch off nothing is published, and a link to it is a link that leads nowhere."""
    settings = SETTINGS + "plugins: [guidekit: {publish_catalogue: false}]\n"
    root = content_set({**SITE, "mkdocs.yml": settings})
    result = build(root, host=host)
    assert published(root) == []
    assert "link to 'catalogue.json' ('content/catalogue.json') leads nowhere" in result.stderr


def test_site_without_checklists_publishes_none(content_set: ContentSet, build: Build) -> None:
    """A site that has no guide gets no empty files."""
    root = content_set({"mkdocs.yml": SITE["mkdocs.yml"], "content/index.md": "# Home\n\nText.\n"})
    build(root)
    assert published(root) == []


def test_file_of_the_author_stays(content_set: ContentSet, build: Build) -> None:
    """Where a file of that name lies in the content folder, it is the one that is published."""
    root = content_set({**SITE, "content/one/checklist.csv": "mine\n", "content/catalogue.json": "{}\n"})
    result = build(root, "--strict")
    assert result.returncode == 0, result.stderr
    assert (root / "site/one/checklist.csv").read_text() == "mine\n"
    assert (root / "site/catalogue.json").read_text() == "{}\n"
    assert (root / "site/one/checklist.xlsx").exists()


def test_generated_markdown_is_no_page(content_set: ContentSet, build: Build) -> None:
    """The task list is a file to download: neither a page, nor in the navigation, nor in the search."""
    root = content_set({**SITE, "mkdocs.yml": SETTINGS + "plugins: [search, guidekit]\n"})
    build(root)
    assert not (root / "site/one/checklist/index.html").exists()
    assert "checklist" not in (root / "site/search/search_index.json").read_text(encoding="utf-8").replace(
        "checklist.", ""
    )


@pytest.mark.parametrize("value", ["3", "maybe", "[]"])
def test_switch_takes_only_true_and_false(content_set: ContentSet, value: str, build: Build) -> None:
    """A value that is neither stops the build, with the setting's name."""
    root = content_set({**SITE, "mkdocs.yml": SETTINGS + f"plugins: [guidekit: {{publish_catalogue: {value}}}]\n"})
    result = build(root)
    assert result.returncode == 1
    assert "publish_catalogue" in result.stderr and "expected true or false" in result.stderr
