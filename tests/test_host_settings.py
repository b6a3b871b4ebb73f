"""One set of settings: what MkDocs makes of a settings file, the command line makes of it too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from case import lay_out
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from site_build import Build

import guidekit
from guidekit.cli import main
from guidekit.disk.settings_files import open_content_set

PAGE = "---\ntitle: T\ndescription: D.\nms.topic: article\n---\n\n# T\n\n> [!NOTE]\n> x\n"
BASE = "site_name: T\ntheme: material\n"
FILES: dict[str, str | bytes] = {
    "docs/index.md": PAGE,
    "docs/a.md": PAGE,
    "other/index.md": PAGE,
    "base.yml": f"{BASE}plugins:\n  guidekit: {{learn: [a.md], severity: {{file-not-found: error}}}}\nuse_directory_urls: false\n",
}
READ_ALIKE = {
    "a list": "plugins: [search, guidekit: {learn: [a.md]}]",
    "a mapping": "plugins: {search: {}, guidekit: {learn: [a.md]}}",
    "nothing but the name": "plugins:\n  - guidekit:",
    "a name that is not looked for in the theme": "plugins: [/guidekit: {learn: [a.md]}]",
    "a default": "plugins: [guidekit: {learn: !ENV [GUIDEKIT_NONE, [a.md]]}]",
    "a default of several names": "plugins: [guidekit: {max_includes: !ENV [GUIDEKIT_NONE, GUIDEKIT_NO, 7]}]",
    "a variable": "plugins: [guidekit: {max_includes: !ENV GUIDEKIT_NUMBER}]",
    "a variable before a default": "plugins: [guidekit: {max_includes: !ENV [GUIDEKIT_NUMBER, 3]}]",
    "the second variable": "plugins: [guidekit: {glossary: !ENV [GUIDEKIT_NONE, GUIDEKIT_PAGE, b.md]}]",
    "a variable that is true": "plugins: [guidekit: {pack: !ENV GUIDEKIT_TRUE}]",
    "a variable in a list": "plugins: [guidekit: {learn: [!ENV GUIDEKIT_PAGE]}]",
    "a variable for the folder": "plugins: [guidekit]\ndocs_dir: !ENV [GUIDEKIT_DOCS, docs]",
    "a variable for the address": "plugins: [guidekit]\nsite_url: !ENV [GUIDEKIT_SITE, '']",
    "no variable": "plugins: [guidekit]\nsite_url: !ENV []",
    "a variable that is not set": "plugins: [guidekit]\nsite_url: !ENV GUIDEKIT_NONE",
    "an address without a slash": "plugins: [guidekit]\nsite_url: https://example.org/t",
    "a folder with its whole path": "plugins: [guidekit]\ndocs_dir: ROOT/other",
    "a group that is on": "plugins: [group: {enabled: true, plugins: [search, guidekit: {learn: [a.md]}]}]",
    "a group by a variable": "plugins: {group: {enabled: !ENV [GUIDEKIT_TRUE, false], plugins: {guidekit: {learn: [a.md]}}}}",
    "a group beside it": "plugins: [group: {plugins: [callouts-x]}, guidekit: {learn: [a.md]}]",
    "what is inherited": "INHERIT: base.yml",
    "what is inherited and changed": "INHERIT: base.yml\nplugins: {guidekit: {learn: ['**'], severity: {title-missing: off}}}",
    "what is inherited and replaced": "INHERIT: base.yml\nplugins: [guidekit]",
    "a variable for what is inherited": "INHERIT: !ENV [GUIDEKIT_NONE, base.yml]",
    "globs": "plugins: [guidekit]\nexclude_docs: |\n  a.md\n  !b.md\ndraft_docs: |\n  c.md",
    "extensions": "plugins: [guidekit]\nmarkdown_extensions: [def_list, toc: {permalink: true}]",
    "extensions by a mapping": "plugins: [guidekit]\nmarkdown_extensions: {def_list: , toc: {permalink: true}}",
    "a setting that is not known": "plugins: [guidekit: {lern: [a.md], learn: [a.md]}]",
    "a key that is not known": "plugins: [guidekit]\nfoo: 1",
}
VARIABLES = {
    "GUIDEKIT_NUMBER": "12",
    "GUIDEKIT_PAGE": "a.md",
    "GUIDEKIT_TRUE": "true",
    "GUIDEKIT_DOCS": "other",
    "GUIDEKIT_SITE": "https://example.org/t/",
}
REFUSED = {
    "plugins that are text": "plugins: guidekit",
    "a plugin that is a number": "plugins: [5]",
    "two plugins in one entry": "plugins: [{guidekit: {}, search: {}}]",
    "settings that are a list": "plugins: [guidekit: [a]]",
    "a value of the wrong type": "plugins: [guidekit: {max_includes: many}]",
    "a switch that is none": "plugins: [guidekit: {enabled: perhaps}]",
    "a group with a switch that is none": "plugins: [group: {enabled: perhaps, plugins: [guidekit]}]",
    "guidekit twice": "plugins: [guidekit, guidekit: {learn: [a.md]}]",
    "globs that are a list": "plugins: [guidekit]\nexclude_docs: [a.md]",
    "drafts that are a number": "plugins: [guidekit]\ndraft_docs: 5",
    "addresses that are text": "plugins: [guidekit]\nuse_directory_urls: 'no'",
    "an address without a scheme": "plugins: [guidekit]\nsite_url: example.org",
    "an address that is a number": "plugins: [guidekit]\nsite_url: 5",
    "a folder that is a number": "plugins: [guidekit]\ndocs_dir: 5",
    "a folder that is not there": "plugins: [guidekit]\ndocs_dir: nowhere",
    "extensions that are text": "plugins: [guidekit]\nmarkdown_extensions: toc",
    "an extension with a list": "plugins: [guidekit]\nmarkdown_extensions: [toc: [a]]",
    "a parent that is not there": "INHERIT: nowhere.yml\nplugins: [guidekit]",
    "a rule that is not known": "plugins: [guidekit: {severity: {nope: error}}]",
}


def written(root: Path, text: str) -> Path:
    """Write a content set with these settings, below those that every site has."""
    text = text.replace("ROOT", str(root))
    settings = text if "INHERIT: base" in text or "base.yml" in text else BASE + text
    return lay_out(root, {**FILES, "mkdocs.yml": f"{settings}\n"}, learn_repository=False) / "mkdocs.yml"


def of_host(file: Path) -> object:
    """Let MkDocs read a settings file, and all plugins join, and answer the content set that ours works out."""
    config = load_config(str(file))
    config.plugins.on_startup(command="build", dirty=False)
    return config.plugins.on_config(config).plugins["guidekit"]._content_set


@pytest.mark.parametrize("text", READ_ALIKE.values(), ids=READ_ALIKE)
def test_settings_are_those_of_the_build(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, folder, addresses and what is left out are the same for the command line and for MkDocs."""
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    file = written(tmp_path, text)
    ours, theirs = open_content_set(file), of_host(file)
    assert ours.settings == theirs.settings  # type: ignore[attr-defined]
    assert ours.layout == theirs.layout  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_the_host_refuses_is_refused(text: str, tmp_path: Path) -> None:
    """What MkDocs cannot use ends both a build and a command, and never with a traceback."""
    file = written(tmp_path, text)
    with pytest.raises((Abort, ConfigurationError, PluginError)):
        of_host(file)
    with pytest.raises((guidekit.SettingsError, guidekit.RootError)):
        guidekit.Library.open(file)


@pytest.mark.parametrize("name", ["lern", "5", "'a\\nb'"])
def test_setting_that_is_not_known_is_a_warning_as_in_a_build(name: str, tmp_path: Path) -> None:
    """The command line warns of a mistyped setting, with -q too, and goes on; Python is told by an error."""
    file = written(tmp_path, f"plugins: [guidekit: {{{name}: [a.md]}}]")
    ended = CliRunner().invoke(main, ["check", "-q", str(tmp_path)])
    assert ended.exit_code == 0
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("warning: setting '")
    assert "there is no such setting; there are learn, " in ended.stderr
    with pytest.raises(guidekit.SettingsError, match="there is no such setting"):
        guidekit.Library.open(file)


@pytest.mark.parametrize("enabled", ["true", "false"])
def test_group_that_is_off_takes_its_plugins_along(enabled: str, tmp_path: Path) -> None:
    """Guidekit's settings hold for a command even where its group is off; other plugins count only where they are on."""
    group = f"group: {{enabled: {enabled}, plugins: [guidekit: {{learn: [a.md]}}, callouts, i18n: {{languages: []}}]}}"
    content_set = open_content_set(written(tmp_path, f"plugins: [{group}]"))
    assert content_set.settings.learn == ("a.md",)
    assert content_set.layout.draws_alerts is (enabled == "true")
    assert (content_set.layout.translations is None) is (enabled == "false")


@pytest.mark.parametrize("place", ["- search\n        - guidekit", "- guidekit\n        - search"])
def test_site_of_a_group_is_built(place: str, tmp_path: Path, build: Build) -> None:
    """Within a group, guidekit draws its pages and publishes their Markdown where the group is on, and does nothing else."""
    group = (
        f"plugins:\n  - group:\n      enabled: !ENV [GUIDEKIT_GROUP, false]\n      plugins:\n        {place}\n  - tags"
    )
    written(tmp_path, group)
    assert build(tmp_path, "--strict").returncode == 0
    assert "[!NOTE]" in (tmp_path / "site/a/index.html").read_text(encoding="utf-8")
    ended = build(tmp_path, "--strict", env={**os.environ, "GUIDEKIT_GROUP": "true"})
    assert ended.returncode == 0, ended.stderr
    html = (tmp_path / "site/a/index.html").read_text(encoding="utf-8")
    assert 'class="admonition note"' in html
    assert "assets/guidekit.css" in html
    assert (tmp_path / "site/a.md").exists()
