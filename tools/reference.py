"""The reference pages of guidekit's own documentation, written from the code: rules, settings, commands.

Run it as ``python tools/reference.py FOLDER``; `make docs` does.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, fields
from importlib import import_module
from itertools import groupby
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

import click

import guidekit.rules
from guidekit import cli
from guidekit.diagnostics import Checked, Diagnostic, Report, Severity
from guidekit.reporting import outputs, rule_explanations
from guidekit.reporting.rule_explanations import fence
from guidekit.rules import RULES
from guidekit.rules.rule import AnyRule
from guidekit.settings import Settings
from guidekit.text.source import Position, Span

_FENCES = {"json": "json", "json-lines": "json", "gitlab": "json", "rdjson": "json", "sarif": "json", "junit": "xml"}
_WIDTH = 100
_SEARCHED = "{ boost: 0.5 }"  # readers come for the guides
_UNSEARCHED = "{ exclude: true }"  # what the command line tells, too; every visitor would load the index of it

_RULES_OPENING = """\
`guidekit check` and the plugin run the same rules. Each finding names the rule's code in brackets. `guidekit rule CODE`
prints on the command line what this page says. To change a severity, or to turn a rule off, use the setting
[`severity`](settings.md#severity). What `--fix` does, and what it leaves alone, is told under [fixes](fixes.md)."""

_SETTINGS_OPENING = """\
Write the settings below `guidekit` in the `plugins` section of `mkdocs.yml`. All of them are optional.

```yaml
plugins:
  - guidekit:
      roots: [includes, media]
      severity:
        fragment-unused: warning
        legacy-banner: off
```

The plugin and the command line read the same settings. A name that does not exist, or a value that cannot be used,
stops both with a message that names the setting."""

_COMMANDS_OPENING = """\
The command line needs no MkDocs site. It reads `docs_dir`, `use_directory_urls` and the [settings](settings.md) of
guidekit from `mkdocs.yml` where there is one, and starts no other plugin. Without such a file it says what it reads.

Markdown files that git ignores, by the `.gitignore` files from the repository's folder down, are passed over: they are no
pages and no fragments, and a line on standard error counts them. Links and includes may still lead to them, as they may be
made before a build. A file that git tracks all the same is read, and so is one that a PATH names. MkDocs publishes ignored
files as well; a build judges what it publishes.

At a terminal, paths count from the working directory; in a pipe, in files and in formats for programs they count from the
content set. `NO_COLOR` takes all colors away, else `FORCE_COLOR` brings them into a pipe too. Commands that read content take `-q`, which
leaves out what nobody has to act on.

To have commands, options and rules completed as you type, add a line to `~/.bashrc`, or its like to `~/.zshrc`,
below `compinit`:

```bash
eval "$(guidekit completion bash)"
```

For fish, write the output of `guidekit completion fish` into `~/.config/fish/completions/guidekit.fish`."""


_OUTPUTS_OPENING = """\
`guidekit check` prints its findings as text with excerpts. `--output-format` chooses another format. `--output` writes
one to a file besides, and may be given several times:

```bash
guidekit check --output-format github --output sarif:report.sarif --output markdown:summary.md
```

Findings go to standard output, what was checked goes to standard error. Paths count from the settings file; in the
formats for build services they count from the repository, where the service tells its place (`GITHUB_WORKSPACE`,
`BUILD_SOURCESDIRECTORY`, `CI_PROJECT_DIR`). Lines and columns count from 1, in characters, and an end is just behind
the last character.

A file that guidekit wrote before, or an empty one, gives way to the new output, whichever command writes it. Any other file
stays, and the command says so and exits with 2. A path that leads through a symbolic link in the repository is refused
as well. Pipes and devices, such as `/dev/stdout`, are written to.

A finding's fingerprint is made of the rule, the file and the message, so it stays when lines move. Its owner is the
file's `ms.author`, else its `author`, else whom the repository's CODEOWNERS names. [Schemas](schemas.md) describes `json`.

What a file says or is called is data, in every format. Text shows `�` in place of a character that would command a
terminal, end a line or begin a command of a build service, such as the first `#` of `##[` or the first colon of a line
that begins with `::`. JSON and XML write such characters as escapes, and programs read them as they were. Markdown
shows them, mentions nobody (`@name`), and refers to no issue (`#1`)."""

_SAMPLE = Report(
    diagnostics=(
        Diagnostic(
            code="guidance-missing",
            severity=Severity.ERROR,
            message="checklist item 'Backups are encrypted' has no guidance",
            span=Span(path=PurePosixPath("content/recovery.md"), start=Position(13, 1), end=Position(13, 31)),
            hint="include its fragment on the line below the comment",
            owner="ann",
            fingerprint="0f5d0a4ec8d1d7c1a9b6a1a3c0e6b1f2",
        ),
    ),
    checked=Checked(pages=1, fragments=2, items=3, links=1),
)
_SAMPLE_LINES = (*[""] * 12, "<!-- Backups are encrypted -->")


def rules_page() -> str:
    """Write the page of all rules, by family, in the order in which they run."""
    families = groupby(RULES, key=_family_of)
    sections = (part for family, rules in families for part in _family(inspect.getdoc(family) or "", rules))
    description = f"All {len(RULES)} rules of guidekit, each with its severity, an example and a reason."
    return _page("Rules", description, _RULES_OPENING, *sections)


def settings_page() -> str:
    """Write the page of all settings."""
    names = [declared.name for declared in fields(Settings)]
    description = f"The {len(names)} settings of guidekit, each with its default and what it is for."
    return _page("Settings", description, _SETTINGS_OPENING, *map(_setting, fields(Settings)))


def commands_page() -> str:
    """Write the page of all commands, as click knows them."""
    description = "The commands of guidekit with their arguments, options and exit codes."
    commands = map(_command, _contexts(_context(cli.main, "guidekit")))
    return _page("Commands", description, _COMMANDS_OPENING, *commands, search=_UNSEARCHED)


def outputs_page() -> str:
    """Write the page of all formats, each with what it makes of one finding."""
    description = f"The {len(outputs.FORMATS)} formats in which guidekit writes what it found, each with an example."
    return _page("Outputs", description, _OUTPUTS_OPENING, *map(_output, outputs.FORMATS), search=_UNSEARCHED)


PAGES: Mapping[str, Callable[[], str]] = {
    "rules.md": rules_page,
    "settings.md": settings_page,
    "commands.md": commands_page,
    "outputs.md": outputs_page,
}
"""The pages by file name, and what writes them."""


def _page(title: str, description: str, *blocks: str, search: str = _SEARCHED) -> str:
    header = {
        "title": title,
        "description": description,
        "author": "guidekit-authors",
        "ms.date": "11/22/2026",
        "ms.topic": "reference",
        "search": search,
    }
    lines = "\n".join(f"{key}: {value}" for key, value in header.items())
    return "\n\n".join([f"---\n{lines}\n---", f"# {title}", *blocks]) + "\n"


def _family_of(rule: AnyRule) -> ModuleType:
    """Find the module of a rule's family, or the package where a family has several modules."""
    name = rule.check.__module__.removeprefix(f"{guidekit.rules.__name__}.").partition(".")[0]
    return import_module(f"{guidekit.rules.__name__}.{name}")


def _family(doc: str, rules: Iterator[AnyRule]) -> Iterator[str]:
    """Write a family under the name and the sentence that its module's docstring gives it: ``Rules on NAME: …``."""
    sentence = doc.partition("\n")[0]
    name = sentence.removeprefix("Rules on ").partition(":")[0]
    yield f"## {name[:1].upper()}{name[1:]}"
    yield sentence
    for rule in rules:
        yield from _with_search_in_the_rule_alone(rule_explanations.sections(rule, level=3))


def _with_search_in_the_rule_alone(blocks: Iterator[str]) -> Iterator[str]:
    """Keep a rule's examples and reason out of the search: they are most of the page, and authors look for what a rule asks."""
    is_open = False
    for block in blocks:
        if block == "**Bad:**":
            yield "<section data-search-exclude>"  # the search takes the end of any other element of its kind for its end
            is_open = True
        yield block
    if is_open:
        yield "</section>"


def _setting(declared: Field[Any]) -> str:
    shown, text = declared.metadata["shown"], declared.metadata["help"]
    return f"## `{declared.name}`\n\nDefault: `{shown}`.\n\n{text}"


def _output(form: str) -> str:
    example = fence(outputs.write(_SAMPLE, form, lambda _: _SAMPLE_LINES), _FENCES.get(form, "text"))
    return f"## `{form}`\n\n{outputs.describe(form)}\n\n{example}"


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    settings = {"max_content_width": _WIDTH, "terminal_width": _WIDTH, **command.context_settings}
    return click.Context(command, info_name=name, parent=parent, **settings)


def _contexts(context: click.Context) -> Iterator[click.Context]:
    """Go through a command and all below it."""
    yield context
    if isinstance(context.command, click.Group):
        for name, command in context.command.commands.items():
            yield from _contexts(_context(command, name, context))


def _command(context: click.Context) -> str:
    command = context.command
    usage = command.get_usage(context).removeprefix("Usage: ")
    options = (parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option))
    records = filter(None, (option.get_help_record(context) for option in options))
    listed = "\n".join(f"- `{names}`: {_described(text)}" for names, text in records)
    title = f"## `{context.command_path}`"
    return "\n\n".join([title, inspect.cleandoc(command.help or ""), fence(usage, "text"), listed])


def _described(text: str) -> str:
    """Write click's ``[default: x]`` and ``[required]`` as sentences of their own."""
    if text.endswith("[required]"):
        return f"{text.removesuffix('[required]').rstrip()} Required."
    said, _, default = text.removesuffix("]").partition("[default: ")
    return f"{said.rstrip()} Default: `{default}`.".lstrip() if default else text


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Write the reference pages into FOLDER."""
    for name, write in PAGES.items():
        (folder / name).write_text(write(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
