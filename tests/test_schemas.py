"""The JSON Schemas: they take what guidekit takes, refuse what it refuses, and are published as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from guidekit import Library, Settings, SettingsError, rules
from guidekit.cli import main
from guidekit.exports import schemas
from guidekit.rules.metadata import KNOWN_KEYS
from guidekit.syntax.dates import parse_date

GUID, OTHER = "78b95e10-acc0-4749-8f1f-efa8cfb5eb89", "7e063160-cb53-46c1-b111-380f77a7c848"


def validator(name: str) -> Draft202012Validator:
    """Make a validator of one schema."""
    return Draft202012Validator(schemas.read(name))


@pytest.mark.parametrize("name", schemas.NAMES)
def test_schema_is_one_and_is_printed(name: str, tmp_path: Path) -> None:
    """Each schema is valid itself, has its address and a description, and is printed as it is written to a file."""
    schema = schemas.read(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{name}.schema.json")
    assert schema["description"]
    printed = CliRunner().invoke(main, ["schema", name]).stdout
    assert json.loads(printed) == schema
    assert CliRunner().invoke(main, ["schema", name, "--output", str(tmp_path / "made")]).output == ""
    assert (tmp_path / "made").read_text(encoding="utf-8") == printed


def test_names_are_listed() -> None:
    """Without a name, the command lists what there is; an unknown one is exit code 2."""
    listed = CliRunner().invoke(main, ["schema"]).stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(schemas.NAMES)
    unknown = CliRunner().invoke(main, ["schema", "none"])
    assert (unknown.exit_code, unknown.stdout) == (2, "")


@pytest.mark.parametrize("name", schemas.NAMES)
def test_published_schema_is_the_one_that_the_code_makes(project: Path, name: str) -> None:
    """A setting changes together with the schema on our site."""
    published = project / f"content/schemas/{name}.schema.json"
    assert published.read_text(encoding="utf-8") == schemas.write(name), f"{published} is out of date: run 'make docs'"


def test_schema_has_every_setting_with_its_default(project: Path) -> None:
    """Each setting is there with its type and its help, its default is valid, and so are our own settings."""
    properties = schemas.read("settings")["properties"]
    assert list(properties) == [*(declared.name for declared in fields(Settings)), "enabled"]  # which MkDocs reads
    for declared in fields(Settings):
        described = properties[declared.name]
        assert "type" in described or "enum" in described
        assert described["description"] == declared.metadata["help"]
        assert Settings.check(declared.name, described["default"]) == getattr(Settings(), declared.name)
        validator("settings").validate({declared.name: described["default"]})
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_constructor("tag:yaml.org,2002:timestamp", yaml.SafeLoader.construct_yaml_str)  # as editors read it
    config = yaml.load((project / "mkdocs.yml").read_text(encoding="utf-8"), Loader=loader)
    validator("mkdocs").validate(config)
    assert config["plugins"]["guidekit"]


VALUES: list[tuple[str, Any]] = [
    ("learn", "**"),
    ("learn", ["**", "!blog/**"]),
    ("roots", [3]),
    ("root_links", {"/azure/": "."}),
    ("root_links", {"azure": "."}),
    ("glossary", 3),
    ("feedback", "https://example.com/{url}"),
    ("feedback", "mailto:a@example.com"),
    ("feedback", "example.com"),
    ("markdown", "yes"),
    ("html", "learn"),
    ("html", "all"),
    ("search", "pagefind"),
    ("search", "lunr"),
    ("search_budget", {"warn": 10}),
    ("search_budget", {"warn": 0}),
    ("search_budget", {"stop": 10}),
    ("search_budget", {"warn": "none", "fail": 10}),
    ("search_budget", {"warn": None, "fail": "none"}),
    ("search_budget", {"fail": "never"}),
    ("services", {"aks": "Azure Kubernetes Service", "vm": None}),
    ("services", {"aks": {"label": "Azure Kubernetes Service", "changed": "2026-01-30"}, "vm": {}}),
    ("services", {"aks": {"renamed": "2026-01-30"}}),
    ("services", {"aks": {"changed": "January"}}),
    ("services", ["aks"]),
    ("services", {"aks": ""}),
    ("services", {"aks": "a; b"}),
    ("severity", {"fragment-unused": "warning", "legacy-banner": False, "guidance-stub": "off"}),
    ("severity", {"fragment-unused": "bad"}),
    ("aliases", {GUID: OTHER}),
    ("aliases", {GUID: "plan"}),
    ("aliases", {"plan": GUID}),
    ("per_file_ignores", {"content/**": ["review-overdue"]}),
    ("per_file_ignores", {"content/**": "review-overdue"}),
    ("reports", "contribute/state"),
    ("reports", "/state"),
    ("reports", "a/../b"),
    ("reports", "a..b"),
    ("max_include_depth", 100),
    ("max_include_depth", 101),
    ("max_includes", 0),
    ("max_file_size", "2"),
    ("max_file_size", True),
    ("unknown", 3),
]


@pytest.mark.parametrize(("key", "value"), VALUES, ids=str)
def test_schema_agrees_with_the_settings(key: str, value: Any) -> None:
    """The schema takes a value if the settings take it."""
    try:
        Settings.check(key, value)
        taken = True
    except SettingsError:
        taken = False
    assert validator("settings").is_valid({key: value}) is taken
    for plugins in ([{"guidekit": {key: value}}], {"search": None, "guidekit": {key: value}}):
        assert validator("mkdocs").is_valid({"site_name": "x", "plugins": plugins}) is taken


def test_unknown_rule_is_refused_where_rules_are_named() -> None:
    """An editor offers the rules that there are, and marks one that does not exist."""
    offered = schemas.read("settings")["properties"]["severity"]["propertyNames"]["enum"]
    assert offered == [rule.code for rule in rules.RULES]
    assert not validator("settings").is_valid({"severity": {"no-such-rule": "off"}})
    assert not validator("settings").is_valid({"per_file_ignores": {"**": ["no-such-rule"]}})


@pytest.mark.parametrize(
    "plugins", [["search", "guidekit"], {"guidekit": None}, [{"guidekit": None}, {"tags": {"x": 1}}]]
)
def test_settings_file_without_settings_is_fine(plugins: object) -> None:
    """Guidekit needs no setting, and the settings of other plugins are none of its business."""
    validator("mkdocs").validate({"site_name": "Site", "theme": {"name": "material"}, "plugins": plugins})


def headers(project: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read the front matter of all our own pages and fragments."""
    library = Library.open(project)
    for file in (*library.pages, *library.fragments):
        yield str(file.path), dict(file.document.front_matter.values)


def test_our_own_front_matter_is_valid(project: Path) -> None:
    """The schema knows every key that `unknown-key` knows, and takes what we write."""
    assert set(schemas.read("front-matter")["properties"]) == KNOWN_KEYS
    read = list(headers(project))
    assert len(read) > 50
    for path, values in read:
        assert [error.message for error in validator("front-matter").iter_errors(values)] == [], path


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("ms.date", "1/2/2026", "31/12/2025"),
        ("ms.date", "2026-01-02", "2026-1-2"),
        ("ms.update-cycle", "180-days", "half a year"),
        ("ms.update-cycle", "1-day", "0-days"),
        ("severity", "high", "Critical"),
        ("waf", "Cost", "Resiliency"),
        ("ms.uid", GUID.upper(), "recovery-plan"),
        ("learn", False, "false"),
        ("search", {"boost": 0.5}, {"exclude": "yes"}),
        ("title", 2026, ["Backup"]),
        ("my.own", {"any": ["thing"]}, None),
    ],
)
def test_front_matter_schema_tells_good_from_bad(key: str, good: Any, bad: Any) -> None:
    """Values that the rules accept are valid, others are not; keys of one's own are welcome."""
    assert validator("front-matter").is_valid({key: good})
    if bad is not None:
        assert not validator("front-matter").is_valid({key: bad})


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dates(min_value=date(1000, 1, 1)), st.booleans(), st.text("0123456789/-", max_size=10))
def test_every_date_that_counts_is_valid(day: date, american: bool, other: str) -> None:
    """The schema takes each date that guidekit reads, in both of its forms."""
    written = f"{day.month}/{day.day}/{day.year}" if american else day.isoformat()
    assert parse_date(written) == day
    assert validator("front-matter").is_valid({"ms.date": written})
    if parse_date(other):
        assert validator("front-matter").is_valid({"ms.date": other})
