"""Beside mike, which publishes each version of a site below an address of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from case import lay_out
from site_build import Build

GUID = "33fe1493-7dbd-48de-ab6a-d6635c9c7c68"
HEADER = "---\ntitle: T\ndescription: D.\nms.topic: article\nms.custom: Is it so?\n---\n\n# T\n\n"
FILES: dict[str, str | bytes] = {
    "docs/index.md": f"{HEADER}<!-- Secrets are kept -->\n[!include[{GUID}](../includes/{GUID}.md)]\n",
    f"includes/{GUID}.md": "## Secrets\n\nKeep them in a vault that logs each access, as [we do](../docs/other.md), and"
    " look at the log once a month.\n",
    "docs/other.md": "---\ntitle: O\ndescription: D.\nms.topic: article\n---\n\n# O\n\n[home](/)\n",
}
SETTINGS = (
    "site_name: T\nsite_url: https://example.org/t/\ntheme: material\nplugins:\n  - search\n{}"
    "  - guidekit:\n      feedback: https://example.com/?page={{url}}\n{}"
)

MIKE = (
    "import sys; from mike.driver import main; sys.argv = ['mike', 'deploy', '1.0', '--ignore-remote-status']; main()"
)


def addresses(texts: dict[str, str]) -> set[str]:
    """Find the addresses of the site, whole ones, that its files tell."""
    found = (re.findall(r"https(?:://|%3A%2F%2F)example\.org[^\s\"'<>)\]\\]*", text) for text in texts.values())
    return {address.replace("%2F", "/").replace("%3A", ":") for all_of_file in found for address in all_of_file}


def are_versioned(texts: dict[str, str]) -> None:
    """Do catalogue, downloads, ``llms.txt``, pages and their Markdown tell the address of the version alone?"""
    told = addresses(texts)
    assert {address for address in told if not address.startswith("https://example.org/t/1.0/")} == set()
    paths = {address.removeprefix("https://example.org/t/1.0/") for address in told}
    assert {"", f"#{GUID}", "other/", "other.md", "index.md", "catalogue.schema.json"} <= paths


@pytest.mark.parametrize("first", [True, False], ids=["mike first", "mike last"])
def test_addresses_carry_the_version(first: bool, tmp_path: Path, build: Build) -> None:
    """All addresses that are written into files are those of the version that mike builds, wherever it is listed."""
    listed = SETTINGS.format(*(("  - mike\n", "") if first else ("", "  - mike\n")))
    lay_out(tmp_path, {**FILES, "mkdocs.yml": listed}, learn_repository=False)
    ended = build(tmp_path, "--strict", env={**os.environ, "MIKE_DOCS_VERSION": "1.0"})
    assert ended.returncode == 0, ended.stderr
    texts = {".html", ".json", ".csv", ".md", ".txt"}
    ours = [path for path in (tmp_path / "site").rglob("*") if path.suffix in texts and "assets" not in path.parts]
    are_versioned({str(path): path.read_text(encoding="utf-8-sig") for path in ours})


def test_version_that_mike_deploys_has_its_addresses(tmp_path: Path, build: Build) -> None:
    """``mike deploy`` builds with a copy of the settings file; what it commits tells the addresses of the version."""
    lay_out(tmp_path, {**FILES, "mkdocs.yml": SETTINGS.format("", "")}, learn_repository=False)
    commits = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout.decode("utf-8-sig")

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "a")
    ended = build(tmp_path, code=MIKE, env={**os.environ, **commits, "PATH": path})
    assert ended.returncode == 0, ended.stderr
    names = ("index.html", "catalogue.json", "checklist.csv", "checklist.md", "llms.txt", "other.md")
    are_versioned({name: git("show", f"gh-pages:1.0/{name}") for name in names})
