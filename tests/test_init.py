"""Beginning: a fresh content set that is whole, and the settings of a site for a repository that is there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from site_build import Build

import guidekit
from guidekit.authoring import RefusedError, docfx_site, starting
from guidekit.authoring.docfx_site import Repository
from guidekit.authoring.fragment import Byline
from guidekit.cli import main

PROJECT = Path(__file__).parent.parent
REPOSITORY = PROJECT / "tests" / "learn_repository"


def init(*arguments: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["init", *map(str, arguments)])


def test_fresh_content_set_checks_clean_and_builds_strictly(tmp_path: Path, build: Build) -> None:
    """What the command writes has a guide with an item, is without a finding, and becomes a site."""
    root = tmp_path / "Our vaults"
    assert init(root).exit_code == 0
    session = guidekit.Library.open(root)
    assert session.check().diagnostics == ()
    assert [len(checklist.items) for checklist in session.checklists] == [1]
    ended = build(root, "--strict")
    assert ended.returncode == 0, ended.stderr
    assert "<title>Our vaults" in (root / "site" / "index.html").read_text()


def test_part_for_ci_is_the_one_that_is_documented(tmp_path: Path) -> None:
    """The workflow is the one in the folder of parts, and the settings of the editor are JSON."""
    init(tmp_path / "a")
    assert (tmp_path / "a/.github/workflows/guidance.yml").read_text() == (PROJECT / "ci/github-check.yml").read_text()
    assert json.loads((tmp_path / "a/.vscode/settings.json").read_text())["yaml.schemas"]


def test_nothing_that_is_there_is_changed(tmp_path: Path) -> None:
    """Where a file or a settings file is there, nothing at all is written."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("# Mine\n")
    ended = init(tmp_path)
    assert ended.exit_code == 2
    assert "content/index.md" in ended.output
    assert [path.name for path in tmp_path.iterdir()] == ["content"]
    (tmp_path / "content" / "index.md").unlink()
    (tmp_path / "mkdocs.yaml").write_text("site_name: Mine\n")
    assert "mkdocs.yaml' is there already" in init(tmp_path).output


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """With --dry-run the files are shown, and none is written."""
    ended = init(tmp_path / "a", "--dry-run")
    assert "+site_name: a" in ended.output
    assert not (tmp_path / "a").exists()


def test_command_asks_nothing(tmp_path: Path) -> None:
    """The command ends without an answer from anyone."""
    command = [sys.executable, "-c", "import guidekit.cli; guidekit.cli.main()", "init", "a"]
    ended = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, env=os.environ, check=False, timeout=60)
    assert ended.returncode == 0


@given(st.text(max_size=30))
def test_any_name_reads_back_as_it_was_given(name: str) -> None:
    """Each name is refused as no line of text, or is the name of the site and the title of its first page."""
    byline = Byline(author=name, today=date(2026, 12, 1))
    try:
        made = {str(change.path): change.after or "" for change in starting.start(name, "g", byline)}
    except RefusedError:
        return
    assert yaml.safe_load(made["mkdocs.yml"])["site_name"] == " ".join(name.split())
    assert "\n---\n\n# " in made["content/index.md"]


def test_learn_repository_becomes_a_site_by_two_commands(tmp_path: Path, build: Build) -> None:
    """The settings are written from docfx.json and the publish configuration, what is left behind is told, it builds.

    A page at the root leads to its parts where the repository has none there.
    """
    root = shutil.copytree(REPOSITORY, tmp_path / "vaults")
    (root / "mkdocs.yml").unlink()
    (root / "articles/index.md").rename(root / "articles/start.md")
    (root / "articles/TOC.yml").write_text(
        "- name: Vaults & more\n  items:\n  - name: Make one\n    href: vaults/create.md\n"
    )
    before = set(root.rglob("*"))
    ended = init(root / "articles", "--from-docfx")
    assert ended.exit_code == 0, ended.output
    assert {path.name for path in root.rglob("*")} - {path.name for path in before} == {"mkdocs.yml"}
    assert "not carried over: 'docfx.json': templates" in ended.output
    settings = yaml.safe_load((root / "mkdocs.yml").read_text())
    assert (settings["site_name"], settings["docs_dir"]) == ("Vaults", "articles")
    assert settings["plugins"][1]["guidekit"]["docfx"] == ["docfx.json", "fleet/docfx.json"]
    ended_build = build(root)
    assert ended_build.returncode == 0, ended_build.stderr
    assert (root / "site/concepts/vault/index.html").is_file()
    assert '<a href="vaults/create/">Vaults &amp; more</a>' in (root / "site/index.html").read_text()


def test_pages_in_the_root_itself_need_a_folder_beside(tmp_path: Path) -> None:
    """MkDocs takes no pages from beside its settings file: the folder with most pages is named, or why there is none."""
    (tmp_path / "docfx.json").write_text('{"build": {"content": [{"files": ["**/*.md"]}]}}')
    (tmp_path / "index.md").write_text("# A\n")
    assert "no folder of pages lies in" in init(tmp_path, "--from-docfx").output
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.md").write_text("# B\n")
    assert init(tmp_path, "--from-docfx").exit_code == 0
    assert yaml.safe_load((tmp_path / "mkdocs.yml").read_text())["docs_dir"] == "more"


def test_folder_without_a_docfx_file_is_refused(tmp_path: Path) -> None:
    """Without a docfx.json there is nothing to begin from; with one, a fresh set is not what is wanted."""
    (tmp_path / ".git").mkdir()
    assert "there is no docfx.json in" in init(tmp_path, "--from-docfx").output
    (tmp_path / "docfx.json").write_text('{"build": {"content": [{"files": ["**/*.md"]}]}}')
    assert "add --from-docfx" in init(tmp_path).output


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.none() | st.integers(), max_size=4), st.text())
def test_settings_of_any_repository_are_yaml(metadata: dict[str, object], address: str) -> None:
    """Whatever a docfx.json says, the settings are YAML that names its content folder."""
    repository = Repository(
        folder="a",
        content="b: c",
        docsets=["docfx.json"],
        settings=[{"build": {"globalMetadata": metadata}}],
        publishing={"git_repository_url_open_to_public_contributors": address},
    )
    assert yaml.safe_load(docfx_site.settings_file(repository))["docs_dir"] == "b: c"


@pytest.mark.parametrize(("level", "code"), [("never", 0), ("error", 1)])
def test_build_fails_from_the_severity_on_that_the_settings_name(
    level: str, code: int, tmp_path: Path, build: Build
) -> None:
    """A page with an error fails the build, unless nothing is to fail it; it is told either way."""
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: A\ndocs_dir: content\nplugins: [{{guidekit: {{fail_on: {level}}}}}]\n"
    )
    (tmp_path / "content/index.md").write_text("---\nms.topic: a\n---\n# A\n\n[!include[x](y.md)]\n")
    ended = build(tmp_path)
    assert ended.returncode == code
    assert "[include-not-found]" in ended.stderr
