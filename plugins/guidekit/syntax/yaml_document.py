"""A page that is written in YAML, parsed as a document: its tokens and facts are those of a page in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath

from markdown_it.token import Token

from guidekit.syntax import EXTENSIONS, heading, link, suppression
from guidekit.syntax.document import Document, fact_reader, known_to_tokens, markdown_parser
from guidekit.syntax.fact import Fact
from guidekit.syntax.raw_html import Comment
from guidekit.syntax.yaml_page import page_kinds, page_markdown
from guidekit.syntax.yaml_page.composer import Composer, Piece
from guidekit.syntax.yaml_page.scalar import ScalarSource
from guidekit.text.escaping import as_markdown
from guidekit.text.source import Source


def parse(source: Source, *, extensions: frozenset[str] = frozenset()) -> Document:
    """Parse a page; what is no YAML becomes a page that shows its text as code, so that nothing is lost."""
    known = extensions & EXTENSIONS
    read = page_kinds.read(source)
    parser = markdown_parser(known)
    composer = Composer(source, parser.parse)
    pieces = [_unread(source)] if read.parts is None else list(composer.pieces(read.parts))
    tokens = [token for piece in pieces for token in piece.tokens]
    heading.give_ids(tokens)
    facts = list(chain.from_iterable(_facts(piece, known) for piece in pieces))
    for piece in pieces:
        _count_from_file(piece)
    definitions = (link.read_definitions(piece.env, piece.source) for piece in pieces if piece.env)
    return Document(
        source=source,
        front_matter=read.metadata,
        tokens=tokens,
        facts=facts,
        definitions=list(chain.from_iterable(definitions)),
        suppressions=_suppressions(source, tokens, facts),
        extensions=known,
        yaml_kind=read.kind,
        markdown=_as_code(source) if read.parts is None else page_markdown.write(read.parts),
    )


def _facts(piece: Piece, extensions: frozenset[str]) -> Iterator[Fact]:
    return known_to_tokens(fact_reader(extensions).read(piece.source, piece.tokens))


def _count_from_file(piece: Piece) -> None:
    """Count the lines of tokens in the file, once all that depends on those of their own text is read."""
    if isinstance(piece.source, ScalarSource):
        for token in piece.tokens:
            if token.map:
                first, behind = token.map
                token.map = [piece.source.line_in_file(first), piece.source.line_in_file(max(behind - 1, first)) + 1]


def _suppressions(source: Source, tokens: Sequence[Token], facts: Sequence[Fact]) -> Sequence[suppression.Suppression]:
    """Read the comments by which an author silences findings: those of YAML, and those in its texts."""
    if not suppression.mentioned(source):
        return ()
    return suppression.read(
        source, len(source.lines) + 1, tokens, (fact for fact in facts if isinstance(fact, Comment))
    )


def _unread(source: Source) -> Piece:
    """Show a text that is no YAML as it is, below the file's name."""
    name = Token("text", "", 0, content=_name(source.path))
    lines = [0, len(source.lines)]
    code = Token("fence", "code", 0, block=True, info="yaml", markup="```", content=f"{source.text}\n", map=lines)
    run = Token("inline", "", 0, block=True, content="", children=[name], map=[0, 1])
    opening, closing = Token("heading_open", "h1", 1, block=True), Token("heading_close", "h1", -1, block=True)
    return Piece(source=source, tokens=[opening, run, closing, code])


def _as_code(source: Source) -> str:
    fence = "`" * (max(map(len, re.findall("`+", source.text)), default=0) + 3)
    return f"# {as_markdown(_name(source.path))}\n\n{fence}yaml\n{source.text}\n{fence}"


def _name(path: PurePosixPath) -> str:
    return path.stem.replace("-", " ").replace("_", " ")
