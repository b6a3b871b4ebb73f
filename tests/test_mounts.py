"""Other repositories of which pages show something: beside the content, elsewhere on the machine, or nowhere."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePosixPath

import pytest
from case import lay_out
from click.testing import CliRunner
from site_build import Build, Served

import guidekit
from guidekit.cli import main

HEADER = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n# T\n\n"
SETTINGS = "site_name: T\ndocs_dir: articles\ntheme: material\nplugins: [search, {{guidekit: {{{}}}}}]\n"
DEPENDS = {
    "dependent_repositories": [{"path_to_root": "shared", "url": "https://example.org/shared", "branch": "main"}]
}
PUBLISHING = ".openpublishing.publish.config.json"
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": SETTINGS.format(""),
    "docfx.json": '{"build": {"content": [{"src": "articles", "files": ["**/*.md"]}]}}',
    PUBLISHING: f"{json.dumps(DEPENDS, indent=2)[:-1]},}} // as docfx takes it\n",
    "articles/index.md": f"{HEADER}[!INCLUDE [trial](~/shared/texts/trial.md)]\n\n"
    "![A vault](~/shared/media/vault.png)\n\n[!code-csharp[One](~/shared/samples/a.cs#one)]\n",
}
SHARED: dict[str, str | bytes] = {
    "texts/trial.md": "A trial takes a [month](../unread.md), as [said](../../articles/index.md#nowhere).\n\n[!INCLUDE [more](~/texts/more.md)]\n\n"
    "![The vault, again](../media/other.png)\n",
    "texts/more.md": "Then it ends.\n",
    "texts/unshown.md": "[!INCLUDE [nothing](nowhere.md)] Nobody shows this.\n",
    "includes/unused.md": "Nobody shows this.\n",
    "samples/a.cs": "// <one>\nint a = 1;\n// </one>\n",
    "media/vault.png": b"vault",
    "media/other.png": b"other",
    "media/unshown.png": b"unshown",
    ".openpublishing.redirection.json": "of another repository, and no JSON",
}


@pytest.fixture(params=["at its place", "elsewhere"])
def mounted(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Lay out a content set with another repository, which lies in it or elsewhere; answers the folder of the content set."""
    root = tmp_path / "content-set"
    if request.param == "elsewhere":
        lay_out(tmp_path / "clones/shared", SHARED, learn_repository=False)
        return lay_out(root, FILES | {"mkdocs.yml": SETTINGS.format("mounts: {shared: ../clones/shared}")})
    return lay_out(root, FILES | {f"shared/{path}": text for path, text in SHARED.items()})


def codes(root: Path) -> list[tuple[str, str]]:
    """Check a content set, and list what was found and where."""
    return [(one.code, str(one.span.path)) for one in guidekit.Library.open(root).check().diagnostics]


def shared_folder(root: Path) -> Path:
    """Find where the other repository lies."""
    return next(path for path in (root / "shared", root.parent / "clones/shared") if path.is_dir())


def test_no_file_of_another_repository_is_suggested(mounted: Path) -> None:
    """A guess at what an author meant looks at the content set's own files, as others may have very many."""
    (mounted / "articles/index.md").write_text(f"{HEADER}See [this](unshow.md).\n")
    (found,) = guidekit.Library.open(mounted).check().diagnostics
    assert (found.code, found.hint) == ("file-not-found", "")


def test_pages_show_what_is_in_another_repository(mounted: Path) -> None:
    """Texts, code and images come from it; in its files, ``~`` is its own folder; nobody is told what is wrong in there."""
    library = guidekit.Library.open(mounted)
    html = guidekit.render(library, "articles/index.md").html
    assert "A trial takes a" in html and "Then it ends." in html and "int a = 1;" in html
    assert codes(mounted) == []


def test_site_has_of_another_repository_what_pages_show(mounted: Path, build: Build) -> None:
    """Images that pages show are published under their path in the content set, and nothing else is."""
    built = build(mounted, "--strict")
    assert built.returncode == 0, built.stderr
    site = mounted / "site"
    assert {str(path.relative_to(site)) for path in site.rglob("*") if "shared" in path.parts and path.is_file()} == {
        "shared/media/vault.png",
        "shared/media/other.png",
    }
    assert (site / "shared/media/vault.png").read_bytes() == b"vault"
    page = (site / "index.html").read_text()
    assert "Then it ends." in page and 'src="shared/media/other.png"' in page


def test_nothing_is_written_into_another_repository(mounted: Path) -> None:
    """Neither a fix nor a command changes a file there."""
    runner = CliRunner()
    texts = {path: path.read_bytes() for path in mounted.parent.rglob("*") if path.is_file() and "texts" in path.parts}
    runner.invoke(main, ["check", "--fix", "--unsafe-fixes", str(mounted)])
    for name in ("texts/more.md", "media/unshown.png"):
        moved = runner.invoke(main, ["mv", str(mounted / "shared" / name), str(mounted / "articles" / Path(name).name)])
        assert moved.exit_code == 2 and (shared_folder(mounted) / name).is_file()
    assert texts and all(path.read_bytes() == text for path, text in texts.items())


def test_links_in_another_repository_lead_out_of_it_nowhere(mounted: Path, tmp_path: Path, build: Build) -> None:
    """What a symbolic link there leads to outside, and what is hidden there, is neither shown nor published."""
    (secret,) = lay_out(tmp_path, {"secret.md": "secret"}, learn_repository=False).glob("secret.md")
    shared = shared_folder(mounted)
    (shared / "media/vault.png").unlink()
    (shared / "media/vault.png").symlink_to(secret)
    (shared / "texts/more.md").unlink()
    (shared / "texts/more.md").symlink_to(secret)
    (shared / ".env").write_text("secret")
    with (mounted / "articles/index.md").open("a") as page:
        page.write("\n[!code[Hidden](~/shared/.env)]\n")
    build(mounted)
    site = mounted / "site"
    assert (site / "index.html").exists()
    assert not [path for path in site.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]


def test_repository_that_is_not_there_is_told_once(tmp_path: Path, build: Build) -> None:
    """One finding stands where it is named, with the number of places; a build leaves these out and goes on."""
    root = lay_out(tmp_path, FILES)
    (found,) = guidekit.Library.open(root).check().diagnostics
    assert str(found.span) == f"{PUBLISHING}:4:23"
    assert (
        found.message
        == "repository 'shared' (https://example.org/shared) is not there, and 3 places want something of it"
    )
    assert [str(related.span) for related in found.related] == [f"articles/index.md:{line}:1" for line in (9, 11, 13)]
    built = build(root)
    assert built.returncode == 0
    assert built.stderr.count("WARNING") == 1, built.stderr
    page = (root / "site/index.html").read_text()
    assert "texts/trial.md" not in page
    assert "<p>A vault</p>" in page  # in the place of the image


def test_author_sees_where_a_repository_is_missing(tmp_path: Path, served: Served) -> None:
    """A served page has a note in the place of a text, until the repository is there."""
    root = lay_out(tmp_path, FILES)
    with served(root) as wait_for:
        wait_for("lies in the repository 'shared', which is not there")


@pytest.mark.parametrize(
    "named",
    ["..", "../other", ".", "", "/etc", "C:/x", ".git", "a/.hidden", "articles", "a\\b", "a/../..", "a\0b", 3, None],
)
def test_place_at_which_no_repository_may_lie_is_none(named: object, tmp_path: Path) -> None:
    """The publish configuration opens no folder outside, no hidden one, and none around the content."""
    root = lay_out(
        tmp_path / "a/b", {**FILES, PUBLISHING: json.dumps({"dependent_repositories": [{"path_to_root": named}]})}
    )
    (tmp_path / "a/other").mkdir()
    library = guidekit.Library.open(root).library
    assert library.layout.mounts == ()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_link_is_no_place_for_a_repository(tmp_path: Path) -> None:
    """A folder that is a symbolic link, or lies in one, is not there: the content could lead anywhere by it."""
    outside = lay_out(tmp_path / "outside", SHARED, learn_repository=False)
    root = lay_out(tmp_path / "content-set", FILES)
    (root / "shared").symlink_to(outside)
    assert codes(root) == [("mount-missing", PUBLISHING)]
    assert not [path for path in guidekit.Library.open(root).library.files if "shared" in path.parts]


def test_repository_that_roots_names_is_judged_as_ones_own(tmp_path: Path) -> None:
    """What the settings name as a root was always part of the content set, and stays so."""
    shared = {"shared/includes/unused.md": "Nobody shows this.\n", "shared/texts/trial.md": "A trial.\n"}
    settings = {"mkdocs.yml": SETTINGS.format("roots: [shared]")}
    root = lay_out(tmp_path, {**FILES, **shared, **settings})
    assert ("fragment-unused", "shared/includes/unused.md") in codes(root)


def test_settings_name_a_repository_that_no_configuration_names(tmp_path: Path) -> None:
    """A mount needs no publish configuration; one that is not there is told at the settings file."""
    settings = {"mkdocs.yml": SETTINGS.format("mounts: {shared: ../nowhere}"), PUBLISHING: "{}"}
    assert codes(lay_out(tmp_path, {**FILES, **settings})) == [("mount-missing", "mkdocs.yml")]


def test_repository_that_nobody_wants_is_not_missed(tmp_path: Path) -> None:
    """Themes and the like are named in each publish configuration."""
    assert codes(lay_out(tmp_path, {**FILES, "articles/index.md": HEADER + "Text.\n"})) == []


def test_texts_of_another_repository_are_read_anew(mounted: Path) -> None:
    """What has changed there is shown, and judged, by a content set that was opened before."""
    session = guidekit.Library.open(mounted)
    session.check()
    trial = PurePosixPath("shared/texts/trial.md")
    after = session.revised({trial: "See [this](#nowhere).\n"})
    assert "See" in guidekit.render(after, "articles/index.md").html
    assert [one.code for one in after.check().diagnostics] == ["bookmark-not-found"]
