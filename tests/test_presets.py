"""The presets for other linters: they are silent on what the dialect allows, and on nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from case import lay_out

from guidekit import Library

PLAN, TESTS = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89", "7e063160-cb53-46c1-b111-380f77a7c848"
LONG = "In this dialect a paragraph is one line, however long it is, and an editor wraps it where its window ends. "
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "docs_dir: content\n",
    "content/guides/backup.md": f"""\
---
title: Back up a workload
titleSuffix: Guidance
description: How to keep copies of your data.
ms.date: 11/22/2026
ms.custom: "How do you protect the data of this workload?"
---

# Back up a workload

{LONG}See [what a backup is](#what-a-backup-is), [who decides](plan.md#who-decides) and [Azure Backup](/azure/backup/).

> [!NOTE]
> A marker stands on a line of its own.

> [!IMPORTANT]
> Two alerts stand below each other.
>
> - They hold any block.

It is kept for [!INCLUDE [days](../../includes/shared/days.md)] days.

[!INCLUDE [shared](~/includes/shared/what-a-backup-is.md)]

1. Take a backup.

   [!INCLUDE [shared](../../includes/shared/note.md)]

2. Restore it.

| Kind | Kept for |
| --- | --- |
| Daily | [!INCLUDE [days](../../includes/shared/days.md)]<br>at least |

## <a id="parts"></a>Parts

See [where parts begin](#parts), [the guidance](#recovery-plan), and the [checklist as a table](backup/checklist.csv).

<!-- You have a recovery plan -->
[!include[{PLAN}](../../includes/{PLAN}.md)]

<!-- Restores are tested -->
[!include[{TESTS}](../../includes/{TESTS}.md)]
""",
    "content/guides/plan.md": (
        "---\ntitle: A plan\ndescription: Who decides.\n---\n\n# A plan\n\n[!INCLUDE [who](~/includes/shared/who.md)]\n"
    ),
    "includes/shared/who.md": "## Who decides\n\nThe owner does.\n",
    "includes/shared/days.md": "30\n",
    "includes/shared/what-a-backup-is.md": "## What a backup is\n\nA copy of data that lives elsewhere.\n",
    "includes/shared/note.md": "> [!TIP]\n> Begin with the data that hurts most.\n",
    f"includes/{PLAN}.md": (
        f"---\nms.uid: {PLAN}\n---\n\n## Recovery plan\n\n{LONG}See [who decides](../content/guides/plan.md#who-decides).\n"
    ),
    f"includes/{TESTS}.md": f"---\nms.uid: {TESTS}\n---\n\n## Restore tests\n\n{LONG}\n".replace(". \n", ".\n"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content set with what the dialect allows and other dialects do not know."""
    return lay_out(tmp_path_factory.mktemp("set"), FILES)


def found(root: Path, *options: str | Path) -> set[str]:
    """List the rules of rumdl that find something."""
    command = [Path(sys.executable).with_name("rumdl"), "check", "--no-cache", "--output-format", "json", *options, "."]
    result = subprocess.run([*map(str, command)], cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode in (0, 1), result.stderr
    return {finding["rule"] for finding in json.loads(result.stdout)}


@pytest.fixture
def preset(project: Path) -> dict[str, Any]:
    """The preset for rumdl."""
    return tomllib.loads((project / "presets/rumdl.toml").read_text(encoding="utf-8"))


def test_content_set_is_right(root: Path) -> None:
    """Our own check finds nothing, not even a suggestion."""
    assert Library.open(root).check().diagnostics == ()


def test_rumdl_is_silent_with_the_preset(root: Path, project: Path) -> None:
    """What the dialect allows is no finding."""
    assert found(root, "--config", project / "presets/rumdl.toml") == set()


def test_each_rule_of_the_preset_is_wrong_without_it(root: Path, preset: dict[str, Any]) -> None:
    """No rule is turned off for nothing: without the preset, each of them finds what is right, and no other does."""
    named = {*preset["global"]["disable"], *(key for key in preset if key != "global")}
    assert found(root, "--isolated") == named


def test_preset_leaves_style_to_rumdl(project: Path, tmp_path: Path) -> None:
    """A heading without a blank line, a skipped level and an element that is not allowed are still found."""
    lay_out(tmp_path, {"content/page.md": "# Page\n### Deep\nText with <font>color</font>.\n"})
    assert {"MD001", "MD022", "MD033"} <= found(tmp_path, "--config", project / "presets/rumdl.toml")


def test_preset_for_markdownlint_says_the_same(project: Path, preset: dict[str, Any]) -> None:
    """Both presets leave the same to guidekit; markdownlint looks for no files, but for blank lines between quotes."""
    other = yaml.safe_load((project / "presets/markdownlint.yaml").read_text(encoding="utf-8"))
    off = {name for name, value in other.items() if value is False}
    assert off == {*preset["global"]["disable"], "MD028"} - {"MD057"}
    assert other["MD025"]["front_matter_title"] == preset["MD025"]["front-matter-title"] == ""
    assert other["MD033"]["allowed_elements"] == preset["MD033"]["allowed-elements"]
