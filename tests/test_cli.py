"""The command line, as it is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from guidekit import cli
from guidekit.cli import main

ContentSet = Callable[[dict[str, str | bytes]], Path]

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
OTHER = "7e063160-cb53-46c1-b111-380f77a7c848"
CLEAN = {
    "mkdocs.yml": "site_name: Site\ndocs_dir: content\nplugins: [guidekit]\n",
    "content/page.md": "---\ntitle: Page\ndescription: A page.\n---\n# Page\n\nText with [a link](#page).\n",
}
BROKEN = {**CLEAN, "content/page.md": CLEAN["content/page.md"] + "\n- [!include[x](../includes/none.md)]\n"}


def guidekit(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command from a folder, within this process; what goes wrong within it fails the test."""
    with chdir(cwd):
        result = CliRunner().invoke(main, list(map(str, arguments)), prog_name="guidekit", env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)


def test_clean_content_set_exits_with_0(content_set: ContentSet) -> None:
    """Nothing found is said with how much was checked."""
    result = guidekit("check", cwd=content_set(CLEAN))
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "checked 1 page, 0 fragments, 0 checklist items, 1 link: no findings\n"


def test_finding_is_shown_with_excerpt_and_caret(content_set: ContentSet) -> None:
    """A finding shows its place, its line and where on it, without color in a pipe, and the exit code is 1."""
    result = guidekit("check", cwd=content_set(BROKEN))
    assert result.returncode == 1
    assert result.stdout == (
        "content/page.md:9:3: error [include-not-found] included file 'includes/none.md' does not exist\n"
        "  9 | - [!include[x](../includes/none.md)]\n"
        "    |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "\n"
    )
    assert result.stderr == "checked 1 page, 0 fragments, 0 checklist items, 1 link: 1 error\n"


def test_json_has_places_counted_from_the_settings_file(content_set: ContentSet) -> None:
    """The JSON format gives code, severity, message and place, from any working directory."""
    root = content_set(BROKEN)
    result = guidekit("check", "..", "--output-format", "json", cwd=root / "content")
    assert result.returncode == 1
    report = json.loads(result.stdout)
    assert report["checked"] == {"pages": 1, "fragments": 0, "items": 0, "links": 1}
    assert report["diagnostics"] == [
        {
            "code": "include-not-found",
            "severity": "error",
            "message": "included file 'includes/none.md' does not exist",
            "path": "content/page.md",
            "line": 9,
            "column": 3,
            "end_line": 9,
            "end_column": 37,
            "hint": "",
            "owner": "",
            "fingerprint": report["diagnostics"][0]["fingerprint"],
            "related": [],
            "fix": None,
        }
    ]


@pytest.mark.parametrize(("threshold", "code"), [("error", 0), ("warning", 1), ("suggestion", 1)])
def test_threshold_decides_the_exit_code(content_set: ContentSet, threshold: str, code: int) -> None:
    """A warning fails a check unless only errors are to fail it."""
    root = content_set({**CLEAN, "content/page.md": "---\ntitle: Page\n---\n# Page\n\nText.\n"})
    assert guidekit("check", "--fail-on", threshold, cwd=root).returncode == code


def test_paths_narrow_the_report_but_not_the_index(content_set: ContentSet) -> None:
    """Only findings below the given paths are shown, while links into other files are still resolved."""
    other = "---\ntitle: Other\ndescription: Another.\n---\n# Other\n\n[page](page.md#page)\n"
    root = content_set({**BROKEN, "content/other.md": other})
    assert guidekit("check", "content/other.md", cwd=root).returncode == 0
    assert guidekit("check", "content/page.md", cwd=root).returncode == 1


@pytest.mark.parametrize("place", ["README.md", "tools"])
def test_path_without_pages_is_misuse(content_set: ContentSet, place: str) -> None:
    """A path below which there is neither page nor fragment is no clean path."""
    root = content_set({**CLEAN, "README.md": "# Read me\n", "tools/x.py": ""})
    result = guidekit("check", place, cwd=root)
    assert result.returncode == 2
    assert f"no page and no fragment in '{place}'" in result.stderr


@pytest.mark.parametrize("place", [".", "docs", "docs/includes/x.md", "docs/guide/page.md", "includes/y.md"])
def test_root_without_settings_file_is_found_from_anywhere_in_it(content_set: ContentSet, place: str) -> None:
    """Without mkdocs.yml the folder above docs/ and includes/ is the root, wherever in it one starts."""
    files = {
        "docs/guide/page.md": "[!include[x](../includes/x.md)]\n[!include[y](../../includes/y.md)]\n",
        "docs/includes/x.md": "X.",
        "includes/y.md": "Y.",
    }
    result = guidekit("check", place, "--output-format", "json", cwd=content_set(files))
    assert json.loads(result.stdout)["checked"] == {"pages": 1, "fragments": 2, "items": 0, "links": 0}


def test_nothing_checked_is_misuse(content_set: ContentSet) -> None:
    """A folder without any page is exit code 2, never a green light."""
    root = content_set({"mkdocs.yml": "docs_dir: content\n", "content/notes.txt": ""})
    result = guidekit("check", cwd=root)
    assert result.returncode == 2
    assert "nothing to check" in result.stderr


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("docs_dir: content\nplugins: [guidekit: {learn: 3}]\n", "setting 'learn': expected a list of strings"),
        ("docs_dir: content\nplugins: [guidekit: {severity: {x: off}}]\n", "setting 'severity': there is no rule 'x'"),
        (
            f"docs_dir: content\nplugins: [guidekit: {{aliases: {{{GUID}: {OTHER}, {OTHER}: {GUID}}}}}]\n",
            f"setting 'aliases': '{GUID}' leads to '{OTHER}', which is retired too: name the one that is in use",
        ),
        (
            f"docs_dir: content\nplugins: [guidekit: {{aliases: {{{GUID}: {GUID.upper()}}}}}]\n",
            f"setting 'aliases': '{GUID}' leads to itself",
        ),
        ("docs_dir: nowhere\n", "there is no content folder"),
        ("docs_dir: [\n", "is not valid YAML"),
        ("- a\n", "expected keys with values"),
    ],
)
def test_unusable_settings_are_misuse(content_set: ContentSet, settings: str, message: str) -> None:
    """A settings file that cannot be used is exit code 2, with the key or the file in the message."""
    result = guidekit("check", cwd=content_set({**CLEAN, "mkdocs.yml": settings}))
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_settings_are_read_in_spite_of_foreign_tags(content_set: ContentSet) -> None:
    """``!ENV`` and ``!!python/name:`` in mkdocs.yml are no obstacle, and nothing of them is run."""
    settings = (
        "site_name: !ENV [NAME, Site]\ndocs_dir: content\n"
        "markdown_extensions: [{x: {y: !!python/name:material.extensions.emoji.twemoji ''}}]\n"
        "plugins:\n  guidekit: {severity: {include-not-found: warning}}\n"
    )
    result = guidekit("check", cwd=content_set({**BROKEN, "mkdocs.yml": settings}))
    assert "warning [include-not-found]" in result.stdout


def test_path_that_does_not_exist_is_misuse(content_set: ContentSet) -> None:
    """A path with a typing mistake is exit code 2, not a check of nothing."""
    result = guidekit("check", "contnet", cwd=content_set(CLEAN))
    assert result.returncode == 2
    assert "contnet" in result.stderr


def test_folder_without_settings_file_is_a_content_set(content_set: ContentSet) -> None:
    """A folder with docs/ and includes/ is checked as it is."""
    root = content_set({"docs/page.md": "[!include[x](../includes/x.md)]\n", "includes/x.md": "Text.\n"})
    result = guidekit("check", root, "--output-format", "json", cwd=root.parent)
    assert json.loads(result.stdout)["checked"]["fragments"] == 1


def test_render_prints_the_article(content_set: ContentSet) -> None:
    """HTML goes to standard output, findings to standard error."""
    result = guidekit("render", "content/page.md", cwd=content_set(BROKEN))
    assert result.returncode == 1
    assert result.stdout.startswith('<h1 id="page">Page</h1>\n<p>Text with <a href="#page">a link</a>.</p>\n')
    assert result.stderr == (
        "error: content/page.md:9:3: included file 'includes/none.md' does not exist [include-not-found]\n"
    )


def test_render_of_a_fragment_is_misuse(content_set: ContentSet) -> None:
    """A fragment has no page of its own, and the message says so."""
    result = guidekit("render", "includes/x.md", cwd=content_set({**CLEAN, "includes/x.md": "Text."}))
    assert result.returncode == 2
    assert "it is a fragment" in result.stderr


def test_render_of_a_page_in_another_dialect_is_misuse(content_set: ContentSet) -> None:
    """A page that Python-Markdown renders is not rendered here, and the message says so."""
    result = guidekit(
        "render", "content/page.md", cwd=content_set({"content/page.md": "---\nlearn: no\n---\n# Page\n"})
    )
    assert result.returncode == 2
    assert "not written in the Learn dialect" in result.stderr


def test_rule_explains_itself(content_set: ContentSet) -> None:
    """What the rule asks for, both examples and the reason are printed."""
    result = guidekit("rule", "guidance-empty", cwd=content_set({}))
    assert result.returncode == 0
    assert [part in result.stdout for part in ("guidance-empty (error)", "Bad:", "Good:", "Why:")] == [True] * 4


def test_unknown_rule_is_misuse_with_a_hint(content_set: ContentSet) -> None:
    """A misspelled code is answered with the nearest one."""
    result = guidekit("rule", "guidance-emty", cwd=content_set({}))
    assert result.returncode == 2
    assert "did you mean 'guidance-empty'?" in result.stderr


def test_list_shows_who_uses_what(content_set: ContentSet) -> None:
    """Pages with their items, fragments with their pages; an unused fragment is marked."""
    page = f"<!-- You have a plan -->\n[!include[{GUID}](../includes/{GUID}.md)]\n"
    root = content_set({**CLEAN, "content/page.md": page, f"includes/{GUID}.md": "## A", "includes/x.md": ""})
    assert guidekit("list", cwd=root).stdout.splitlines() == [
        "content/page.md  1 item",
        f"  {GUID}  You have a plan",
        f"includes/{GUID}.md  content/page.md",
        "includes/x.md  unused",
    ]


def test_list_is_narrowed_to_a_path(content_set: ContentSet) -> None:
    """A folder or a file stands for what lies in it; where nothing does, that is said."""
    page = f"---\nms.custom: Is it done?\n---\n# Page\n\n<!-- You have a plan -->\n[!include[{GUID}](../../includes/{GUID}.md)]\n"
    root = content_set({**CLEAN, "content/a/page.md": page, f"includes/{GUID}.md": "## A", "tools/x.py": ""})
    shown = ["content/a/page.md  1 item", f"  {GUID}  You have a plan"]
    for place, lines in (
        ("content/a", shown),
        ("content/a/page.md", shown),
        ("includes", [f"includes/{GUID}.md  content/a/page.md"]),
        ("content/page.md", ["content/page.md"]),
        (".", [*shown, "content/page.md", f"includes/{GUID}.md  content/a/page.md"]),
    ):
        assert guidekit("list", place, cwd=root).stdout.splitlines() == lines
    nothing = guidekit("list", "tools", cwd=root)
    assert (nothing.returncode, "no page and no fragment in 'tools'" in nothing.stderr) == (2, True)


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_list_and_changes_at_a_terminal_count_from_the_working_directory(content_set: ContentSet) -> None:
    """What other commands print at a terminal leads to the file from where one stands as well."""
    root = content_set({**CLEAN, "includes/x.md": "X\n"})
    assert "../content/page.md" in on_terminal(root / "includes", command="list")
    assert "wrote " in (said := on_terminal(root / "content", "fragment", "It is", command="new"))
    assert "wrote ../includes/" in said


def test_check_loads_neither_hosts_nor_what_it_does_not_need(content_set: ContentSet) -> None:
    """The gate in CI stands on its own: neither host, nor rich in a pipe, nor what reads workbooks and built sites."""
    unwanted = {"mkdocs", "markdown", "pymdownx", "rich", "openpyxl", "xlsxwriter", "selectolax"}
    assert not loaded(content_set(CLEAN), "check") & unwanted


@pytest.mark.parametrize(("command", "others"), [("check", set()), ("import", {"catalogue"}), ("no-command", set())])
def test_command_is_loaded_when_it_is_asked_for(content_set: ContentSet, command: str, others: set[str]) -> None:
    """What is typed costs no other command's start, nor does a command that does not exist."""
    modules = {name: place.partition(":")[0] for name, place in cli.COMMANDS.items()}
    wanted = {modules[name] for name in {command, *others} if name in modules}
    assert loaded(content_set(CLEAN), command) & {*modules.values()} - {modules["completion"]} == wanted


def loaded(root: Path, *arguments: str) -> set[str]:
    """Run the command in a process of its own, and answer the modules that it has imported by its end."""
    code = (
        "import sys; from guidekit.cli import main\n"
        f"try: main({[*arguments]})\n"
        "except SystemExit: print('\\n', *sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return set(result.stdout.splitlines()[-1].split())


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_terminal_gets_color_and_no_color_takes_it_away(content_set: ContentSet) -> None:
    """On a terminal findings are colored, unless NO_COLOR is set."""
    assert "\x1b[" in on_terminal(content_set(BROKEN))
    assert "\x1b[" not in on_terminal(content_set(BROKEN), NO_COLOR="1")


def test_color_can_be_forced(content_set: ContentSet) -> None:
    """FORCE_COLOR brings color into a pipe too, where NO_COLOR does not forbid it; neither counts when it is empty."""
    root = content_set(BROKEN)
    for environment, is_colored in (
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ):
        result = guidekit("check", cwd=root, **environment)
        assert ("\x1b[" in result.stdout, "\x1b[" in result.stderr) == (is_colored, is_colored), environment
    forced = guidekit("check", "--output-format", "json", cwd=root, FORCE_COLOR="1")
    assert json.loads(forced.stdout)["diagnostics"]


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_terminal_gets_paths_as_they_count_from_the_working_directory(content_set: ContentSet) -> None:
    """At a terminal a path leads to the file from where one stands; excerpts are those of the same file."""
    root = content_set({**BROKEN, "content/guides/page.md": CLEAN["content/page.md"], "elsewhere/x": ""})
    for folder, path in (
        ("content/guides", "../page.md"),
        ("elsewhere", "../content/page.md"),
        (".", "content/page.md"),
    ):
        shown = on_terminal(root / folder, "..", NO_COLOR="1") if folder != "." else on_terminal(root, NO_COLOR="1")
        assert f"{path}:9:3: error" in shown and "9 | - [!include[x](../includes/none.md)]" in shown


@pytest.mark.parametrize(
    ("command", "arguments", "told"),
    [
        ("render", ["../content/page.md"], "error: ../content/page.md:10:3"),
        ("catalogue", [], "left out: ../content/page.md:9:1"),
    ],
)
def test_notes_at_a_terminal_count_paths_from_the_working_directory(
    content_set: ContentSet, command: str, arguments: list[str], told: str
) -> None:
    """What a command tells beside its output leads to the file from where one stands, too."""
    gone, there = (f"{letter * 8}-0000-4000-8000-000000000000" for letter in "ab")
    items = "".join(
        f"<!-- Backup {guid[0]} -->\n- [!include[{guid}](../includes/{guid}.md)]\n\n" for guid in (gone, there)
    )
    page = f"{CLEAN['content/page.md']}\n{items}"
    root = content_set({"content/page.md": page, f"includes/{there}.md": "## Backup\n\nText.\n", "elsewhere/x": ""})
    assert told in on_terminal(root / "elsewhere", *arguments, command=command, NO_COLOR="1")


def on_terminal(root: Path, *arguments: str, command: str = "check", **environment: str) -> str:
    """Run a command on a pseudo-terminal, and answer what it prints there."""
    import pty

    parent, child = pty.openpty()
    code = f"from guidekit.cli import main; main({[command, *arguments]!r})"
    env = {**os.environ, "TERM": "xterm-256color", **environment}
    process = subprocess.Popen([sys.executable, "-c", code], cwd=root, env=env, stdout=child, stderr=child)
    os.close(child)
    output = b""
    while True:
        try:
            output += (part := os.read(parent, 4096))
        except OSError:
            break
        if not part:
            break
    os.close(parent)
    process.wait()
    return output.decode()


def test_report_goes_into_several_files_in_one_run(content_set: ContentSet) -> None:
    """Each `--output` writes its format to its file, beside what is printed."""
    root = content_set(BROKEN)
    result = guidekit(
        "check", "--output-format", "github", "--output", "sarif:a.sarif", "--output", "markdown:b.md", cwd=root
    )
    assert result.stdout.startswith("::error file=content/page.md,line=9")
    assert json.loads((root / "a.sarif").read_text())["version"] == "2.1.0"
    assert "include-not-found" in (root / "b.md").read_text()


@pytest.mark.parametrize("output", ["sarif", "sarf:x", ":x", "sarif:"])
def test_output_that_names_no_format_or_no_file_is_misuse(content_set: ContentSet, output: str) -> None:
    """A wrong `--output` exits with 2 and says how it is written."""
    result = guidekit("check", "--output", output, cwd=content_set(CLEAN))
    assert result.returncode == 2
    assert f"'{output}' is not FORMAT:FILE" in result.stderr


def test_output_that_cannot_be_written_is_told(content_set: ContentSet) -> None:
    """A file in a folder that does not exist exits with 2, its name in the message."""
    result = guidekit("check", "--output", "json:none/report.json", cwd=content_set(CLEAN))
    assert result.returncode == 2
    assert "none/report.json" in result.stderr


def test_build_service_gets_paths_counted_from_its_repository(content_set: ContentSet) -> None:
    """In a repository that holds the content set in a folder, annotations name files as the service knows them."""
    root = content_set(BROKEN)
    result = guidekit("check", "--output-format", "github", cwd=root, GITHUB_WORKSPACE=str(root.parent))
    assert f"file={root.name}/content/page.md," in result.stdout


TWO_FAULTS = {**CLEAN, "content/page.md": "---\ntitle: Page\n---\n# Page\n\n[x](gone.md)\n"}


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), ["description-missing", "file-not-found"]),
        (("--select", "file-not-found"), ["file-not-found"]),
        (("--select", "h1-missing, file-not-found"), ["file-not-found"]),
        (("--select", "h1-missing"), []),
        (("--ignore", "file-not-found"), ["description-missing"]),
        (("--ignore", "file-not-found", "--ignore", "description-missing"), []),
        (("--severity", "file-not-found=off"), ["description-missing"]),
        (("--select", "file-not-found", "--ignore", "file-not-found"), []),
    ],
)
def test_rules_can_be_chosen_for_one_run(content_set: ContentSet, options: tuple[str, ...], codes: list[str]) -> None:
    """What is typed chooses the rules, and beats the settings."""
    result = guidekit("check", *options, "--output-format", "json", cwd=content_set(TWO_FAULTS))
    assert [found["code"] for found in json.loads(result.stdout)["diagnostics"]] == codes
    assert result.returncode == bool(codes)


def test_severity_can_be_set_for_one_run(content_set: ContentSet) -> None:
    """A warning made a suggestion does not fail the check."""
    options = ("--severity", "file-not-found=suggestion", "--severity", "description-missing=suggestion")
    result = guidekit("check", *options, cwd=content_set(TWO_FAULTS))
    assert result.returncode == 0
    assert "2 suggestions" in result.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--select", "file-not-fund", "--select: there is no rule 'file-not-fund'; did you mean 'file-not-found'?"),
        ("--ignore", "x,y", "--ignore: there is no rule 'x'"),
        ("--severity", "file-not-found", "--severity: 'file-not-found' is not RULE=LEVEL"),
        ("--severity", "file-not-found=fatal", "'fatal' for 'file-not-found' is not one of"),
        ("--severity", "gone=error", "--severity: there is no rule 'gone'"),
    ],
)
def test_choice_of_what_does_not_exist_is_misuse(content_set: ContentSet, option: str, value: str, said: str) -> None:
    """A rule or a level that does not exist exits with 2, lest a typing error pass for a clean run."""
    result = guidekit("check", option, value, cwd=content_set(TWO_FAULTS))
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr


def test_rules_say_nothing_about_files_that_the_settings_except(content_set: ContentSet) -> None:
    """`per_file_ignores` silences a rule in the files of a glob, and nowhere else."""
    settings = "plugins: [{guidekit: {per_file_ignores: {'content/old/**': [file-not-found, description-missing]}}}]"
    page = TWO_FAULTS["content/page.md"]
    files = {
        "mkdocs.yml": f"site_name: S\ndocs_dir: content\n{settings}\n",
        "content/old/a.md": page,
        "content/b.md": page,
    }
    result = guidekit("check", "--output-format", "json", cwd=content_set(files))
    found = {(one["path"], one["code"]) for one in json.loads(result.stdout)["diagnostics"]}
    assert found == {("content/b.md", "file-not-found"), ("content/b.md", "description-missing")}


def test_per_file_ignores_of_an_unknown_rule_is_misuse(content_set: ContentSet) -> None:
    """A rule that does not exist cannot be silenced."""
    settings = "plugins: [{guidekit: {per_file_ignores: {'**': [gone]}}}]"
    result = guidekit("check", cwd=content_set({**CLEAN, "mkdocs.yml": f"docs_dir: content\n{settings}\n"}))
    assert result.returncode == 2
    assert "setting 'per_file_ignores': there is no rule 'gone'" in result.stderr


def test_statistics_count_the_findings_of_each_rule(content_set: ContentSet) -> None:
    """The most frequent rule comes first, with its severity."""
    page = TWO_FAULTS["content/page.md"]
    root = content_set({**TWO_FAULTS, "content/page.md": f"{page}\n[y](away.md)\n"})
    result = guidekit("check", "--statistics", cwd=root)
    assert result.stdout == "2  warning     file-not-found\n1  warning     description-missing\n"
    assert result.returncode == 1


def test_settings_of_a_run_can_be_shown(content_set: ContentSet) -> None:
    """`--show-settings` prints valid YAML with what was typed, and checks nothing."""
    result = guidekit("check", "--show-settings", "--ignore", "h1-missing", cwd=content_set(TWO_FAULTS))
    assert result.returncode == 0
    assert yaml.safe_load(result.stdout)["severity"] == {"h1-missing": "off"}
