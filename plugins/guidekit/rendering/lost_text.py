"""Where a fragment is lost and no note tells of it: what held nothing else is left out, so that no empty bullet is seen."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

_TYPE = "lost_text"
_HOLDERS = ("list_item_open", "bullet_list_open", "ordered_list_open", "blockquote_open")


def mark() -> Token:
    """Make what stands in the place of a fragment that is lost until the page is put together."""
    return Token(_TYPE, "", 0, hidden=True)


def left_out(body: Sequence[Token]) -> Sequence[Token]:
    """Leave the marks out, and each list, item and quote that holds nothing else."""
    if not any(token.type == _TYPE for token in body):
        return body
    kept: list[Token] = []
    around: list[
        tuple[int, bool]
    ] = []  # for each open block, where its content begins, and whether a text is lost in it
    lost = False
    for token in body:
        if token.type == _TYPE:
            lost = True
        elif token.nesting > 0:
            kept.append(token)
            around.append((len(kept), lost))
            lost = False
        elif token.nesting < 0:
            start, lost_before = around.pop()
            is_left_out = lost and start == len(kept) and kept[-1].type in _HOLDERS
            if is_left_out:
                kept.pop()
            else:
                kept.append(token)
            lost = lost_before or is_left_out
        else:
            kept.append(token)
    return kept
