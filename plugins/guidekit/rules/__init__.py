"""All rules, in the order in which they are documented, and the run over a library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from guidekit import garbage_collection
from guidekit.diagnostics import Checked, Report
from guidekit.library.library import Library
from guidekit.rules import (
    contents,
    directives,
    external_links,
    foreign_syntax,
    html_policy,
    including,
    linking,
    metadata,
    mistyping,
    mounting,
    naming,
    redirecting,
    referencing,
    reviewing,
    running,
    site_links,
    snippets,
    structure,
    suppressing,
    tables,
    yaml_pages,
    zones,
)
from guidekit.rules.items import item_guidance, item_identity, item_statements, item_verification
from guidekit.rules.rule import AnyRule
from guidekit.rules.running import Run
from guidekit.settings import Settings, SettingsError
from guidekit.text.paths import close_match

if TYPE_CHECKING:
    from guidekit.built_site.links.external import Inquiry  # only a check of links needs these
    from guidekit.built_site.links.survey import Survey

RULES: tuple[AnyRule, ...] = (
    including.include_not_found,
    including.include_case_mismatch,
    including.include_invalid,
    including.include_outside_roots,
    including.circular_reference,
    including.include_too_deep,
    including.include_too_large,
    including.fragment_unused,
    including.file_unreadable,
    snippets.codesnippet_not_found,
    mounting.mount_missing,
    mounting.generated_page_not_drawn,
    naming.name_not_portable,
    metadata.yaml_header_syntax_error,
    metadata.yaml_header_not_object,
    metadata.duplicate_key,
    metadata.unknown_key,
    metadata.title_missing,
    metadata.description_missing,
    metadata.date_format_invalid,
    yaml_pages.yaml_syntax_error,
    yaml_pages.missing_attribute,
    yaml_pages.unexpected_type,
    yaml_pages.publish_url_conflict,
    yaml_pages.yaml_page_not_drawn,
    item_guidance.guidance_missing,
    item_guidance.guidance_empty,
    item_guidance.guidance_stub,
    item_guidance.guidance_heading_missing,
    item_statements.comment_unclosed,
    item_statements.statement_missing,
    item_statements.statement_placeholder,
    item_statements.statement_drift,
    item_identity.uid_mismatch,
    item_identity.include_label_mismatch,
    item_identity.guid_case_mismatch,
    item_identity.uid_duplicate,
    item_identity.uid_invalid,
    item_identity.item_duplicate,
    item_statements.question_missing,
    item_verification.verification_missing,
    reviewing.severity_unknown,
    reviewing.pillar_unknown,
    reviewing.service_unknown,
    reviewing.update_cycle_invalid,
    reviewing.review_overdue,
    reviewing.guid_vanished,
    reviewing.alias_dangling,
    structure.h1_missing,
    structure.multiple_h1s,
    structure.heading_skipped,
    structure.heading_empty,
    structure.heading_no_content,
    structure.invalid_note_section,
    structure.legacy_banner,
    mistyping.include_mistyped,
    mistyping.link_mistyped,
    mistyping.reference_undefined,
    mistyping.directive_unknown,
    tables.table_columns_differ,
    tables.table_is_text,
    directives.invalid_image,
    directives.image_type_unknown,
    directives.invalid_code,
    directives.invalid_video,
    directives.invalid_tab_group,
    directives.invalid_zone,
    directives.invalid_moniker_range,
    directives.invalid_row,
    directives.invalid_form,
    directives.invalid_no_loc,
    zones.zone_pivot_group_missing,
    zones.pivot_group_not_found,
    zones.pivot_id_not_found,
    html_policy.disallowed_html_tag,
    html_policy.disallowed_html_attribute,
    foreign_syntax.foreign_syntax,
    linking.file_not_found,
    linking.redirected_link,
    linking.bookmark_not_found,
    linking.image_alt_text_missing,
    linking.image_alt_text_is_file_name,
    redirecting.redirect_url_not_found,
    redirecting.circular_redirection,
    redirecting.redirection_conflict,
    redirecting.redirected_file_not_removed,
    referencing.xref_not_found,
    contents.invalid_toc_syntax,
    contents.invalid_toc_entry,
    contents.toc_file_not_found,
    contents.toc_redirected_link,
    contents.toc_circular_reference,
    contents.toc_missing,
    suppressing.suppression_invalid,
    suppressing.suppression_unused,
    site_links.site_file_not_found,
    site_links.site_link_not_found,
    site_links.site_bookmark_not_found,
    external_links.external_link_broken,
    external_links.external_link_doubtful,
)

_CODES = frozenset(rule.code for rule in RULES)


def named(code: str) -> AnyRule | None:
    """Find a rule by its code."""
    return next((rule for rule in RULES if rule.code == code), None)


def refuse_unknown(settings: Settings) -> None:
    """Raise `SettingsError` where the settings name a rule that does not exist."""
    codes = [rule.code for rule in RULES]
    ignored = ((code, "per_file_ignores") for names in settings.per_file_ignores.values() for code in names)
    for code, key in chain(((code, "severity") for code in settings.severity), ignored):
        if code not in codes:
            near = close_match(code, codes)
            raise SettingsError(key, f"there is no rule '{code}'" + (f"; did you mean '{near}'?" if near else ""))


def runs(code: str, settings: Settings) -> bool:
    """Is there such a rule, and is it switched on?"""
    rule = named(code)
    return rule is not None and running.is_on(rule, settings)


def check(library: Library, rules: Sequence[AnyRule] = RULES, *, today: date) -> Report:
    """Run the rules over a library, as of a day; each fault comes once, where it is."""
    return run(library, rules, today=today).report


def run(library: Library, rules: Sequence[AnyRule] = RULES, *, today: date, previous: Run | None = None) -> Run:
    """Run the rules over a library, as of a day; reuse what of the ``previous`` run is not stale."""
    with garbage_collection.paused():
        return running.run(library, rules, today, previous, _CODES)


def check_site(survey: Survey, library: Library) -> Report:
    """Run the rules on a built site; ``library`` holds its sources."""
    checked = Checked(pages=len(survey.site.pages), links=survey.followed)
    return Report(diagnostics=tuple(running.run_on_site(survey, library, RULES)), checked=checked)


def check_external(inquiry: Inquiry, library: Library) -> Report:
    """Run the rules on what other sites answered; a link counts once, wherever it stands."""
    checked = Checked(pages=len(library.pages), fragments=len(library.fragments), links=len(inquiry.answers))
    return Report(diagnostics=tuple(running.run_on_answers(inquiry, library, RULES)), checked=checked)
