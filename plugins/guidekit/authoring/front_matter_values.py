"""Values set in a front matter that is there, all else left as it is to the byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guidekit.authoring import RefusedError
from guidekit.authoring.wording import quoted, scalar
from guidekit.syntax import front_matter
from guidekit.syntax.front_matter import FrontMatter
from guidekit.text import edits
from guidekit.text.edits import Edit
from guidekit.text.source import Source, Span

Value = str | Sequence[str]
"""A text, or a list of texts."""


def write(values: Mapping[str, Value]) -> str:
    """Write a new front matter; keys without a value are left out."""
    lines = (f"{key}: {_written(value)}\n" for key, value in values.items() if value)
    return f"---\n{''.join(lines)}---\n"


def set_values(text: str, source: Source, values: Mapping[str, Value], order: Sequence[str]) -> str:
    """Set values in the front matter of a file's whole ``text``, which ``source`` holds too.

    A key that is not there yet goes behind the last one that ``order`` names before it, else to the end. Raises
    `RefusedError` where the file has no front matter that could be edited by parts.
    """
    header = front_matter.read(source)
    if header.problems:
        raise RefusedError(f"{header.problems[0].span}: {header.problems[0].message}; mend it first")
    if not header.body_line:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        written = write(values).replace("\n", edits.line_ending(text))
        return f"{mark}{written}{edits.line_ending(text)}{text.removeprefix(mark)}"
    made = edits.apply(text, _edits(source, header, values, order))
    after = front_matter.read(Source.of(source.path, made))
    wanted = {key: value if isinstance(value, str) else [*value] for key, value in values.items()}
    if after.problems or after.values != {**header.values, **wanted}:
        raise RefusedError(f"{source.path}:1:1: the front matter is written in a way that cannot be edited by parts")
    return made


def _edits(source: Source, header: FrontMatter, values: Mapping[str, Value], order: Sequence[str]) -> Iterator[Edit]:
    new: dict[int, list[str]] = {}
    for key, value in values.items():
        if key in header.places:
            place = header.places[key]
            empty = place.start == place.end
            yield Edit(span=place, text=f" {_written(value)}" if empty else _written(value))
        else:
            new.setdefault(_line_for(key, header, order), []).append(f"{key}: {_written(value)}\n")
    for line, written in new.items():
        yield Edit(span=_start_of(source, line), text="".join(written))


def _written(value: Value) -> str:
    """Write a value as YAML; in a list on one line, a text that holds its signs is quoted."""
    if isinstance(value, str):
        return scalar(value)
    return f"[{', '.join(scalar(entry) if ',' not in entry else quoted(entry) for entry in value)}]"


def _line_for(key: str, header: FrontMatter, order: Sequence[str]) -> int:
    """Find the line, counted from 0, above which a new key goes."""
    before = order[: order.index(key)] if key in order else ()
    known = [header.places[name].end.line for name in before if name in header.places]
    return max(known) if known else header.body_line - 1


def _start_of(source: Source, line: int) -> Span:
    return source.span((line, 0))
