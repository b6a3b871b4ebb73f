"""The settings: each declared once, with its type, its default and its help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from guidekit import setting_values
from guidekit.diagnostics import Severity


class SettingsError(Exception):
    """A setting that cannot be used; ``key`` is its name, or the option (``--select``) that stands in for it."""

    def __init__(self, key: str, problem: str) -> None:
        name = key if str(key).startswith("--") else f"setting '{key}'"
        super().__init__(f"{name}: {problem}")
        self.key = key
        self.problem = problem


def _setting(check: Callable[[object], Any], default: Any, shown: str, help: str) -> Any:
    """Declare one setting; ``shown`` is its default as it stands in the documentation."""
    metadata = {"check": check, "shown": shown, "help": help}
    return field(default_factory=lambda: default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a content set is laid out and judged."""

    learn: tuple[str, ...] | None = _setting(
        setting_values.optional_globs,
        None,
        "each page tells by itself",
        "Globs as in .gitignore, counted from the content folder, of the pages written in the Learn dialect; a later one"
        " that begins with `!` takes pages out again, as in `['**', '!blog/**']`. A page decides for itself with"
        " `learn: true` or `learn: false` in its front matter. Without the setting, a page is Learn's in a repository that"
        " has a `docfx.json`, or where it shows a sign of the dialect: an `ms.*` key, an include or another directive, an"
        " alert. Other pages are left to Python-Markdown. `guidekit list --why` tells it page by page.",
    )
    roots: tuple[str, ...] = _setting(
        setting_values.folders,
        ("includes",),
        "['includes']",
        "Folders beside the content folder that fragments, images and files may be read from, counted from the"
        " settings file. Nothing outside the content folder and these is ever read. None of them may be a symbolic link or lie"
        " in one.",
    )
    mounts: Mapping[str, str] = _setting(
        setting_values.mounts,
        {},
        "{}",
        "Where other repositories lie of which pages show something: by their folder in this one, as"
        " `.openpublishing.publish.config.json` names it in `path_to_root`, a folder counted from the settings file, as in"
        " `{reusable-content: ../reusable-content}`. It may lie outside. What pages show of it is read and published, and"
        " nothing is written there. Without the setting, each is looked for at its `path_to_root`. See"
        " [other repositories](learn-repository.md#other-repositories).",
    )
    fragments: tuple[str, ...] = _setting(
        setting_values.globs,
        ("includes/**", "**/includes/**"),
        "['includes/**', '**/includes/**']",
        "Globs as in .gitignore, counted from the settings file, of the Markdown files that are fragments: included by pages, never"
        " pages of their own.",
    )
    docfx: tuple[str, ...] | None = _setting(
        setting_values.optional_files,
        None,
        "the docfx.json around the content folder",
        "The docfx.json files of the repository, counted from the settings file: what they say of content, resources and"
        " metadata holds. The first is published at the root of the site, each other one in a folder named as its own. An empty"
        " list reads none. See [Publish a Learn repository](learn-repository.md).",
    )
    root_links: Mapping[str, str] = _setting(
        setting_values.links,
        {"/": "https://learn.microsoft.com/"},
        "{/: 'https://learn.microsoft.com/'}",
        "What a link that begins with a slash means, by URL prefix, the longest first: an address, or a folder of"
        " this site's content (`.` is all of it), whose pages are then checked.",
    )
    redirects: str = _setting(
        setting_values.redirect_format,
        "pages",
        "pages",
        "How readers of an address that is in a `.openpublishing.redirection*.json` get to the new one: `pages` is a page at"
        " each old address that sends them on; `_redirects` is a file for Netlify and Cloudflare Pages, `staticwebapp` one"
        " for Azure Static Web Apps, `nginx` and `apache` one for these servers; `none` leaves them out. See"
        " [redirections](learn-repository.md#redirections).",
    )
    html: str = _setting(
        setting_values.html_policy,
        "any",
        "any",
        "Which raw HTML is told of: with `learn`, what Learn leaves out of its pages"
        " ([`disallowed-html-tag`](rules.md#disallowed-html-tag),"
        " [`disallowed-html-attribute`](rules.md#disallowed-html-attribute)). This site publishes it all the same.",
    )
    xref_maps: tuple[str, ...] = _setting(
        setting_values.folders,
        (),
        "[]",
        "Maps of cross references, in the YAML or JSON of docfx's `xrefmap`, counted from the settings file; each lies in the"
        " content folder or in one of `roots`. What they list, `<xref:uid>` links to. See"
        " [cross references](dialect.md#cross-references).",
    )
    xref_prefixes: Mapping[str, str] = _setting(
        setting_values.prefixes,
        {
            "System.": "https://learn.microsoft.com/dotnet/api/{uid}",
            "Microsoft.": "https://learn.microsoft.com/dotnet/api/{uid}",
        },
        "{System.: 'https://learn.microsoft.com/dotnet/api/{uid}', Microsoft.: the same}",
        "Where cross references lead that neither a page's `uid` nor a map knows, by the beginning of their names, the longest"
        " first: an address in which `{uid}` stands for the name as Learn's API pages have it.",
    )
    glossary: str = _setting(
        setting_values.string,
        "",
        "''",
        "The page that explains terms, counted from the content folder, such as `glossary.md`. The first use of each of"
        " its terms on a Learn page becomes a link to it, with the definition as a tooltip. Its terms are the headings"
        " of level 3, or of level 2 where there are none, that have text below them.",
    )
    feedback: str = _setting(
        setting_values.address,
        "",
        "''",
        "The address at which readers give feedback, such as that of an issue form: `{url}` stands for the page's"
        " address, `{title}` for its title, `{item}` for the GUID of a checklist item. The guidance of each item ends"
        " with a link to it, and templates get it as `guidekit.feedback`.",
    )
    verification: str = _setting(
        setting_values.opening,
        "",
        "''",
        "The words with which a heading or a paragraph of each item's guidance begins to say how to verify it, such as"
        " `Tick if:`, in any letter case. [`verification-missing`](rules.md#verification-missing) finds guidance without"
        " them; empty, it finds nothing.",
    )
    markdown: bool = _setting(
        setting_values.switch,
        True,
        "true",
        "Publish each Learn page as one Markdown file too, fragments included, under the page's path in the content"
        " folder (`guides/backup.md`), and list these files in `llms.txt`.",
    )
    overview: str = _setting(
        setting_values.string,
        "",
        "''",
        "The page that lists all guides, counted from the content folder, such as `checklists.md`: at its end stand every"
        " guide with its question, its number of items, and how much of it the reader has in place.",
    )
    words: Mapping[str, str] = _setting(
        setting_values.words,
        {},
        "{}",
        "What a checklist says in another language: `de` or `ja`, or a mapping of English texts to your own, such as"
        " `{In place: Vorhanden}`. With `language: de` among them, the others are those of that language.",
    )
    search: str = _setting(
        setting_values.engine,
        "material",
        "material",
        "What readers search with: `material` is what the theme brings, untouched; `guidekit` is a dialog of our own over"
        " the index of the `search` plugin; `pagefind` is the same dialog with an index for large sites, and needs"
        " `guidekit[pagefind]`. [Search](search.md) compares them.",
    )
    search_synonyms: tuple[tuple[str, ...], ...] = _setting(
        setting_values.synonyms,
        (),
        "[]",
        "Lists of names for one thing, such as `[k8s, kubernetes]`: who asks for one finds the others too. The names that"
        " the glossary has for a term count without being listed. For `search: guidekit` and `search: pagefind`.",
    )
    search_last: tuple[str, ...] = _setting(
        setting_values.strings,
        (),
        "[]",
        "Sections of the navigation, by their titles, whose pages stand behind all others among the results, each section"
        " in a group of its own. For `search: guidekit` and `search: pagefind`.",
    )
    search_later: tuple[str, ...] = _setting(
        setting_values.strings,
        (),
        "[]",
        "Openings of headings, such as `Prepare`. What stands below such a heading comes behind the other sections of its"
        " page, unless the question has a word of the opening. For `search: guidekit` and `search: pagefind`.",
    )
    search_budget: Mapping[str, int | None] = _setting(
        setting_values.budget,
        setting_values.SEARCH_BUDGET,
        "{warn: 300, fail: none}",
        "How many kilobytes (1,000 bytes) the index of the `search` plugin may have when it is compressed, before a"
        " build warns, and before it fails; `none` is no limit. Every visitor loads all of that index. Pagefind's is not"
        " judged: it is loaded in pieces.",
    )
    pack: bool = _setting(
        setting_values.switch,
        False,
        "false",
        "Make the built site lighter: one stylesheet with only what its pages use, one script, and pages without idle"
        " white space. Needs `guidekit[pack]`; `mkdocs serve` leaves it out. See [light pages](publishing.md#light-pages).",
    )
    severity: Mapping[str, Severity | None] = _setting(
        setting_values.severities,
        {},
        "{}",
        "Severity by rule: `error`, `warning`, `suggestion` or `off`.",
    )
    services: Mapping[str, setting_values.Service] = _setting(
        setting_values.services,
        {},
        "{}",
        "The services that the key `service` of pages and fragments may name, each with the label that readers see, and if"
        " you like with other names by which they look for it and with the day of its last known change, as in"
        " `{aks: {label: Kubernetes, names: [AKS, k8s], changed: 2026-01-30}, vm: Machines}`."
        " [`service-unknown`](rules.md#service-unknown) finds other names; empty, it finds nothing.",
    )
    monikers: tuple[str, ...] = _setting(
        setting_values.monikers,
        (),
        "[]",
        "The versions of which the content speaks in `::: moniker`, in the order in which readers choose among them, as in"
        " `[plan-2.0, plan-1.0]`. With one alone, what belongs to others is left out; without any, each part says to"
        " which versions it belongs.",
    )
    sources: str = _setting(
        setting_values.string,
        "",
        "''",
        "The page that lists sources, counted from the content folder, such as `sources.md`: in each row of its tables, the"
        " first cell links to the source, and the second has its date, written YYYY-MM-DD. See"
        " [freshness](reports.md#freshness).",
    )
    aliases: Mapping[str, str] = _setting(
        setting_values.aliases,
        {},
        "{}",
        "Retired GUIDs of checklist items, each with the GUID that took its place, so that readers keep their answers.",
    )
    published: str = _setting(
        setting_values.string,
        "",
        "''",
        "The catalogue that was published before, counted from the settings file, such as `includes/catalogue.json`. No"
        " GUID that it names may vanish: see [`guid-vanished`](rules.md#guid-vanished).",
    )
    publish_catalogue: bool = _setting(
        setting_values.switch,
        True,
        "true",
        "Publish the checklists as files with the site: `catalogue.json`, and `checklist.xlsx` and others beside each"
        " guide. See [the catalogue](catalogue.md).",
    )
    reports: str = _setting(
        setting_values.folder,
        "",
        "''",
        "The folder of the content folder in which the site tells its own state, such as `state`: the pages `index.md`,"
        " `coverage.md`, `freshness.md`, `owners.md` and `usage.md` are made there, and can stand in `nav`. See"
        " [reports](reports.md#as-pages-of-your-site).",
    )
    fail_on: str = _setting(
        setting_values.threshold,
        "error",
        "error",
        "The severity of findings over which a build fails: `error`, `warning`, `suggestion` or `never`. All of them are"
        " told in any case, and with `--strict` a warning always fails it. `guidekit check` has an option of this name.",
    )
    per_file_ignores: Mapping[str, tuple[str, ...]] = _setting(
        setting_values.ignores,
        {},
        "{}",
        "Rules that say nothing about some files: globs as in .gitignore, counted from the settings file, each with a"
        " list of rules, as in `{'content/archive/**': [review-overdue]}`.",
    )
    known_keys: tuple[str, ...] = _setting(
        setting_values.strings,
        (),
        "[]",
        "Front matter keys of your own that `unknown-key` should accept.",
    )
    max_include_depth: int = _setting(
        setting_values.depth,
        20,
        "20",
        "How many fragments deep an include may lead before `include-too-deep`; 100 at most.",
    )
    max_includes: int = _setting(
        setting_values.positive, 10_000, "10000", "How many fragments one page may show before `include-too-large`."
    )
    max_file_size: int = _setting(
        setting_values.positive,
        2_000_000,
        "2000000",
        "How many bytes a page, a fragment, or all that a page includes may have before `include-too-large`.",
    )

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Settings:
        """Check values as they come from a settings file; raise `SettingsError` on the first unusable one."""
        return cls(**{key: cls.check(key, value) for key, value in values.items()})

    @classmethod
    def check(cls, key: str, value: object) -> Any:
        """Check one value and give it its type; raise `SettingsError` where it cannot be used."""
        for declared in fields(cls):
            if declared.name == key:
                try:
                    return declared.metadata["check"](value)
                except ValueError as error:
                    raise SettingsError(key, str(error)) from None
        raise cls.unknown(key)

    @classmethod
    def knows(cls, key: str) -> bool:
        """Is there a setting of this name?"""
        return any(declared.name == key for declared in fields(cls))

    @classmethod
    def unknown(cls, key: str) -> SettingsError:
        """Make the error about a setting that there is not."""
        known = ", ".join(declared.name for declared in fields(cls))
        return SettingsError(key, f"there is no such setting; there are {known}")
