"""The facts of a file, read off its tokens: which construct reads which token is told by the table of constructs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from markdown_it.token import Token

from guidekit.syntax import Construct, Read, ReadRun, prose
from guidekit.syntax.fact import EVERYONE, Condition, Fact
from guidekit.syntax.run import Run
from guidekit.text.source import Source


class FactReader:
    """Reads facts off tokens with the constructs of a table."""

    def __init__(self, constructs: Sequence[Construct]) -> None:
        self._blocks: dict[str, Read] = {}
        self._runs: dict[str, ReadRun] = {}
        self._inline: dict[str, Read] = {}
        for construct in constructs:
            self._blocks |= construct.blocks
            self._runs |= construct.runs
            self._inline |= construct.inline
        self._every_run = [row.every_run for row in constructs if row.every_run]
        self._conditions = {kind: read for construct in constructs for kind, read in construct.conditions.items()}

    def read(self, source: Source, tokens: Sequence[Token]) -> Iterator[tuple[Token, Fact]]:
        """Go through the facts of a file, in the order of the text, each with the token that it was read off."""
        row = 0
        shown = [EVERYONE]
        for index, token in enumerate(tokens):
            if token.map:
                row = token.map[0]
            if token.type in self._conditions:
                self._turn(token, shown)
            if token.type == "inline":
                opening = tokens[index - 1]
                run = _run(source, token, row, shown[-1])
                row = run.first_line
                yield from self._read_inline(opening, token, run)
            elif token.type in self._blocks:
                run = Run(source, token.content, row, token.meta.get("cell"), shown[-1])
                yield from ((token, fact) for fact in self._blocks[token.type](token, run))

    def _turn(self, token: Token, shown: list[Condition]) -> None:
        """Note for whom the text is shown that follows a token, which opens or closes what some readers see."""
        if token.nesting > 0:
            shown.append(shown[-1] | self._conditions[token.type](token))
        else:
            shown.pop()

    def _read_inline(self, opening: Token, token: Token, run: Run) -> Iterator[tuple[Token, Fact]]:
        read = self._runs.get(opening.type, prose.read_run)
        children = ((child, self._inline[child.type]) for child in token.children or () if child.type in self._inline)
        of_children = (((child, fact) for fact in read_child(child, run)) for child, read_child in children)
        for read_run in (read, *self._every_run):
            yield from ((opening, fact) for fact in read_run(opening, token, run))
        yield from chain.from_iterable(of_children)


def _run(source: Source, token: Token, row: int, condition: Condition) -> Run:
    """Find the line of a run of text, which is that of its block but where the parser dropped lines above it."""
    first = token.content.partition("\n")[0].strip()
    while token.map and row < token.map[1] - 1 and first not in source.lines[row]:
        row += 1  # a line of blanks that are none to Markdown, such as a form feed
    return Run(source, token.content, row, token.meta.get("cell"), condition)
