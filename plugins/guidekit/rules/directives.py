"""Rules on directives: each is written as Learn reads it, has an end, and names what there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from guidekit.diagnostics import Severity
from guidekit.library.queries import Queries
from guidekit.rules.rule import Finding, document_rule
from guidekit.syntax.code_snippet import CodeSnippet
from guidekit.syntax.document import Document
from guidekit.syntax.form import Form
from guidekit.syntax.heading_tabs import TabSet
from guidekit.syntax.picture import TYPES, Picture
from guidekit.syntax.triple_colon import FailedDirective, UnclosedDirective
from guidekit.text.paths import close_match


@document_rule(Severity.ERROR)
def invalid_image(document: Document, queries: Queries) -> Iterator[Finding]:
    """An image directive must have what it needs, and nothing that Learn does not know.

    Bad:
        content/guide.md
            # Backup

            :::image type="content" source=media/plan.png alt-text="The plan.":::
        content/media/plan.png
            x

    Good:
        content/guide.md
            # Backup

            :::image type="content" source="media/plan.png" alt-text="The plan.":::
        content/media/plan.png
            x

    Why:
        Learn does not publish a page with such a directive. Here it is shown as its text; one whose only fault is an
        attribute too many, or a missing description, is shown as an image.
    """
    yield from _failed(document, ("image",), 'an image needs source="…" and alt-text="…", each value in double quotes')
    for picture in document.of(Picture):
        if picture.unknown:
            yield Finding(message=f"an image has no attribute '{picture.unknown[0]}'", span=picture.span)
        if picture.type == "complex" and not picture.description:
            hint = "write the description between the image and ':::image-end:::'"
            yield Finding(message="an image of type 'complex' has no description", span=picture.span, hint=hint)


@document_rule(Severity.ERROR)
def invalid_code(document: Document, queries: Queries) -> Iterator[Finding]:
    """A code directive must name its file, and have nothing that Learn does not know.

    Bad:
        content/guide.md
            # Backup

            :::code language="python" source=code/restore.py:::
        content/code/restore.py
            restore("vault")

    Good:
        content/guide.md
            # Backup

            :::code language="python" source="code/restore.py":::
        content/code/restore.py
            restore("vault")

    Why:
        Learn does not publish a page with such a directive. Here it is shown as its text.
    """
    yield from _failed(document, ("code",), 'code needs source="…", each value in double quotes')
    for snippet in document.of(CodeSnippet):
        if snippet.unknown:
            yield Finding(message=f"code has no attribute '{snippet.unknown[0]}'", span=snippet.span)


@document_rule(Severity.WARNING)
def invalid_video(document: Document, queries: Queries) -> Iterator[Finding]:
    """A video directive must name the address of its video.

    Bad:
        content/guide.md
            # Backup

            :::video title="What a vault is":::

    Good:
        content/guide.md
            # Backup

            :::video source="https://example.com/vault" title="What a vault is":::

    Why:
        Readers see the colons and no video.
    """
    yield from _failed(document, ("video", "video-end"), 'a video needs source="https://…"')


@document_rule(Severity.SUGGESTION)
def image_type_unknown(document: Document, queries: Queries) -> Iterator[Finding]:
    """The type of an image should be `content`, `complex` or `icon`.

    Bad:
        content/guide.md
            # Backup

            :::image type="icons" source="media/plan.svg" alt-text="The plan.":::
        content/media/plan.svg
            x

    Good:
        content/guide.md
            # Backup

            :::image type="icon" source="media/plan.svg":::
        content/media/plan.svg
            x

    Why:
        Any other type is taken for `content`, also where decoration was meant.
    """
    for picture in document.of(Picture):
        if picture.type not in TYPES:
            near = close_match(picture.type, TYPES)
            hint = f"did you mean '{near}'?" if near else ""
            yield Finding(message=f"type '{picture.type_written}' is no type of an image", span=picture.span, hint=hint)


@document_rule(Severity.ERROR)
def invalid_zone(document: Document, queries: Queries) -> Iterator[Finding]:
    """A zone must say for whom it is, and have an end.

    Bad:
        content/guide.md
            # Backup

            :::zone pivot="Linux"
            Use a script.
            :::zone-end

    Good:
        content/guide.md
            # Backup

            :::zone pivot="linux"
            Use a script.
            :::zone-end

    Why:
        What is no zone is seen by everyone, with its first line as text. One without an end goes on to the end of the page.
    """
    yield from _failed(document, ("zone", "zone-end"), "")


@document_rule(Severity.ERROR)
def invalid_moniker_range(document: Document, queries: Queries) -> Iterator[Finding]:
    """A part for some versions must name their range, and have an end.

    Bad:
        content/guide.md
            # Backup

            ::: moniker range=>= plan-2.0
            Use the new plan.
            ::: moniker-end

    Good:
        content/guide.md
            # Backup

            ::: moniker range=">= plan-2.0"
            Use the new plan.
            ::: moniker-end

    Why:
        What is no such part is seen by readers of all versions, with its first line as text.
    """
    yield from _failed(document, ("moniker", "moniker-end"), "")


@document_rule(Severity.WARNING)
def invalid_row(document: Document, queries: Queries) -> Iterator[Finding]:
    """A row and each column in it must be written whole, and have an end.

    Bad:
        content/guide.md
            # Backup

            :::row:::
            :::column:::
            Keep copies.
            :::column-end:::

    Good:
        content/guide.md
            # Backup

            :::row:::
            :::column:::
            Keep copies.
            :::column-end:::
            :::row-end:::

    Why:
        What is no row is text with colons; one without an end takes in all that follows.
    """
    yield from _failed(document, ("row", "row-end", "column", "column-end"), "")


@document_rule(Severity.SUGGESTION)
def invalid_form(document: Document, queries: Queries) -> Iterator[Finding]:
    """A form of a portal should not stand on a site that is not Microsoft's.

    Bad:
        content/guide.md
            # Backup

            ::: form action="create" submitText="Create the vault" :::

    Good:
        content/guide.md
            # Backup

            Create the vault.

    Why:
        Nothing takes what readers send, so the form is left out.
    """
    for form in document.of(Form):
        yield Finding(message="form is left out: nothing here takes what readers send", span=form.span)
    yield from _failed(document, ("form",), "")


@document_rule(Severity.WARNING)
def invalid_no_loc(document: Document, queries: Queries) -> Iterator[Finding]:
    """Words that nobody may translate must be written whole.

    Bad:
        content/guide.md
            # Backup

            Use :::no-loc text=Azure Backup::: for copies.

    Good:
        content/guide.md
            # Backup

            Use :::no-loc text="Azure Backup"::: for copies.

    Why:
        Else readers see the colons and the name of the directive.
    """
    yield from _failed(document, ("no-loc",), "")


@document_rule(Severity.WARNING)
def invalid_tab_group(document: Document, queries: Queries) -> Iterator[Finding]:
    """Each tab of a set must have a name of its own, and a way to be seen.

    Bad:
        content/guide.md
            # Backup

            # [Portal](#tab/portal)

            Choose **Create**.

            # [Shell](#tab/portal)

            Run the script.

            ---

    Good:
        content/guide.md
            # Backup

            # [Portal](#tab/portal)

            Choose **Create**.

            # [Shell](#tab/shell)

            Run the script.

            ---

    Why:
        Tabs of one name are opened together, so one of them can never be seen alone. A tab that needs another one, as
        in `#tab/shell/linux`, is seen where that one was chosen in a set above.
    """
    above: set[str] = set()
    for tabs in document.of(TabSet):
        yield from _faults(tabs, above)
        above |= {name for ids, _ in tabs.tabs for name in ids.split("+")}


def _faults(tabs: TabSet, above: Collection[str]) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for ids, needs in tabs.tabs:
        twice = [name for name in ids.split("+") if (name, needs) in seen]
        if twice:
            yield Finding(message=f"two tabs of a set have the name '{twice[0]}'", span=tabs.span)
        if needs and needs not in above:
            yield Finding(message=f"tab '{ids}' is shown with '{needs}', which no set above has", span=tabs.span)
        seen |= {(name, needs) for name in ids.split("+")}


def _failed(document: Document, names: Collection[str], hint: str) -> Iterator[Finding]:
    """Tell what begins like a directive of some names and is none, and what has no end."""
    for failed in document.of(FailedDirective):
        if failed.name in names:
            yield Finding(message=f"'{failed.name}' is no directive: {failed.problem}", span=failed.span, hint=hint)
    for unclosed in document.of(UnclosedDirective):
        if unclosed.name in names:
            closing = f":::{unclosed.name}-end"
            message = f"'{unclosed.name}' has no end, so it takes in all that follows"
            yield Finding(message=message, span=unclosed.span, hint=f"close it with '{closing}'")
