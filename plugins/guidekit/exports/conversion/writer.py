"""A page's tokens, written in a dialect: each block once all that it holds is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markdown_it.token import Token

from guidekit.exports.conversion import blocks, runs
from guidekit.exports.conversion.dialect import Block, Dialect, Frame, Writing
from guidekit.exports.conversion.joining import joined

_ONE_LINE = ("heading", "td", "th", "dt", "alert_title", "admonition_title", "details_title", "content_tab_label")
"""The blocks whose text is one line."""


def write(tokens: Sequence[Token], dialect: Dialect) -> str:
    """Write the tokens of a page."""
    writing = Writing(dialect, tokens)
    root = Frame(opening=Token("root", "", 1), start=0)
    frame = root
    for at, token in enumerate(tokens):
        if token.nesting > 0:
            frame = Frame(opening=token, start=at, parent=frame)
        elif token.nesting < 0:
            assert frame.parent
            frame.end = at + 1
            frame.parent.blocks += dialect.frames.get(frame.kind, blocks.content)(frame, writing)
            frame = frame.parent
        elif token.type == "inline" or token.type in dialect.leaves:
            leaf = _run(token, frame, dialect) if token.type == "inline" else dialect.leaves[token.type](token, writing)
            frame.blocks.append(replace(leaf, start=at, end=at + 1))
    lines = joined(root.blocks, writing)
    for _, note in sorted(writing.notes.items()):
        lines += ["", *note]
    return "\n".join([*lines, *([""] if writing.definitions else []), *writing.definitions]).strip("\n")


def _run(token: Token, frame: Frame, dialect: Dialect) -> Block:
    is_line = frame.kind in _ONE_LINE
    text = runs.write(
        token.children or (),
        dialect,
        one_line=is_line,
        in_cell=frame.kind in ("td", "th"),
        opens_line=not is_line or frame.kind == "dt",
    )
    return Block(kind="text", lines=text.split("\n") if text else ())
