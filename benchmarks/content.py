"""The content sets that are measured: one site of made-up text, written in four equivalent forms.

All text is drawn from the sentences below with a fixed seed; two runs write the same files, byte for byte.
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

Form = Literal["guidekit", "pasted", "include-markdown", "snippets"]
FORMS: tuple[Form, ...] = ("guidekit", "pasted", "include-markdown", "snippets")

SEED = 20_240_229

SERVICES = (
    "Azure Backup", "Azure Site Recovery", "Azure SQL Database", "Azure Cosmos DB", "Azure Blob Storage", "Azure Files",
    "Azure Kubernetes Service", "Azure App Service", "Azure Functions", "Azure Key Vault", "Azure Monitor",
    "Azure Traffic Manager", "Azure Front Door", "Azure Database for PostgreSQL", "Azure Managed Disks",
)  # fmt: skip
THINGS = (
    "the recovery vault", "each managed disk", "the transaction log", "the container image", "the cluster's state",
    "the encryption key", "the deployment pipeline", "the storage account", "the message queue", "the virtual network",
    "the configuration store", "the restore point", "the secondary replica", "the retention policy", "the audit trail",
)  # fmt: skip
PLACES = (
    "the paired region", "a second availability zone", "the recovery subscription", "an isolated virtual network",
    "an immutable container", "the secondary region", "a separate tenant", "cold storage", "the staging environment",
)  # fmt: skip
ACTORS = (
    "The on-call engineer", "Your platform team", "The workload owner", "The incident commander", "An operator",
    "The data owner", "Your security team", "The release manager",
)  # fmt: skip
VERBS = (
    "restores", "replicates", "verifies", "copies", "rotates", "archives", "fails over", "reviews", "documents",
    "rebuilds", "validates", "monitors",
)  # fmt: skip
OUTCOMES = (
    "a regional outage doesn't take the workload with it", "nobody has to improvise during an incident",
    "the recovery time objective is met", "no more than five minutes of data are lost",
    "a deleted item can be brought back within the retention period", "an attacker can't delete the last good copy",
    "the restore is rehearsed before it is needed", "costs stay predictable while the standby waits",
)  # fmt: skip
SENTENCES = (
    "{actor} {verb} {thing} in {place}, so that {outcome}.",
    "{service} keeps {thing} in {place}; check its limits before you rely on it.",
    "If {thing} is lost, {service} can bring it back from {place} within *{number} minutes*.",
    "For more information, see {link}.",
    "Before you change {thing}, set `{key}` to **{number}** and confirm that {outcome}.",
    "Most teams find that {thing} changes more often than the plan for {place}.",
    "{actor} {verb} {thing} every {number} days and records the result in {link}.",
    "Although automation is ideal, some steps for {thing} require a decision that only {actor_small} can make.",
    "Use {service} when {thing} must survive the loss of {place}.",
    "Don't assume that {place} has the same quotas; ask for capacity for {thing} in advance.",
    "Your tolerance for reduced functionality depends on {thing}, and it varies from one workload to the next.",
)
KEYS = ("softDeleteState", "retentionDays", "geoRedundantBackup", "crossRegionRestore", "replicaCount", "rpoInMinutes")
TITLES = (
    "Plan {thing}", "Protect {thing}", "Restore {thing}", "Test {thing}", "Fail over {thing}", "Review {thing}",
    "Move {thing}", "Monitor {thing}",
)  # fmt: skip
CODE = {
    "azurecli": "az backup vault create \\\n    --resource-group rg-{number} \\\n    --name vault-{number}\n"
    "az backup policy list --vault-name vault-{number} --output table",
    "bash": "set -euo pipefail\nfor disk in $(cat disks-{number}.txt); do\n    echo \"snapshot $disk\"\ndone",
    "json": '{{\n  "{key}": {number},\n  "enabled": true,\n  "regions": ["westeurope", "northeurope"]\n}}',
    "python": "from datetime import timedelta\n\n\ndef {key}(age: int = {number}) -> timedelta:\n"
    '    """Tell how long a copy is kept."""\n    return timedelta(days=age)',
    "yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: policy-{number}\ndata:\n  {key}: \"{number}\"",
    "sql": "SELECT TOP {number} name, state_desc\nFROM sys.databases\nWHERE state_desc <> 'ONLINE'\nORDER BY name;",
    "powershell": "$vault = Get-AzRecoveryServicesVault -Name vault-{number}\n"
    "Set-AzRecoveryServicesVaultContext -Vault $vault",
}  # fmt: skip
ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")

Choice = TypeVar("Choice")

_LINK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How a site looks. Ranges are (least, most); ``rich`` adds tables, code and alerts to the prose."""

    name: str
    pages: int = 1_000
    includes: int = 5
    fragments_per_page: float = 0.5
    page_words: tuple[int, int] = (300, 800)
    fragment_words: tuple[int, int] = (60, 200)
    guides: float = 0.2
    nested: float = 0.1
    rich: bool = True
    broken_links: int = 0

    def with_pages(self, pages: int) -> Shape:
        """Make the same shape with another number of pages."""
        return replace(self, pages=pages)


REFERENCE = Shape(name="reference")
"""Reference documentation: lists, tables, code, alerts; one page in five is a guide with a checklist."""

GUIDES = Shape(
    name="guides",
    includes=16,
    fragments_per_page=16.0,
    page_words=(100, 320),
    fragment_words=(60, 250),
    guides=1.0,
    nested=0.0,
    rich=False,
)
"""Guides as Microsoft wrote them first: a checklist of 16 items, hardly a word besides, prose and root links."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A heading (``level`` 1 to 6) or a paragraph (``level`` 0); links are written ``⟦target|label⟧``."""

    text: str
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list; an entry may have entries below it."""

    entries: tuple[tuple[str, tuple[str, ...]], ...]
    numbered: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its rows, the first one the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Fence:
    """A block of code."""

    language: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A note, a tip, a warning."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Show:
    """An include of a fragment, below its statement where it is an item of a checklist."""

    fragment: Unit
    statement: str = ""


Block = Text | Listing | Table | Fence | Alert | Show


@dataclass(frozen=True, kw_only=True, eq=False)
class Unit:
    """A page or a fragment: where it lies, its header's lines and its blocks."""

    path: str
    header: tuple[str, ...]
    blocks: Sequence[Block] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Site:
    """All pages and fragments of a content set."""

    shape: Shape
    pages: Sequence[Unit]
    fragments: Sequence[Unit]


class Author:
    """Writes units, always the same ones for one shape."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._random = random.Random(f"{SEED} {shape.name} {shape.pages}")
        self._dealt: dict[int, int] = {}
        self._paths = [f"area-{number * 20 // shape.pages:02}/page-{number:04}.md" for number in range(shape.pages)]

    def site(self) -> Site:
        """Write a whole site."""
        total = max(int(self._shape.pages * self._shape.fragments_per_page), 4 * self._shape.includes)
        guidance = max(int(total * self._shape.guides), self._shape.includes)
        fragments: list[Unit] = []
        leaves: list[Unit] = []  # the last few fragments that another one may include
        for number in range(total):
            nested = self._pick(leaves) if leaves and self._chance(self._shape.nested) else None
            fragments.append(self._fragment(number, number < guidance, nested))
            if number >= guidance and nested is None:
                leaves = [*leaves[-9:], fragments[-1]]
        decks = {True: fragments[:guidance], False: fragments[guidance:]}
        for deck in decks.values():
            self._random.shuffle(deck)
        pages = [self._page(number, decks) for number in range(self._shape.pages)]
        return Site(shape=self._shape, pages=[_home(self._paths), *pages], fragments=fragments)

    def _page(self, number: int, decks: Mapping[bool, Sequence[Unit]]) -> Unit:
        guide = not decks[False] or self._chance(self._shape.guides)
        shown = self._deal(decks[guide])
        title = f"{self._title()} ({number})"
        opening = [Text(text=title, level=1), Text(text=self._paragraph()), Text(text=self._title(), level=2)]
        body = [*self._body(self._words(self._shape.page_words), level=2)]
        body += [self._broken_link(number)] if self._shape.broken_links > number else []
        places = sorted(self._random.randrange(1, len(body) + 1) for _ in shown)
        for place, fragment in reversed(list(zip(places, shown, strict=True))):
            body.insert(len(body) if guide else place, self._show(fragment, guide))
        question = [f"ms.custom: How do you handle {self._pick(THINGS)} for this workload?"] if guide else []
        header = (f"title: {title}", f"description: {self._plain()}", "author: contoso", *_DATES, *question)
        return Unit(path=f"content/{self._paths[number]}", header=header, blocks=[*opening, *body])

    def _deal(self, deck: Sequence[Unit]) -> list[Unit]:
        """Take the next few fragments off a deck that never ends, so that all are shown equally often."""
        start = self._dealt.get(id(deck), 0)
        self._dealt[id(deck)] = start + self._shape.includes
        return [deck[(start + number) % len(deck)] for number in range(self._shape.includes)]

    def _show(self, fragment: Unit, guide: bool) -> Show:
        statement = next((line.partition(": ")[2] for line in fragment.header if "assessment" in line), "")
        return Show(fragment=fragment, statement=statement if guide else "")

    def _fragment(self, number: int, guidance: bool, leaf: Unit | None) -> Unit:
        guid = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
        name = guid if guidance else f"shared-{number:04}"
        header: tuple[str, ...] = ("author: contoso", *_DATES)
        blocks = [*self._body(self._words(self._shape.fragment_words), level=3)]
        if guidance:
            header += (f"ms.uid: {guid}", f"ms.assessment_question: {self._title()} before an incident")
            blocks.insert(0, Text(text=f"{self._title()} {number}", level=2))
        if leaf is not None:
            blocks.append(Show(fragment=leaf))
        return Unit(path=f"includes/{name}.md", header=header, blocks=blocks)

    def _body(self, words: int, level: int) -> Iterator[Block]:
        """Write blocks until there are enough words; a heading every five blocks or so."""
        first = Text(text=self._paragraph())
        yield first
        written = _count_words(first)
        while written < words - _OVERSHOOT:
            if self._chance(0.2):
                yield Text(text=self._title(), level=level)
                yield Text(text=self._sentence())
                written += 20
            block = self._block()
            yield block
            written += _count_words(block)

    def _block(self) -> Block:
        kind = self._random.random()
        if kind < 0.45 or (kind > 0.65 and not self._shape.rich):
            return Text(text=self._paragraph())
        if kind < 0.65:
            return self._listing()
        if kind < 0.78:
            return Fence(language=self._pick(tuple(CODE)), code="")
        if kind < 0.9:
            return Alert(kind=self._pick(ALERTS), text=f"{self._sentence()} {self._sentence()}")
        rows = [(self._pick(SERVICES), f"{self._number()} minutes", self._pick(OUTCOMES)) for _ in range(4)]
        return Table(rows=(("Service", "Objective", "Reason"), *rows))

    def _listing(self) -> Listing:
        entries = [
            (self._sentence(), (self._sentence(), self._sentence()) if self._chance(0.2) else ())
            for _ in range(self._random.randint(3, 5))
        ]
        return Listing(entries=tuple(entries), numbered=self._chance(0.4))

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self._random.randint(2, 4)))

    def _sentence(self) -> str:
        return self._fill(self._pick(SENTENCES))

    def _plain(self) -> str:
        return self._fill(SENTENCES[8])

    def _title(self) -> str:
        return self._fill(self._pick(TITLES))

    def _fill(self, sentence: str) -> str:
        actor = self._pick(ACTORS)
        return sentence.format(
            actor=actor,
            actor_small=actor[0].lower() + actor[1:],
            verb=self._pick(VERBS),
            thing=self._pick(THINGS),
            place=self._pick(PLACES),
            outcome=self._pick(OUTCOMES),
            service=self._pick(SERVICES),
            key=self._pick(KEYS),
            number=self._number(),
            link=self._link(),
        )

    def _link(self) -> str:
        service = self._pick(SERVICES)
        if self._chance(0.4 if self._shape.rich else 0.95):
            return f"⟦https://learn.microsoft.com/{service.lower().replace(' ', '/', 1).replace(' ', '-')}/|{service}⟧"
        return f"⟦{self._pick(self._paths)}|{self._title()}⟧"

    def _broken_link(self, number: int) -> Text:
        return Text(text=f"See also ⟦area-00/paeg-{number:04}.md|what is no longer there⟧.")

    def _words(self, bounds: tuple[int, int]) -> int:
        return self._random.randint(*bounds)

    def _number(self) -> int:
        return self._random.randint(2, 90)

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def _pick(self, choices: Sequence[Choice]) -> Choice:
        return self._random.choice(choices)


def _count_words(block: Block) -> int:
    """Count a block's words, roughly: the names of its fields are as good as words, a link's target is not."""
    return len(re.findall(r"[A-Za-z]{2,}", _LINK.sub(r"\2", str(block))))


_OVERSHOOT = 25  # the last block ends about this many words too late
_DATES = ("ms.date: 02/29/2024", "ms.topic: article", "ms.service: azure-backup")


def _home(paths: Sequence[str]) -> Unit:
    entries = tuple((f"⟦{path}|{path}⟧", ()) for path in paths[:20])
    blocks = (Text(text="Home", level=1), Text(text="All guidance."), Listing(entries=entries, numbered=False))
    return Unit(path="content/index.md", header=("title: Home", "description: All guidance", *_DATES), blocks=blocks)


class Scribe:
    """Writes units as text, in one form."""

    def __init__(self, form: Form, shape: Shape) -> None:
        self._form = form
        self._shape = shape

    def text(self, unit: Unit) -> str:
        """Write a unit. Fragments have a header only in the Learn dialect: the others would print it."""
        header = f"---\n{_lines(unit.header)}---\n" if self._has_header(unit) else ""
        return header + "\n".join(self._blocks(unit, unit))

    def _has_header(self, unit: Unit) -> bool:
        return self._form == "guidekit" or unit.path.startswith("content/")

    def _blocks(self, unit: Unit, place: Unit) -> Iterator[str]:
        """Write the blocks of a unit with links that count from ``place``."""
        for block in unit.blocks:
            if isinstance(block, Show):
                yield from self._show(block, place)
            else:
                yield self._links(self._block(block), place)

    def _show(self, block: Show, place: Unit) -> Iterator[str]:
        statement = f"<!-- {block.statement} -->\n" if block.statement else ""
        if self._form == "pasted":
            yield statement
            yield from self._blocks(block.fragment, place)
        else:
            yield statement + ("" if self._form == "guidekit" else "\n") + self._include(block.fragment, place) + "\n"

    def _include(self, fragment: Unit, place: Unit) -> str:
        path = "./" if place.path.startswith("includes/") else "../" * (place.path.count("/")) + "includes/"
        name = Path(fragment.path).name
        if self._form == "guidekit":
            return f"[!INCLUDE [{Path(name).stem}]({path.removeprefix('./')}{name})]"
        if self._form == "include-markdown":
            return f'{{% include-markdown "{path}{name}" %}}'
        return f'--8<-- "{name}"'

    def _block(self, block: Block) -> str:
        if isinstance(block, Text):
            return f"{'#' * block.level} {block.text}\n" if block.level else f"{block.text}\n"
        if isinstance(block, Listing):
            return _lines(_entries(block))
        if isinstance(block, Table):
            head, *rows = (f"| {' | '.join(row)} |" for row in block.rows)
            return _lines([head, "| --- | --- | --- |", *rows])
        if isinstance(block, Fence):
            return f"```{self._language(block.language)}\n{_code(block)}\n```\n"
        if isinstance(block, Alert):
            return self._alert(block)
        raise TypeError(block)

    def _language(self, name: str) -> str:
        return "bash" if name == "azurecli" and self._form != "guidekit" else name

    def _alert(self, block: Alert) -> str:
        if self._form == "guidekit":
            return f"> [!{block.kind}]\n> {block.text}\n"
        return f"!!! {block.kind.lower()}\n\n    {block.text}\n"

    def _links(self, text: str, place: Unit) -> str:
        return _LINK.sub(lambda found: f"[{found[2]}]({self._address(found[1], place)})", text)

    def _address(self, target: str, place: Unit) -> str:
        """Write a link's target; snippets cannot rebase, and come out right only as all pages lie equally deep."""
        if "://" in target:
            return target.replace("https://learn.microsoft.com", "") if not self._shape.rich else target
        if place.path == "content/index.md":
            return target
        pasted = place.path.startswith("content/") or self._form == "snippets"
        return f"../{target}" if pasted else f"../content/{target}"


def _entries(block: Listing) -> Iterator[str]:
    for number, (entry, below) in enumerate(block.entries, 1):
        yield f"{f'{number}.' if block.numbered else '-'} {entry}"
        yield from (f"    - {text}" for text in below)


def _code(block: Fence) -> str:
    number = len(block.language) * 7
    return CODE[block.language].format(number=number, key=KEYS[number % len(KEYS)])


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


SETTINGS = """\
site_name: Benchmark
site_url: https://example.com/
docs_dir: content
theme:
  name: material
  font: false
  features: [navigation.prune]
plugins: [{plugins}]
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc:
      permalink: true
  - pymdownx.details
  - pymdownx.highlight:
      anchor_linenums: true
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
  - pymdownx.tasklist:
      custom_checkbox: true
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
"""
SNIPPETS = "  - pymdownx.snippets:\n      base_path: [includes]\n      check_paths: true\n"
PLUGINS: dict[Form, str] = {
    # a site of this size has more to search than the default allows; it is weighed all the same
    "guidekit": "search, guidekit: {search_budget: {warn: 100_000, fail: 100_000}}",
    "pasted": "search",
    "include-markdown": "search, include-markdown",
    "snippets": "search",
}


def write(shape: Shape, folder: Path, forms: Sequence[Form] = FORMS) -> None:
    """Write a site below ``folder``, in a folder for each form."""
    site = Author(shape).site()
    for form in forms:
        scribe = Scribe(form, shape)
        fragments = [] if form == "pasted" else site.fragments
        for unit in [*site.pages, *fragments]:
            file = folder / form / unit.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(scribe.text(unit), encoding="utf-8")
        settings = SETTINGS.format(plugins=PLUGINS[form]) + (SNIPPETS if form == "snippets" else "")
        (folder / form / "mkdocs.yml").write_text(settings, encoding="utf-8")
