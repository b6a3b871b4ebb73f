"""The controls at the top of a page by which readers choose what they see, and the style sheet that shows it.

The choice needs no script. Where a browser does not understand the style sheet, readers see all there is.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from guidekit.rendering import new_tokens

BOX, BLOCK = "guidekit-pivots", "guidekit-zone"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What readers choose among: the question, and the title of each value. With one value, there is nothing to choose."""

    prompt: str
    values: Mapping[str, str]


def attributes(values: Iterable[str]) -> Mapping[str, str]:
    """Make the attributes of a block that is for readers of some values."""
    return {"class": BLOCK, "data-pivot": " ".join(values)}


def controls(choices: Sequence[Choice]) -> list[Token]:
    """Make the controls, and the style sheet that goes with them."""
    offered = [choice for choice in choices if len(choice.values) > 1]
    if not offered:
        return []
    boxes = [token for number, choice in enumerate(offered, 1) for token in _box(f"{BOX}-{number}", choice)]
    chosen = {value for choice in offered for value in choice.values}
    used = [value for choice in choices for value in choice.values]
    return [*boxes, new_tokens.raw_block(f"<style>{_style(used, chosen)}</style>")]


def _box(name: str, choice: Choice) -> list[Token]:
    legend = new_tokens.element("legend", "legend", new_tokens.run(new_tokens.text(choice.prompt)))
    controls = (
        token
        for number, (value, title) in enumerate(choice.values.items())
        for token in _control(name, value, title, first=not number)
    )
    return new_tokens.element("pivots", "fieldset", *legend, *controls, class_=BOX)


def _control(name: str, value: str, title: str, *, first: bool) -> list[Token]:
    checked = {"checked": "checked"} if first else {}
    box = new_tokens.leaf("input", type="radio", name=name, id=f"pivot-{value}", value=value, **checked)
    label = new_tokens.inline("label", new_tokens.text(title), for_=f"pivot-{value}")
    return [new_tokens.run(*new_tokens.inline("span", box, *label))]


def _style(used: Iterable[str], offered: Container[str]) -> str:
    """Write the style sheet that shows what belongs to chosen values alone."""
    shown = (
        f'{f""":root:has([id="pivot-{value}"]:checked) """ if value in offered else ""}.{BLOCK}[data-pivot~="{value}"]'
        for value in used
    )
    return f"@supports selector(:has(a)){{.{BLOCK}[data-pivot]{{display:none}}{','.join(shown)}{{display:block}}}}"
