"""What a terminal and the services that run builds take for commands, told apart from our own code."""

from __future__ import annotations

import re

COMMANDS = (
    "##vso[task.prependpath]e",
    "###VSO[task.prependpath]e",
    "::error::e",
    " \u00a0::warning::e",
    "##[error]e",
    "##teamcity[buildProblem]",
    "a\n::error::b",
    "a\r##[group]b",
    "\x1b]0;title\x07\x1b[31me",
    "\x9b31me",
    "\u202egnp\u2028::x",
    "section_start:1:x\r\x1b[0Ke",
)
"""Texts that would command a terminal or a build service, or seem to end a line."""


_GITHUB = re.compile("::(?!:)")  # the name of a command that begins with a colon is none of GitHub's


def obeyed(data: bytes, own: str = "") -> list[str]:
    """List the lines that a build service or a terminal would obey; ``own`` begins those that are meant to be."""
    lines = re.split("\r\n|\r|\n", data.decode())
    found = []
    for line in lines:
        rest = line[len(own) :] if own and line.startswith(own) else line
        if (
            (rest == line and _GITHUB.match(rest.lstrip()))
            or re.search(r"##\w*\[", rest)
            or re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", rest)
        ):
            found.append(line)
    return found
