"""Rules on near misses: what was meant as an include, a link, a reference or a directive, and is text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from guidekit.diagnostics import Fix, Related, Severity
from guidekit.library.queries import Queries
from guidekit.rules.rule import Finding, document_rule
from guidekit.syntax.document import Document
from guidekit.syntax.near_miss import (
    DIRECTIVES,
    LinkMistake,
    MistypedInclude,
    MistypedLink,
    UndefinedReference,
    UnknownDirective,
)
from guidekit.text.edits import Edit
from guidekit.text.paths import close_match
from guidekit.text.source import Span

_PROBLEMS: dict[LinkMistake, str] = {
    "blank in the address": "its address holds a blank",
    "words behind the address": "a title behind its address needs quotes",
    "blank between the brackets": "a blank stands between its brackets",
    "wrong order": "its brackets are in the wrong order",
    "unclosed": "its ')' is missing",
    "square bracket": "it ends with ']'",
}
_NOT_CERTAIN: tuple[LinkMistake, ...] = ("words behind the address", "blank between the brackets", "unclosed")
_NAMED = 20
_WORDS = re.compile(r"[-_ ]")
"""How many places are named that lack the same definition."""

_ALERTS = frozenset({"note", "tip", "info", "warning", "important", "caution", "danger", "hint", "attention"})
_ADDRESS = re.compile(r"(?:https?://|\.{0,2}/|#).+|[^#]+?\.md(?:#.*)?", re.IGNORECASE)
_LABEL = re.compile(r"\[([^\[\]]+)\]:")


@document_rule(Severity.ERROR, mends="safely")
def include_mistyped(document: Document, queries: Queries) -> Iterator[Finding]:
    """What begins like an include must be one, to the last bracket.

    Bad:
        content/guide.md
            [!INCLUDE [Prerequisites] (../includes/prerequisites.md)]
        includes/prerequisites.md
            You need an Azure subscription.

    Good:
        content/guide.md
            [!INCLUDE [Prerequisites](../includes/prerequisites.md)]
        includes/prerequisites.md
            You need an Azure subscription.

    Why:
        The fragment is missing from the page, and readers see the brackets instead. No blank may stand before `(`, nor
        between `)` and `]`.
    """
    for found in document.of(MistypedInclude):
        hint = f"write '{found.right or '[!INCLUDE [title](path.md)]'}'"
        fix = _fix(found.written, found.right, hint) if found.right else None
        yield Finding(message="this include is mistyped, so it is text", span=found.span, hint=hint, fix=fix)


@document_rule(Severity.WARNING, mends="safely")
def link_mistyped(document: Document, queries: Queries) -> Iterator[Finding]:
    """A link or an image must be written so that it is one: `[text](address)`, without blanks in the address.

    Bad:
        content/guide.md
            See [the plan](recovery plan.md).
        content/recovery plan.md
            # Recovery plan

    Good:
        content/guide.md
            See [the plan](recovery%20plan.md).
        content/recovery plan.md
            # Recovery plan

    Why:
        Readers see brackets and an address, and can follow neither. A blank in an address is written as `%20`.
    """
    for found in document.of(MistypedLink):
        hint = f"write '{found.right}'"
        leads = queries.follow(
            found.right if found.mistake == "blank in the address" else found.address, document.source.path
        )
        certain = leads.kind != "missing" and found.mistake not in _NOT_CERTAIN
        fix = _fix(found.written, found.right, hint) if certain else None
        yield Finding(message=f"this is no link: {_PROBLEMS[found.mistake]}", span=found.span, hint=hint, fix=fix)


@document_rule(Severity.WARNING, mends="safely")
def reference_undefined(document: Document, queries: Queries) -> Iterator[Finding]:
    """A link by a reference must have its definition in the same file.

    Bad:
        content/guide.md
            The plan has a [promise of uptime][sla-link].

    Good:
        content/guide.md
            The plan has a [promise of uptime][sla-link].

            [sla-link]: https://www.microsoft.com/licensing/docs/view/Service-Level-Agreements-SLA-for-Online-Services

    Why:
        Readers see two pairs of brackets. The definitions of a page do not reach into its fragments, nor theirs into it.
    """
    labels = _labels(document)
    for label, (found, *others) in _by_label(document.of(UndefinedReference)).items():
        message = f"nothing defines the reference '{found.label}'"
        if _ADDRESS.fullmatch(found.label):
            for one in (found, *others):
                hint = f"write an address in round brackets: '({one.label})'"
                fix = _fix(one.written, f"({one.label})", f"write '({one.label})'")
                yield Finding(message=message, span=one.span, hint=hint, fix=fix)
            continue
        near = close_match(label, labels)
        near = near if near and _is_like(label, near) else None
        hint = f"did you mean '[{near}]'?" if near else f"add '[{found.label}]: address' to this file"
        related = tuple(Related(message="and here", span=other.span) for other in others[:_NAMED])
        yield Finding(message=message, span=found.span, hint=hint, related=related)


def _is_like(label: str, other: str) -> bool:
    """Is each word of a label like that of another? Commands differ in one word, and mean something else."""
    pairs = zip_longest(_WORDS.split(label), _WORDS.split(other), fillvalue="")
    return all(one == two or close_match(one, [two]) for one, two in pairs)


@document_rule(Severity.WARNING)
def directive_unknown(document: Document, queries: Queries) -> Iterator[Finding]:
    """Three colons must begin a directive that Learn has.

    Bad:
        content/guide.md
            # Backup

            ::: warning
            Keep three copies.
            :::

    Good:
        content/guide.md
            # Backup

            > [!WARNING]
            > Keep three copies.

    Why:
        Readers see the colons. There are `image`, `code`, `zone`, `moniker`, `row`, `column`, `video`, `no-loc` and `form`.
    """
    for found in document.of(UnknownDirective):
        name = found.name.lower()
        near = close_match(name, DIRECTIVES)
        hint = "an alert is a quote that begins with '[!NOTE]'" if name in _ALERTS else ""
        yield Finding(
            message=f"there is no directive ':::{found.name}', so it is text",
            span=found.span,
            hint=hint or (f"did you mean ':::{near}'?" if near else ""),
        )


def _by_label(found: Iterable[UndefinedReference]) -> Mapping[str, Sequence[UndefinedReference]]:
    """Sort what is undefined by its reference: one that is used twice lacks one definition."""
    known: dict[str, list[UndefinedReference]] = {}
    for one in found:
        known.setdefault(one.label.lower(), []).append(one)
    return known


def _labels(document: Document) -> list[str]:
    """List the references that a file defines, as they are compared: in lower case."""
    texts = (document.source.cut(definition.span) for definition in document.definitions)
    return [found[1].lower() for text in texts if (found := _LABEL.match(text))]


def _fix(span: Span | None, text: str, message: str) -> Fix | None:
    return Fix(message=message, edits=(Edit(span=span, text=text),)) if span else None
