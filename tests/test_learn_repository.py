"""A repository written for Learn, as it is: what its docfx.json files say becomes of its pages."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from mkdocs.utils import meta

import guidekit
from guidekit.cli import main
from guidekit.disk.docfx_files import content_folder, docset_files, read_docset, repository_of
from guidekit.disk.file_status import RootError
from guidekit.plugin import arriving_text
from guidekit.syntax.document import parse
from guidekit.text.source import Source

REPOSITORY = Path(__file__).parent / "learn_repository"


def page(site: Path, name: str) -> str:
    """Read a page of the built site."""
    return (site / name / "index.html").read_text()


def test_repository_checks_clean() -> None:
    """All that the repository says is understood: nothing is found in it."""
    assert guidekit.Library.open(REPOSITORY).check().diagnostics == ()


def test_pages_are_published_where_the_docfx_files_say(learn_site: Path) -> None:
    """Pages of the content folder, of another folder, and of a second docset are published, those excluded are not."""
    pages = {str(file.parent.relative_to(learn_site)) for file in learn_site.rglob("index.html")}
    assert {".", "vaults/create", "concepts/vault", "concepts/parts", "fleet"} <= pages
    assert not any("drafts" in name or "README" in name for name in pages)


def test_links_between_folders_lead_to_where_these_are_published(learn_site: Path) -> None:
    """A link by the path of a file leads to its address, also between docsets; so does an image."""
    concept = page(learn_site, "concepts/vault")
    assert 'href="../../vaults/create/"' in concept
    assert 'src="../vault.svg"' in concept
    assert (learn_site / "concepts/vault.svg").is_file()
    assert 'href="../concepts/vault/"' in page(learn_site, "fleet")


def test_metadata_of_the_docfx_files_is_that_of_the_pages(learn_site: Path) -> None:
    """The suffix of a title comes from the metadata of all pages, of some, or of the other docset."""
    titles = [
        re.findall("<title>([^<]*)", page(learn_site, name))[0] for name in ("vaults/create", "concepts/vault", "fleet")
    ]
    assert [title.partition(" | ")[0] for title in titles] == [
        "Make a vault - Vaults",
        "What a vault is - Concepts",
        "Fleets of vaults - Fleets",
    ]


def test_tilde_is_the_folder_of_the_nearest_docfx_file(learn_site: Path) -> None:
    """Fragments and code from `~` come from the docset of the page that names them."""
    assert "Each vault of a fleet is paid for by itself." in page(learn_site, "fleet")
    assert "az backup vault create" in re.sub("<[^>]+>", "", page(learn_site, "vaults/create"))


def test_edit_link_leads_to_the_file_of_a_page_from_elsewhere(learn_site: Path) -> None:
    """A page from beside the content folder is edited where it lies."""
    assert 'href="https://github.com/example/vaults/edit/main/conceptual/vault.md"' in page(
        learn_site, "concepts/vault"
    )


def test_other_repositories_are_shown_and_not_published(learn_site: Path) -> None:
    """Pages show texts, images and code of a repository at its place and of one elsewhere; nothing else of these is there."""
    restore = page(learn_site, "vaults/restore")
    assert "Write down who agreed." in restore and 'src="../../shared-texts/media/agree.svg"' in restore
    assert "vault restore --from copy" in re.sub("<[^>]+>", "", restore)
    published = {file.name for file in learn_site.rglob("*") if file.is_file() and "search" not in file.parts}
    assert "agree.svg" in published and not published & {"unshown.svg", "unshown.md", "restore.sh", "ask-first.md"}


def test_old_addresses_and_links_from_the_root_of_learn_lead_to_pages(learn_site: Path) -> None:
    """The redirections tell where on Learn the repository lies, and become pages, also between content folders."""
    assert 'href="../create/">vault that you have made' in page(learn_site, "vaults/restore")
    assert 'href="https://learn.microsoft.com/cloud/pricing"' in page(learn_site, "vaults/restore")
    led = {
        name: re.findall('<a href="([^"]*)', page(learn_site, name))
        for name in ("vaults/make", "start", "vaults/price")
    }
    assert led == {
        "vaults/make": ["../create/"],
        "start": ["../vaults/restore/#from-a-copy"],
        "vaults/price": ["https://learn.microsoft.com/pricing/details/vaults"],
    }
    assert '<a href="../vault/">' in page(learn_site, "concepts/copies")


def test_machinery_is_not_published(learn_site: Path) -> None:
    """Neither docfx.json nor fragments are files of the site."""
    assert not list(learn_site.rglob("docfx.json")) + list(learn_site.rglob("before*"))


def test_docfx_file_is_the_settings_file_where_there_is_no_other(tmp_path: Path) -> None:
    """Without mkdocs.yml the repository is checked all the same: its folder is found from anywhere in it."""
    root = shutil.copytree(REPOSITORY, tmp_path / "copy")
    (root / "mkdocs.yml").unlink()
    session = guidekit.Library.open(root)
    assert session.library.layout.content == "articles"
    assert {str(one.path) for one in session.pages} >= {"articles/vaults/create.md", "conceptual/vault.md"}
    assert docset_files(root / "articles" / "vaults") == (root / "docfx.json", root / "fleet" / "docfx.json")
    assert repository_of(root / "fleet" / "docfx.json") == root


def test_content_folder_is_where_most_pages_lie(tmp_path: Path) -> None:
    """Of the folders that a docfx.json names, the one with most pages counts."""
    root = shutil.copytree(REPOSITORY, tmp_path / "copy")
    for number in range(30):
        (root / "conceptual" / f"{number}.md").write_text("# More\n")
    docset = read_docset(root, root / "docfx.json", PurePosixPath())
    assert content_folder(root, docset) == "conceptual"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is no JSON"),
        ("[]", "expected an object"),
        ('{"build": {"content": [{"files": ["[a"]}]}}', "is no glob"),
        ('{"build": {"content": [{"files": ["{1..2000}.md"]}]}}', "stands for more than 1,000 globs"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_docfx_file_that_cannot_be_used_is_refused_by_name(text: str, told: str, tmp_path: Path) -> None:
    """A docfx.json that cannot be read stops with its name and the reason."""
    (tmp_path / "content").mkdir()
    (tmp_path / "docfx.json").write_text(text)
    with pytest.raises(RootError, match=told) as refused:
        guidekit.Library.open(tmp_path)
    assert "docfx.json" in str(refused.value)


@pytest.mark.parametrize("text", ["---\ntitle: A\n---", "---\ntitle: A\n---\n", "---\ntitle: A\n---\n\n# A"])
def test_header_at_the_end_of_a_file_is_no_text(text: str) -> None:
    """MkDocs takes a header for text where nothing follows it, not even the end of a line; on a Learn page it is none."""
    document = parse(Source.of(PurePosixPath("a.md"), text))
    arrived, values = meta.get_data(text)
    assert "title" not in arriving_text.corrected(document, arrived, values)
    assert values["title"] == "A"


@pytest.mark.parametrize("arguments", [["check"], ["check", "docs/a.md"], ["list"], ["init"], ["init", "--from-docfx"]])
def test_publish_configuration_that_cannot_be_read_is_an_error_of_its_own(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that has no settings file to go by names the broken file, and fails as one that could not do its work."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# A\n")
    (tmp_path / ".openpublishing.publish.config.json").write_text("{")
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(main, arguments)
    assert ended.exit_code == 2
    assert ".openpublishing.publish.config.json: is no JSON that can be used" in ended.output


@pytest.mark.skipif(os.name != "posix", reason="makes a symbolic link")
def test_docfx_file_that_leads_out_of_the_content_set_is_refused(tmp_path: Path) -> None:
    """A docfx.json that is a link to a file above the settings file is refused by name."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "docfx.json").write_text('{"build": {"content": [{"files": ["**/*.md"]}]}}')
    root = tmp_path / "site"
    (root / "docs").mkdir(parents=True)
    (root / "docfx.json").symlink_to("../docfx.json")
    (root / "mkdocs.yml").write_text("site_name: A\nplugins: [{guidekit: {docfx: [docfx.json]}}]\n")
    with pytest.raises(RootError, match="leads out of the content set"):
        guidekit.Library.open(root)


def test_tables_of_contents_are_the_navigation_and_not_published(learn_site: Path) -> None:
    """Their labels stand beside each page, one table within another and one a docset; breadcrumbs stand above."""
    created = page(learn_site, "vaults/create")
    labels = re.findall(r'md-ellipsis">\s*(.*?)\s*</span>', created[created.index("md-nav--primary") :])
    shown = [label for label in labels if not label.startswith("<")]
    assert shown[: shown.index("One vault") + 1] == [
        *("Vaults", "Vaults", "Make and keep", "Overview", "Make one", "Restore from one"),
        *("Work with vaults", "Work with vaults", "Tools", "Choose a tool", "Connect a machine", "Copies", "See one"),
        *("Names", "Names", "Limits", "After the first one", "Compare", "Alerts", "Watch a restore", "Delete"),
        *("Concepts", "What a vault is", "Parts", "Questions", "Copies that lie apart", "Words", "Prices"),
        *("Fleets", "Fleets", "One vault"),
    ]
    assert [crumb.strip() for crumb in re.findall(r'md-path__link"><span[^>]*>(.*?)</span>', created)] == [
        "Cloud",
        "Make and keep",
    ]
    assert not [file for file in learn_site.rglob("*") if file.stem.lower() == "toc"]


def test_page_whose_header_says_that_it_moved_sends_readers_on(learn_site: Path) -> None:
    """A page with `redirect_url` is a page that leads to the new address, which docfx names as the file that it writes."""
    moved = page(learn_site, "vaults/add")
    assert 'content="0; url=../create/#make-a-vault"' in moved
    assert "Make a vault</a>" in moved


def test_nothing_of_the_dialect_is_left_as_text(learn_site: Path) -> None:
    """Of 25 pages in which all kinds of files and constructs come together, none shows a directive."""
    library = guidekit.Library.open(REPOSITORY)
    assert len(library.pages) == 25
    for one in library.pages:
        article = (learn_site / one.url / "index.html").read_text(encoding="utf-8")
        shown = re.sub("(?s)<(script|style|code|pre)\\b.*?</\\1>", "", article)
        assert not re.search(r":::|\[!|&lt;xref|\(#tab/|YamlMime", shown), one.path
    assert "Choose the kind of machine" in page(learn_site, "operate/zones")
    assert '<a href="../limits/">Limits</a>' in page(learn_site, "operate/names")
