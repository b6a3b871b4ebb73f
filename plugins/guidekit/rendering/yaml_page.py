"""Pages written in YAML: cards side by side, and questions with their answers, which are told to search engines too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from guidekit.checklist_words.translation import Words
from guidekit.rendering import new_tokens
from guidekit.rendering.drawing import Place
from guidekit.syntax.visible_text import plain_text
from guidekit.syntax.yaml_page import link_kind

ANSWER = "answer"
_SCRIPT = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
"""What could end a script, or begin a comment in it."""


def draw_cards(token: Token, _place: Place) -> Iterator[Token]:
    """Open a grid of cards: Material's, or one of our own in other themes."""
    yield new_tokens.changed(token, attrs={"class": "grid guidekit-cards"})


def draw_card(token: Token, _place: Place) -> Iterator[Token]:
    """Open a card."""
    yield new_tokens.changed(token, attrs={"class": "card guidekit-card"})


def draw_kind(token: Token, _place: Place) -> Iterator[Token]:
    """Open the line that says what kind of page a link leads to."""
    yield new_tokens.changed(token, attrs={"class": "guidekit-kind"})


def draw_word(token: Token, place: Place) -> Iterator[Token]:
    """Say what kind of page a link leads to, in the language of the site."""
    say = Words(translated=place.drawing.library.settings.words)
    yield new_tokens.text(say(link_kind.words(token.content)))


def structured_data(body: Sequence[Token]) -> list[Token]:
    """Tell search engines the questions of a page and their answers, as plain text; nothing where there are none.

    The terms are those of <https://schema.org/FAQPage>.
    """
    asked = [
        {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for question, answer in _answered(body)
    ]
    if not asked:
        return []
    data = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": asked}
    text = json.dumps(data, ensure_ascii=False).translate(_SCRIPT)
    return [new_tokens.raw_block(f'<script type="application/ld+json">{text}</script>\n')]


def _answered(body: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Go through the questions of a page that have an answer in words."""
    question = ""
    said: list[str] | None = None
    for before, token in zip([None, *body], body, strict=False):
        if token.type == f"{ANSWER}_open":
            said = []
        elif token.type == f"{ANSWER}_close":
            answer = " ".join(" ".join(said or ()).split())
            if question and answer:
                yield question, answer
            said = None
        elif token.type == "inline":
            if said is not None:
                said.append(plain_text(token.children))
            elif before is not None and before.type == "heading_open":
                question = " ".join(plain_text(token.children).split())
        elif said is not None and token.type in ("fence", "code_block"):
            said.append(token.content)
