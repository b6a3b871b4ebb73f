"""``guidekit rule``: the rules in words, for people and for programs."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from guidekit import rules
from guidekit.cli import main


def run(*arguments: str) -> Result:
    """Ask for an explanation."""
    return CliRunner().invoke(main, ["rule", *arguments])


def test_json_has_all_that_a_rule_says() -> None:
    """A program gets each rule with its severity, both examples as files, the reason and the address of its text."""
    told = json.loads(run("--all", "--output-format", "json").stdout)
    assert [rule["code"] for rule in told] == [rule.code for rule in rules.RULES]
    for record, rule in zip(told, rules.RULES, strict=True):
        assert record["severity"] == str(rule.severity)
        assert record["bad"] == rule.example("Bad") and record["good"] == rule.example("Good")
        assert record["asks"].startswith(rule.summary) and record["why"]
        assert record["url"].endswith(f"#{rule.code}")
    assert json.loads(run("guidance-stub", "--output-format", "json").stdout) == [
        record for record in told if record["code"] == "guidance-stub"
    ]


def test_markdown_has_a_heading_for_each_rule_and_whole_examples() -> None:
    """An agent that reads Markdown gets one document, and no example breaks out of its fence."""
    tokens = MarkdownIt().parse(run("--all", "--output-format", "markdown").stdout)
    headings = [(token.tag, tokens[at + 1].content) for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == [("h1", "Rules of guidekit"), *(("h2", f"`{rule.code}`") for rule in rules.RULES)]
    fences = [token.content for token in tokens if token.type == "fence"]
    examples = [text for rule in rules.RULES for which in ("Bad", "Good") for text in rule.example(which).values()]  # type: ignore[arg-type]
    assert fences == examples


def test_text_explains_every_rule_as_it_explains_one() -> None:
    """--all prints one rule below the other, in the words in which each is explained alone."""
    whole = run("--all").stdout
    assert run("guidance-empty").stdout in whole
    assert all(f"{rule.code} ({rule.severity})\n" in whole for rule in rules.RULES)


def test_all_and_one_is_misuse() -> None:
    """Asking for all rules and for one of them is exit code 2."""
    result = run("guidance-empty", "--all")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--all explains every rule" in result.stderr
