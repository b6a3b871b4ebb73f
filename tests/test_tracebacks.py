"""Whatever the settings, the names and the machine are like, a command says what is wrong in a line, and a build does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from build_log import COMMANDS, obeyed
from case import lay_out
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from site_build import Build

from guidekit.cli import main, messages
from guidekit.settings import Settings

ContentSet = Callable[[dict[str, "str | bytes"]], Path]

GUID = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89"
ITEM = f"<!-- You have a plan -->\n[!include[{GUID}](../includes/{GUID}.md)]\n"
PAGE = f"---\ntitle: A page\ndescription: About it.\nms.custom: Is there a plan?\n---\n# A page\n\n{ITEM}"
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: T\ndocs_dir: content\nplugins: [guidekit]\n",
    "content/page.md": PAGE,
    f"includes/{GUID}.md": "## Plan\n\n" + "Name an owner. " * 20 + "\n",
}
LONG = "n" * 250
TOO_LONG = "n" * 300


def run(*arguments: str) -> Result:
    """Run a command; what goes wrong within it fails the test."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1, 2)
    assert obeyed(result.stderr_bytes or b"") == []
    return result


def program(
    root: Path, *arguments: str, code: str = "from guidekit.cli import main; main()", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run guidekit as a program of its own."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, **environment}, capture_output=True, check=False, timeout=120
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    return done


# Settings

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -(2**63), 0, 1, 100]),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        [*COMMANDS, "..", "/", "~", "{", "}", "{url}", "%s", "[red]x", "\0", TOO_LONG, "[z-a]", "**", "!", "content"]
    ),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=5),
)
values: st.SearchStrategy[object] = st.deferred(
    lambda: (
        scalars
        | st.lists(values, max_size=2)
        | st.dictionaries(scalars, values, max_size=2)
        | st.sets(scalars, max_size=2)
    )
)
names = [declared.name for declared in fields(Settings)]
beside = ["site_url", "use_directory_urls", "plugins", "docs_dir", "INHERIT", "theme", "nav", "extra_css", "validation"]


def load(root: Path) -> str:
    """Load a settings file as a build does; answer what it would say."""
    try:
        config = load_config(str(root / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        config.plugins.on_config(config)
    except MkDocsException as error:
        return str(error)
    return ""


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(names), values, min_size=1, max_size=2))
@example({"feedback": "https://x/{url:>999999999}"})
@example({"feedback": "https://x/{url.__class__}"})
@example({"search_budget": {"warn": float("nan")}})
def test_any_value_of_a_setting_is_used_or_named(options: dict[str, Any]) -> None:
    """Whatever YAML can hold is a value that works, or an error that names the setting, for the command and the build."""
    text = yaml.safe_dump({"site_name": "T", "docs_dir": "content", "plugins": [{"guidekit": options}]})
    with TemporaryDirectory() as folder:
        root = lay_out(Path(folder), FILES | {"mkdocs.yml": text})
        result = run("check", str(root))
        load(root)
    if result.exit_code == 2:
        assert "nothing to check" in result.stderr or any(f"'{name}'" in result.stderr for name in options), (
            result.stderr
        )


@settings(max_examples=60)
@given(st.sampled_from(beside), values)
def test_any_value_of_another_key_is_used_or_told(key: str, value: object) -> None:
    """Whatever stands where MkDocs reads, the command checks the content set or says in a line what it cannot use."""
    known = {"site_name": "T", "docs_dir": "content", "plugins": ["guidekit"]}
    with TemporaryDirectory() as folder:
        root = lay_out(Path(folder), FILES | {"mkdocs.yml": yaml.safe_dump({**known, key: value})})
        run("check", str(root))
        run("catalogue", "--config-file", str(root / "mkdocs.yml"))


@pytest.mark.parametrize(
    "address",
    [
        "https://x/{url:>999999999}",
        "https://x/{url!r}",
        "https://x/{url.a}",
        "https://x/{0}",
        "https://x/{",
        "https://x/{title:{url}}",
    ],
)
def test_address_for_feedback_is_filled_in_and_not_formatted(
    address: str, content_set: ContentSet, build: Build
) -> None:
    """A width, a conversion or an attribute in `feedback` is refused by the command and by a build, at once."""
    root = content_set(
        FILES | {"mkdocs.yml": f"site_name: T\ndocs_dir: content\nplugins: [guidekit: {{feedback: '{address}'}}]\n"}
    )
    checked = run("check", str(root))
    assert checked.exit_code == 2
    assert "setting 'feedback': may hold {url}, {title} and {item}, and no other braces" in checked.stderr
    built = build(root, "-q")
    assert "may hold {url}" in built.stderr and "Traceback" not in built.stderr


@pytest.mark.parametrize("text", COMMANDS, ids=ascii)
@pytest.mark.parametrize("key", ["docs_dir", "INHERIT", "feedback", "roots", "severity", "glossary", "unknown"])
def test_setting_that_is_refused_commands_nothing(
    key: str, text: str, content_set: ContentSet, caplog: pytest.LogCaptureFixture
) -> None:
    """What a settings file holds is told in a line that no terminal and no build service obeys."""
    shapes: dict[str, object] = {"roots": [f"/{text}"], "severity": {text: text}, "unknown": text}
    options = {text if key == "unknown" else key: shapes.get(key, text)}
    top = {"site_name": "T", "docs_dir": "content", "plugins": ["guidekit"]}
    config = {**top, **options} if key in ("docs_dir", "INHERIT") else {**top, "plugins": [{"guidekit": options}]}
    root = content_set(FILES | {"mkdocs.yml": yaml.safe_dump(config)})
    done = run("check", "-q", str(root))
    assert done.exit_code == (0 if key == "unknown" else 2)
    assert done.stderr.count("\n") == 1
    assert obeyed(done.stderr.encode()) == []
    if key not in ("docs_dir", "INHERIT", "unknown", "glossary"):  # of which MkDocs tells, or a build later
        load(root)
        said = "\n".join(record.getMessage() for record in caplog.records if "guidekit" in record.getMessage())
        assert said
        assert obeyed(said.encode()) == []


# Names


def test_file_of_the_longest_name_is_written(content_set: ContentSet, build: Build) -> None:
    """A file whose name is as long as a name can be is mended, moved, made, exported and published like any other."""
    page = f"content/{LONG}.md"
    root = content_set(FILES | {page: PAGE.replace("../includes/", "../Includes/")})
    assert "case" in run("check", str(root)).stdout
    assert "fixed 1 finding" in run("check", "--fix", str(root)).stderr
    assert run("export", str(root / f"{LONG}.json"), "--config-file", str(root / "mkdocs.yml")).exit_code == 0
    assert run("import", str(root / f"{LONG}.json"), "--config-file", str(root / "mkdocs.yml")).exit_code == 0
    assert run("mv", str(root / page), str(root / f"content/m{LONG}.md")).exit_code == 0
    assert (
        run(
            "new", "guide", str(root / f"content/g{LONG}.md"), "--title", "T", "--question", "Is there a plan?"
        ).exit_code
        == 0
    )
    (root / f"content/g{LONG}.md").unlink()
    built = build(root)
    assert built.returncode == 0, built.stderr
    assert (root / f"site/m{LONG}/index.html").is_file()


OUTPUTS = (
    ["check", "--output", f"json:{TOO_LONG}"],
    ["check", "--baseline", TOO_LONG],
    ["check", "--baseline", TOO_LONG, "--update-baseline"],
    ["graph", "--output", TOO_LONG],
    ["catalogue", "--output", TOO_LONG],
    ["report", "usage", "--output", TOO_LONG],
    ["schema", "check", "--output", TOO_LONG],
    ["export", f"{TOO_LONG}.json"],
    ["new", "guide", f"content/{TOO_LONG}.md", "--title", "T", "--question", "Is there a plan?"],
    ["mv", "content/page.md", f"content/{TOO_LONG}.md"],
    ["check", "--output", "json:content"],
    ["check", "--since", "x\n::error::y"],
    ["check", "--select", "\x1b[31m"],
    ["check", "x\n::error::y"],
    ["check", "--x\n::error::y"],
    ["x\n::error::y"],
    ["--x\n::error::y"],
    ["list", "\x1b[31m"],
    ["list", "##vso[x]y"],
    ["check", "--##vso[x]y"],
    ["##vso[x]y"],
    ["--##vso[x]y"],
    ["report", "##[error]x"],
    ["rule", "::error::x"],
    ["mv", "content/page.md", "content/x\n::error::y.md"],
    ["new", "guide", "content/x\n::error::y.md", "--title", "T", "--question", "Is there a plan?"],
)


@pytest.mark.parametrize("arguments", OUTPUTS, ids=lambda arguments: ascii(" ".join(arguments))[:60])
def test_name_that_cannot_be_is_refused_in_a_line(arguments: list[str], content_set: ContentSet) -> None:
    """A name that is too long, that is a folder's, or that would command a log ends with 2 and one line that tells it."""
    root = content_set(FILES)
    if "check" in arguments:
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    with chdir(root):
        done = run(*arguments)
    assert done.exit_code == 2
    told = [line for line in done.stderr.splitlines() if not line.startswith(("Usage:", "Try ", "checked "))]
    assert len(" ".join(told).strip()) > 10
    assert TOO_LONG not in {path.name for path in root.iterdir()}


# Machines


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check"], 0, "checked 1 page"),
        (["check", "--since", "HEAD"], 2, "git is not installed"),
        (["check", "--staged"], 2, "git is not installed"),
        (["new", "item", "content/page.md", "You test it"], 0, ""),
        (["new", "guide", "content/new.md", "--title", "T", "--question", "Is there a plan?"], 0, ""),
        (["report", "owners"], 0, ""),
        (["report", "freshness"], 0, ""),
        (["list"], 0, ""),
        (["catalogue"], 0, ""),
        (["mv", "content/page.md", "content/new.md"], 0, ""),
        (["check-links", "--external"], 2, "guidekit[links]"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_command_without_git(
    arguments: list[str], code: int, said: str, content_set: ContentSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git is not installed, what asks it says so in a line, and what only would have asked goes on."""
    root = content_set(FILES)
    if "--external" in arguments and (Path(sys.executable).parent / "lychee").exists():
        pytest.skip("lychee is installed beside Python, where no PATH has to name it")
    monkeypatch.setenv("PATH", "/nonexistent")
    with chdir(root):
        done = run(*arguments)
    assert done.exit_code == code, done.stderr
    assert said in done.stderr


def test_build_without_git(content_set: ContentSet, build: Build) -> None:
    """A build asks no git."""
    root = content_set(FILES)
    built = build(root, env={**os.environ, "PATH": "/nonexistent"})
    assert built.returncode == 0, built.stderr


ENCODINGS: dict[str, dict[str, str]] = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "latin-1": {"PYTHONIOENCODING": "latin-1:strict"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


DATA = (
    ["check", "--output-format", "json"],
    ["check", "--output-format", "junit"],
    ["render", "content/漢😀.md"],
)
WORDS = (
    ["check"],
    ["check", "--output-format", "github"],
    ["check", "--diff"],
    ["list"],
    ["report", "usage"],
    ["rule", "--all"],
    ["check", "gone-漢.md"],
)
ONE_BY_ONE = """
import json, os, sys
from guidekit.cli import main
for arguments in json.loads(sys.argv[1]):
    try:
        main([os.fsdecode(one.encode()) for one in arguments])
    except SystemExit as ended:
        print(ended.code, end=chr(0), flush=True)
"""
"""Runs several commands, and prints the exit code and a NUL behind what each has printed."""


@pytest.mark.parametrize("environment", ENCODINGS.values(), ids=ENCODINGS)
def test_any_encoding_of_the_streams_will_do(environment: dict[str, str], tmp_path: Path) -> None:
    """Names and texts of any script come out of any encoding of standard output: data as UTF-8, words with escapes."""
    root = lay_out(
        tmp_path, FILES | {"content/漢😀.md": PAGE.replace("../includes/", "../Includes/") + "\n[漢😀](漢.md)\n"}
    )
    (Path(os.fsdecode(os.fsencode(root) + b"/content/\xff.md"))).write_text("# A\n", encoding="utf-8")
    done = program(root, json.dumps([*DATA, *WORDS]), code=ONE_BY_ONE, **environment)
    assert done.returncode == 0
    printed = done.stdout.split(b"\0")
    for arguments, said in zip([*DATA, *WORDS], printed[:-1], strict=True):
        assert said[-1:] in (b"0", b"1", b"2"), arguments
        assert arguments in WORDS or "漢" in said.decode()


@pytest.mark.parametrize(
    "environment", [{"HOME": ""}, {"COLUMNS": "0"}, {"COLUMNS": "-1"}, {"COLUMNS": "x"}, {"TERM": ""}]
)
def test_strange_environment_is_no_matter(environment: dict[str, str], content_set: ContentSet) -> None:
    """Neither a home nor a width of the terminal is needed."""
    assert program(content_set(FILES), "check", **environment).returncode == 0
    assert program(content_set(FILES), "check", "--help", **environment).returncode == 0


def test_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    """A command in a folder that was removed says so in a line."""
    script = (
        "import os, sys; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); from guidekit.cli import main; main()"
    )
    for arguments in (["check"], ["new", "fragment", "You have it"], ["check-links", "--external"], ["list"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], cwd=tmp_path, capture_output=True, check=False
        )
        assert done.returncode == 2, done.stderr
        assert b"Error: the working directory is not there any more" in done.stderr


def test_internal_error_is_told_in_lines_and_kept_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last resort: exit code 2, what to report and where; the traceback where the variable asks for it."""
    monkeypatch.setattr("guidekit.cli.explain_rule.rules.named", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(main, ["rule", "x"], catch_exceptions=False)
    monkeypatch.delenv(messages.TRACEBACK)
    result = CliRunner().invoke(main, ["rule", "x"])
    assert result.exit_code == 2
    assert result.stderr.startswith("internal error: ZeroDivisionError: ")
    assert "please report this at" in result.stderr
