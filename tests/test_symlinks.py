"""Symbolic links: what leads out of a content set is neither read, nor published, nor written to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from site_build import Build

from guidekit import Library
from guidekit.cli import main
from guidekit.disk import settings_files
from guidekit.disk.file_status import RootError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="makes symbolic links")

ContentSet = Callable[[dict[str, str | bytes]], Path]

SECRET = "what nobody may read"
HEADER = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n"
SETTINGS = "site_name: S\ndocs_dir: content\ntheme: mkdocs\nplugins: [guidekit]\n"


@pytest.fixture
def beside(tmp_path: Path) -> ContentSet:
    """Lay a repository out in a folder of its own, beside a folder with a secret."""
    from case import lay_out

    def lay(own: dict[str, str | bytes]) -> Path:
        lay_out(tmp_path, {"secret/secret.md": f"{SECRET}\n", "secret/secret.txt": SECRET})
        more = {"mkdocs.yml": SETTINGS, "content/index.md": f"{HEADER}# T\n", ".git/config": SECRET}
        return lay_out(tmp_path / "set", {**more, **own})

    return lay


def published(root: Path) -> dict[str, str]:
    """Read all text files of the built site."""
    found = (path for path in (root / "site").rglob("*") if path.is_file())
    return {path.relative_to(root / "site").as_posix(): path.read_text(errors="replace") for path in found}


def test_root_that_is_a_link_is_no_root(beside: ContentSet, build: Build) -> None:
    """A folder of fragments that is a link is refused by name, by the command line and by the build."""
    root = beside({"content/index.md": f"{HEADER}# T\n\n[!include[A](../includes/secret.md)]\n"})
    (root / "includes").symlink_to(root.parent / "secret")
    with pytest.raises(RootError, match=r"includes' is a symbolic link: name one that is not"):
        Library.open(root)
    result = CliRunner().invoke(main, ["check", str(root)])
    assert (result.exit_code, result.stdout) == (2, "")
    built = build(root, "--quiet")
    assert built.returncode == 1
    assert "includes' is a symbolic link" in built.stderr
    assert "Traceback" not in built.stderr
    assert SECRET not in "".join(published(root).values())


def test_root_that_is_the_whole_disk_is_refused_at_once(beside: ContentSet) -> None:
    """A link to the root of the file system is refused before anything is listed."""
    root = beside({})
    (root / "includes").symlink_to("/")
    assert CliRunner().invoke(main, ["check", str(root)]).exit_code == 2


@pytest.mark.parametrize("linked", ["content", "shared"])
def test_folder_within_a_link_is_no_root(beside: ContentSet, linked: str, build: Build) -> None:
    """A root, or the content folder, that lies in a link is refused, and the message names the link."""
    settings = SETTINGS.replace("[guidekit]", "[{guidekit: {roots: [shared/parts]}}]")
    root = beside({"mkdocs.yml": settings.replace("content", "content/pages"), "content/pages/index.md": "# T\n"})
    (root.parent / "secret/parts").mkdir()
    (root.parent / "secret/pages").mkdir()
    if linked == "content":
        (root / "content").rename(root / "before")
    (root / linked).symlink_to(root.parent / "secret")
    result = CliRunner().invoke(main, ["check", str(root)])
    assert result.exit_code == 2
    assert f"{linked}' in which '{linked}/pa" in result.stderr
    assert f"{linked}' in which '{linked}/pa" in build(root, "--quiet").stderr


@pytest.mark.parametrize("roots", ["[/etc]", "[../secret]"])
def test_root_outside_is_refused_by_the_build_too(beside: ContentSet, roots: str, build: Build) -> None:
    """A root that is an absolute path or leads upward is a mistake in the settings, in a build as in a check."""
    root = beside({"mkdocs.yml": SETTINGS.replace("[guidekit]", f"[{{guidekit: {{roots: {roots}}}}}]")})
    built = build(root, "--quiet")
    assert built.returncode == 1
    assert "'roots': must be a folder below the settings file" in built.stderr


def test_new_writes_into_no_link(beside: ContentSet) -> None:
    """A fragment is never written where a linked root leads."""
    root = beside({})
    (root / "includes").symlink_to(root.parent / "secret")
    page = str(root / "content/index.md")
    assert CliRunner().invoke(main, ["new", "item", page, "Backups are encrypted"]).exit_code == 2
    assert sorted(path.name for path in (root.parent / "secret").iterdir()) == ["secret.md", "secret.txt"]


@pytest.mark.parametrize("place", [".github/workflows", "../secret"])
def test_new_guide_is_written_where_its_path_says(beside: ContentSet, place: str) -> None:
    """A page is never written into a folder that is no content, which a link in the content leads to."""
    root = beside({".github/workflows/ci.yml": "on: push\n"})
    (root / "content/out").symlink_to(root / place)
    command = ["new", "guide", str(root / "content/out/g.md"), "--title", "T", "--question", "Is it?"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert not (root / place / "g.md").exists()


def test_linked_asset_of_a_root_is_not_published(beside: ContentSet, build: Build) -> None:
    """A file in a root that is a link out of the roots is an error at the link, and is not published."""
    root = beside({"content/index.md": f"{HEADER}# T\n\n[!include[A](../includes/a.md)]\n"})
    (root / "includes").mkdir()
    (root / "includes/a.md").write_text("![Picture of a thing](leak.txt) ![Inner one](fine.txt) [x](config.txt)\n")
    (root / "includes/leak.txt").symlink_to(root.parent / "secret/secret.txt")
    (root / "includes/config.txt").symlink_to(root / ".git/config")
    (root / "includes/real.txt").write_text("inside")
    (root / "includes/fine.txt").symlink_to("real.txt")
    report = Library.open(root).check()
    told = [(str(found.span), found.code, found.message) for found in report.diagnostics]
    why = "file is a symbolic link to a file outside the folders that may be read"
    assert told == [
        ("includes/config.txt:1:1", "include-outside-roots", why),
        ("includes/leak.txt:1:1", "include-outside-roots", why),
    ]
    built = build(root, "--quiet")
    assert built.returncode == 1
    assert why in built.stderr
    site = published(root)
    assert SECRET not in "".join(site.values())
    assert site["includes/fine.txt"] == "inside"


def test_links_of_the_content_folder_stay_in_the_repository(beside: ContentSet, build: Build) -> None:
    """What MkDocs publishes by itself may come from elsewhere in the repository, but not from outside or from .git."""
    root = beside({"LICENSE": "free", "packages/a/docs/index.txt": "docs of a"})
    content = root / "content"
    (content / "license.txt").symlink_to("../LICENSE")
    (content / "a").symlink_to("../packages/a/docs")
    (content / "leak.txt").symlink_to(root.parent / "secret/secret.txt")
    (content / "leak.markdown").symlink_to(root.parent / "secret/secret.md")
    (content / "config.txt").symlink_to("../.git/config")
    (content / "folder").symlink_to(root.parent / "secret")
    report = Library.open(root).check()
    assert [(str(found.span.path), found.message.partition("a symbolic")[2]) for found in report.diagnostics] == [
        ("content/config.txt", " link to a file outside the repository"),
        ("content/folder", " link to a folder outside the repository"),
        ("content/index.md", ""),
        ("content/leak.markdown", " link to a file outside the repository"),
        ("content/leak.txt", " link to a file outside the repository"),
    ]
    assert build(root, "--quiet").returncode == 1
    site = published(root)
    assert SECRET not in "".join(site.values())
    assert (site["license.txt"], site["a/index.txt"]) == ("free", "docs of a")


def test_link_within_a_linked_folder_is_seen_too(beside: ContentSet, build: Build) -> None:
    """Where a link to a folder may be followed, a link in that folder still leads to nothing outside, however it is reached."""
    root = beside({"packages/docs/index.txt": "docs", "content/.well-known/a.txt": "hidden, but no link"})
    settings = SETTINGS + "exclude_docs: |\n  !.well-known\n"
    (root / "mkdocs.yml").write_text(settings)
    (root / "packages/docs/leak.txt").symlink_to(root.parent / "secret/secret.txt")
    (root / "packages/docs/round").symlink_to(".")
    for name in ("a", "b"):
        (root / "content" / name).symlink_to("../packages/docs")
    found = [one.span.path for one in Library.open(root).check().diagnostics if one.code == "include-outside-roots"]
    assert [(path.parts[0], path.name) for path in found] == [("content", "leak.txt")]
    (root / "packages/docs/round").unlink()  # MkDocs itself goes around in it until the system stops it
    assert build(root, "--quiet").returncode == 1
    site = published(root)
    assert SECRET not in "".join(site.values())
    assert (site["a/index.txt"], site["b/index.txt"], site[".well-known/a.txt"]) == (
        "docs",
        "docs",
        "hidden, but no link",
    )


def test_link_with_an_ending_in_capitals_is_no_page(beside: ContentSet, build: Build) -> None:
    """What MkDocs copies as it is, though we read it as Markdown, is not published from outside either."""
    root = beside({})
    (root / "content/leak.MD").symlink_to(root.parent / "secret/secret.md")
    assert "include-outside-roots" in [found.code for found in Library.open(root).check().diagnostics]
    assert build(root, "--quiet").returncode == 1
    assert SECRET not in "".join(published(root).values())


@pytest.mark.parametrize("roots", ["[.]", "[./, includes]"])
def test_root_that_holds_hidden_folders_opens_none(beside: ContentSet, roots: str, build: Build) -> None:
    """Where the whole repository may be read, no link leads into a hidden folder of it, and nothing into .git."""
    page = f"{HEADER}# T\n\n[!include[A](../includes/a.md)]\n\n[!include[A](../.git/a.md)]\n"
    settings = SETTINGS.replace("[guidekit]", f"[{{guidekit: {{roots: {roots}}}}}]")
    root = beside({"mkdocs.yml": settings, "content/index.md": page, ".git/a.md": SECRET, ".hidden/b.md": SECRET})
    (root / "includes").mkdir()
    (root / "includes/a.md").write_text("![A thing](h.txt) [x](h.txt)\n\n[!include[B](b.md)]\n")
    (root / "includes/h.txt").symlink_to("../.git/config")
    (root / "includes/b.md").symlink_to("../.hidden/b.md")
    (root / "content/leak.txt").symlink_to("../.git/config")
    (root / "content/leak.mkd").symlink_to("../.git/config")
    (root / "content/folder").symlink_to("../.git")
    report = Library.open(root).check()
    found = sorted(str(one.span.path) for one in report.diagnostics if one.code == "include-outside-roots")
    links = ["content/folder", "content/leak.mkd", "content/leak.txt"]
    assert found == [*links[:1], "content/index.md", *links[1:], "includes/b.md", "includes/h.txt"]
    assert build(root, "--quiet").returncode == 1
    assert SECRET not in "".join(published(root).values())


def test_root_that_belongs_to_git_is_refused(beside: ContentSet) -> None:
    """What git keeps is never content."""
    root = beside({"mkdocs.yml": SETTINGS.replace("[guidekit]", "[{guidekit: {roots: [.git]}}]")})
    result = CliRunner().invoke(main, ["check", str(root)])
    assert (result.exit_code, "'.git' belongs to git" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["CODEOWNERS", ".openpublishing.redirection.json"])
def test_file_beside_the_content_stays_in_the_repository(beside: ContentSet, name: str, build: Build) -> None:
    """Owners and redirections are not read from outside, neither by a check nor by a build."""
    root = beside({})
    (root / name).symlink_to(root.parent / "secret/secret.txt")
    result = CliRunner().invoke(main, ["check", str(root)])
    assert (result.exit_code, SECRET in result.output) == (2, False)
    assert f"{name}: leads out of the repository, through a symbolic link" in result.stderr
    built = build(root, "--quiet")
    assert (built.returncode, "Traceback" in built.stderr, SECRET in built.stderr) == (1, False, False)


def test_settings_that_are_no_yaml_are_not_shown(beside: ContentSet) -> None:
    """An error in a file that settings inherit from names its line, and nothing of what stands there."""
    root = beside({"mkdocs.yml": f"INHERIT: ../secret/secret.txt\n{SETTINGS}"})
    (root.parent / "secret/secret.txt").write_text(f"a: 'b\n{SECRET}\nx: [")
    result = CliRunner().invoke(main, ["check", str(root)])
    assert (result.exit_code, SECRET in result.output) == (2, False)
    assert "secret.txt: is not valid YAML: found unexpected end of stream on line 3" in result.stderr


def test_watch_sees_a_link_that_comes(beside: ContentSet) -> None:
    """A link that leads out changes what decides what is made of the content, so that all is opened anew."""
    from guidekit.disk.watching import Look

    root = beside({})
    content_set = settings_files.open_content_set(root)
    before = Look.at(content_set)
    link = root / "content/leak.txt"
    link.symlink_to(root.parent / "secret/secret.txt")
    assert link in before.again(content_set).changed_beside(before)
