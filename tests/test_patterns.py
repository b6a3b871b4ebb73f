"""Regular expressions: none of the package's is held up by a text that was written for that."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import adversary
import pytest

PROGRAM = Path(adversary.__file__)
HOURS = 120
"""Seconds after which all of it has gone astray, where the system has no better watchdog; it takes some five."""


def held_up(*arguments: str) -> str:
    """Run the program that tries patterns; answer the last thing that it tried before the watchdog ended it."""
    command = [sys.executable, str(PROGRAM), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=HOURS, check=False)
    assert not ended.stderr, ended.stderr
    return ended.stdout.splitlines()[-1] if ended.returncode else ""


@pytest.mark.slow
def test_no_pattern_is_held_up() -> None:
    """Every regular expression, wherever it stands, answers about 100,000 characters of what it repeats."""
    slow = []
    last = held_up()
    while last:
        slow.append(last)
        last = held_up(last.split(maxsplit=1)[0])
    assert slow == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such watchdog")
@pytest.mark.parametrize("pattern", [r"\s*,", r"<a[^>]*>", r"(a|aa)+$", r"\$(?=.*\$.*!)", "(?:x+x+)+y"])
def test_watchdog_ends_what_is_held_up(pattern: str) -> None:
    """A pattern that takes the square of a text or more is found, so that the test above can fail."""
    code = f"import re, adversary; adversary.attack(adversary.Tried(place='here', pattern=re.compile({pattern!r}), methods=('sub',)))"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=PROGRAM.parent, capture_output=True, text=True, timeout=HOURS, check=False
    )
    assert ended.returncode < 0, ended.stderr


def test_no_pattern_hides() -> None:
    """Tried are those with a name, those within functions, and those that are handed to others, asked as they are asked."""
    tried = {one.place.partition(":")[0]: one for one in adversary.patterns()}
    asked = {(one.pattern.pattern, one.methods) for one in adversary.patterns()}
    assert len(asked) > 100
    assert {
        ("[?#]", ("search",)),
        (r"[\w-]+", ("fullmatch",)),
        ("(?:true|True|TRUE|false|False|FALSE)$", ("match",)),
    } <= asked
    assert {"guidekit.plugin.published_files", "guidekit.cli.check", "guidekit.built_site.links.markup"} - set(
        tried
    ) == {"guidekit.cli.check"}
