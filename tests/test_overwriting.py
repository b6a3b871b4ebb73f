"""What commands write takes the place of a former output of guidekit, or of nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from guidekit.cli import main
from guidekit.exports import catalogue, graph, reports, schemas
from guidekit.reporting import outputs
from guidekit.reporting.former_outputs import is_output

ContentSet = Callable[[dict[str, str | bytes]], Path]

posix = pytest.mark.skipif(os.name != "posix", reason="makes symbolic links and pipes")

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
PAGE = (
    "---\ntitle: T\ndescription: D.\nms.custom: How do you recover?\n---\n# T\n\n[x](nowhere.md)\n\n"
    f"<!-- Backups are encrypted -->\n[!include[{GUID}](../includes/{GUID}.md)]\n"
)
GUIDANCE = f"---\nms.uid: {GUID}\nms.assessment_question: Backups are encrypted\n---\n## Backups\n\n" + "Word. " * 30
FILES = {"content/page.md": PAGE, f"includes/{GUID}.md": GUIDANCE, "mkdocs.yml": "site_name: S\ndocs_dir: content\n"}
CLEAN = {"content/page.md": PAGE.replace("[x](nowhere.md)\n", "Text.\n"), **{k: FILES[k] for k in list(FILES)[1:]}}

COMMANDS = [
    *(["check", "--fail-on", "error", "--output", f"{form}:{{}}"] for form in outputs.FORMATS),
    ["check", "--fail-on", "error", "--baseline", "{}", "--update-baseline"],
    *(["catalogue", "--format", form, "--output", "{}"] for form in catalogue.FORMATS),
    *(
        ["report", name, "--today", "2026-01-02", "--format", form, "--output", "{}"]
        for name in reports.REPORTS
        for form in reports.FORMATS
    ),
    *(["graph", "--format", form, "--output", "{}"] for form in graph.FORMATS),
    *(["schema", name, "--output", "{}"] for name in schemas.NAMES),
    ["export", "{}", "--format", "json"],
    ["export", "{}", "--format", "azure"],
]

PEOPLES = {
    "README.md": "# Readme\n\nWords.\n",
    "tasks.md": "# [Tasks](tasks.md)\n\n- [ ] [Buy milk](milk.md) (soon)\n",
    ".github/CODEOWNERS": "* @somebody\n",
    "overrides/main.html": '{% extends "base.html" %}\n',
    ".openpublishing.redirection.json": '{"redirections": []}\n',
    "base.yml": "site_name: Base\n",
    "image.png": b"\x89PNG\r\n\x1a\n",
    "package.json": '{\n  "name": "x"\n}\n',
    "own.schema.json": '{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/a"}\n',
    "list.json": '[{"description": "x"}]\n',
    "other.sarif": '{"$schema": "s",\n"version": "2.1.0",\n"runs": [{"tool": {"driver": {"name": "other"}}}]}\n',
    "table.csv": "name,age\n",
    "archive.zip": b"PK\x03\x04 no archive",
    "notes.txt": "Coverage as of today is fine\n",
    "flow.mmd": "flowchart LR\n  a --> b\n",
}


@pytest.mark.parametrize("files", [FILES, CLEAN], ids=["found", "clean"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_former_output_gives_way(
    content_set: ContentSet, monkeypatch: pytest.MonkeyPatch, command: list[str], files: dict[str, str | bytes]
) -> None:
    """Every output in every format is recognized by the next run of the same command."""
    root = content_set(dict(files))
    monkeypatch.chdir(root)
    for _ in range(2):
        result = CliRunner().invoke(main, [part.format("out") for part in command])
        assert result.exit_code == 0, result.output
    assert is_output((root / "out").read_bytes())


@pytest.mark.parametrize("written", PEOPLES)
@pytest.mark.parametrize(
    "command",
    [
        ["check", "--fix", "--output", "{form}:{}"],
        ["check-links", "site", "--output", "sarif:{}"],
        ["catalogue", "--output", "{}"],
        ["export", "{}", "--format", "json"],
        ["report", "usage", "--output", "{}"],
        ["graph", "--output", "{}"],
        ["schema", "check", "--output", "{}"],
        ["check", "--baseline", "{}", "--update-baseline"],
    ],
    ids=lambda command: command[0],
)
def test_file_of_people_stays(
    content_set: ContentSet, monkeypatch: pytest.MonkeyPatch, command: list[str], written: str
) -> None:
    """Whatever guidekit did not write stays as it is, whatever command is told to write there."""
    root = content_set({**FILES, "site/index.html": "<!doctype html><title>S</title>", **PEOPLES})
    monkeypatch.chdir(root)
    before = (root / written).read_bytes()
    result = CliRunner().invoke(main, [part.format(written, form="json") for part in command])
    assert (result.exit_code, (root / written).read_bytes()) == (2, before), result.output
    assert written in result.stderr


def test_nothing_is_mended_where_the_report_is_refused(content_set: ContentSet) -> None:
    """A run that may not write its report changes no page either."""
    page = "---\ntitle: T\ndescription: D.\n---\n# T\n\n[x](B.md)\n"
    root = content_set({"content/a.md": page, "content/b.md": page, "README.md": "# R\n"})
    result = CliRunner().invoke(main, ["check", str(root), "--fix", "--output", f"json:{root / 'README.md'}"])
    assert (result.exit_code, (root / "content/a.md").read_text()) == (2, page)


def test_workbook_that_a_person_filled_in_is_ours(content_set: ContentSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook is recognized after another program has saved it; another one with other sheets is not."""
    root = content_set(dict(FILES))
    monkeypatch.chdir(root)
    assert CliRunner().invoke(main, ["export", "list.xlsx"]).exit_code == 0
    book = openpyxl.load_workbook(root / "list.xlsx")
    book.worksheets[0]["D2"] = "Fulfilled"
    book.save(root / "list.xlsx")
    assert CliRunner().invoke(main, ["export", "list.xlsx"]).exit_code == 0
    own = BytesIO()
    openpyxl.Workbook().save(own)
    (root / "list.xlsx").write_bytes(own.getvalue())
    assert CliRunner().invoke(main, ["export", "list.xlsx"]).exit_code == 2


@posix
@pytest.mark.parametrize("target", ["nothing", "report.json", "README.md"])
def test_output_is_not_written_through_a_link(
    content_set: ContentSet, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """A link in the repository is refused, wherever it leads, and so is a file in a linked folder."""
    root = content_set({"set/README.md": "# R\n", **{f"set/{name}": text for name, text in FILES.items()}}) / "set"
    monkeypatch.chdir(root)
    assert CliRunner().invoke(main, ["check", "--output", "json:report.json", "--fail-on", "error"]).exit_code == 0
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    (root / "link").symlink_to(target)
    (root / "out").symlink_to(root.parent)
    for file in ("link", "out/report.json"):
        for command in (
            ["check", "--output", f"json:{file}"],
            ["check", "--baseline", file, "--update-baseline"],
            ["report", "usage", "--output", file],
            ["schema", "check", "--output", file],
        ):
            result = CliRunner().invoke(main, command)
            assert result.exit_code == 2, command
            assert "is a symbolic link, which could lead anywhere" in result.stderr or "the baseline" in result.stderr
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and not path.is_symlink()}
    assert (after, sorted(path.name for path in root.parent.iterdir())) == (before, ["docfx.json", "set"])


@posix
def test_link_outside_of_the_repository_is_the_users(content_set: ContentSet) -> None:
    """A link that does not lie in the repository was made by whoever runs the command, and is written through."""
    root = content_set({f"set/{name}": text for name, text in FILES.items()}) / "set"
    (root.parent / "latest").symlink_to("report.json")
    result = CliRunner().invoke(main, ["report", "usage", str(root), "--output", str(root.parent / "latest")])
    assert result.exit_code == 0
    assert (root.parent / "latest").is_symlink()
    assert (root.parent / "report.json").read_text().startswith("Usage as of")


@posix
def test_device_and_pipe_are_written_to(content_set: ContentSet) -> None:
    """A report for ``/dev/stdout`` is printed, and one for a pipe that the shell has made goes into it."""
    root = content_set(dict(FILES))
    command = [sys.executable, "-m", "guidekit.cli", "report", "usage", str(root), "--output"]
    script = f"import sys; from guidekit.cli import main; main({command[3:]!r} + [sys.argv[1]])"
    run = [sys.executable, "-c", script, "/dev/stdout"]
    printed = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)
    assert (printed.returncode, printed.stdout.startswith("Usage as of")) == (0, True), printed.stderr


HOLDING_UP = (
    '{"$schema":' + " " * 65_000,
    '{"$schema":' + '"version":' * 2_000 + " " * 40_000,
    '{"$schema": "x",' + '"version": ' * 6_000,
    "<?xml " + " " * 65_000,
    "Checked 1" + ": ." * 21_000,
    "Checked 1" + ": " * 32_000,
    "# [" + "\n\n" * 30_000,
    "# [x](y)\n\n- [ ] [" + "#0" * 30_000,
    "1:" * 32_000,
    ":" + "1" * 65_000,
    '[{"description": "' + "\\" * 65_000,
    "::error file=" + "," * 65_000,
    "##vso[task.logissue " + "code" * 16_000,
    "# Usage\n\n" + " As of 2026-01-0" * 4_000,
)


@posix
@pytest.mark.parametrize("text", HOLDING_UP, ids=lambda text: text[:20].strip())
def test_file_made_to_hold_a_command_up_is_looked_at_at_once(text: str, tmp_path: Path) -> None:
    """No text takes the square of its length until it is known to be no output."""
    (tmp_path / "text").write_text(text)
    script = (
        "import resource; from pathlib import Path; from guidekit.reporting.former_outputs import is_output\n"
        "used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime) + 1\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (used + 1, used + 1))\nprint(is_output(Path('text').read_bytes()))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "False\n")


@given(st.text() | st.binary())
def test_what_people_write_is_not_taken_for_an_output(text: str | bytes) -> None:
    """Nothing but white space passes for an output unless it begins as one of ours does."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    assert is_output(data) is not bool(data.decode("utf-8-sig", "replace").strip())
