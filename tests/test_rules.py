"""Every rule: its documentation is complete, its examples are true, and it is registered."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from case import skip_names_of_other_systems

import guidekit
from guidekit import rules
from guidekit.built_site.links import external
from guidekit.built_site.links.external import Answer, Inquiry
from guidekit.built_site.links.link_index import Site
from guidekit.built_site.links.site_addresses import Home
from guidekit.built_site.links.survey import Survey
from guidekit.disk.site_reader import SiteReader
from guidekit.rules import RULES
from guidekit.rules.rule import Rule

WITHOUT_SETTINGS = [rule for rule in RULES if "mkdocs.yml" not in rule.example("Bad")]

TODAY = date(2026, 11, 25)  # the examples are reviewed, or overdue, on this day whenever the tests run

by_code = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@by_code
def test_rule_is_documented_in_full(rule: Rule) -> None:
    """A rule says what it asks for, shows a bad and a good example, and says why."""
    assert set(rule.sections) == {"what", "Bad", "Good", "Why"}
    assert all(rule.sections.values())
    assert rule.summary.endswith(".")


@by_code
def test_bad_example_is_found(rule: Rule, tmp_path: Path) -> None:
    """The rule finds something in its bad example."""
    encoding = "latin-1" if rule.code == "file-unreadable" else "utf-8"
    assert rule.code in findings(tmp_path, rule.example("Bad"), encoding)


@by_code
def test_good_example_is_not_found(rule: Rule, tmp_path: Path) -> None:
    """The rule finds nothing in its good example."""
    assert rule.code not in findings(tmp_path, rule.example("Good"))


@pytest.mark.parametrize("rule", WITHOUT_SETTINGS, ids=lambda rule: rule.code)
def test_severity_can_be_set_and_the_rule_switched_off(rule: Rule, tmp_path: Path) -> None:
    """The setting ``severity`` changes how bad a finding is, and ``off`` leaves it out."""
    encoding = "latin-1" if rule.code == "file-unreadable" else "utf-8"
    lay_out(tmp_path, rule.example("Bad"), encoding)
    levels = {"error": guidekit.Severity.ERROR, "suggestion": guidekit.Severity.SUGGESTION}
    for name, severity in levels.items():
        report = check(guidekit.Library.open(tmp_path, {"severity": {rule.code: name}}), tmp_path)
        assert {item.severity for item in report.diagnostics if item.code == rule.code} == {severity}
    report = check(guidekit.Library.open(tmp_path, {"severity": {rule.code: "off"}}), tmp_path)
    assert rule.code not in {item.code for item in report.diagnostics}


def test_every_rule_function_is_registered_once(project: Path) -> None:
    """Each function that is made a rule stands in the tuple of all rules, once."""
    decorators = {
        "document_rule",
        "page_rule",
        "library_rule",
        "dated_rule",
        "external_rule",
        "site_rule",
        "suppression_rule",
    }
    made = [
        node.name.replace("_", "-")
        for path in (project / "plugins/guidekit/rules").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(call, ast.Call) and getattr(call.func, "id", "") in decorators for call in node.decorator_list
        )
    ]
    assert sorted(made) == sorted(rule.code for rule in RULES)


def test_unknown_rule_in_severity_is_refused(content_set: Callable[[dict[str, str]], Path]) -> None:
    """A severity for a rule that does not exist is a mistake in the settings, and named."""
    root = content_set({"content/page.md": "# Page\n"})
    with pytest.raises(guidekit.SettingsError, match=r"'severity'.*include-not-fond.*include-not-found"):
        guidekit.Library.open(root, {"severity": {"include-not-fond": "off"}})


def findings(root: Path, files: dict[str, str], encoding: str = "utf-8") -> set[str]:
    """Check files on disk, and answer the codes of what is found."""
    lay_out(root, files, encoding)
    return {item.code for item in check(guidekit.Library.open(root, today=TODAY), root).diagnostics}


def check(session: guidekit.Library, root: Path) -> guidekit.Report:
    """Check the sources, or the built site or other sites if that is what an example shows."""
    library = session.library
    if found := external.mentions(library, Home.of("")):
        day = date(2026, 11, 1)
        kinds = {"gone": Answer(kind="failed", since=day), "login": Answer(kind="unknown")}
        answers = {url: kinds.get(url.rpartition("/")[2], Answer(kind="fine")) for url in found}
        return rules.check_external(Inquiry(mentions=found, answers=answers), library)
    if not (root / "site").exists():
        return session.check()
    reader = SiteReader(root / "site")
    site = Site(read=reader, files=reader.list_files(), home=Home.of(""))
    return rules.check_site(Survey(site, library, PurePosixPath("site")), library)


def lay_out(root: Path, files: dict[str, str], encoding: str = "utf-8") -> None:
    """Write an example down, as part of a repository of Learn's; its settings file names the content folder."""
    skip_names_of_other_systems(files)
    (root / "content").mkdir(exist_ok=True)
    (root / "docfx.json").write_text("{}")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((("docs_dir: content\n" if name == "mkdocs.yml" else "") + text).encode(encoding))
