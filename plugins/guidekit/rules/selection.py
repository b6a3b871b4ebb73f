"""Which rules run, and how severely: what is typed beats what the settings say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from guidekit import rules
from guidekit.diagnostics import Severity
from guidekit.settings import Settings, SettingsError
from guidekit.text.paths import close_match


def choose(
    settings: Settings, *, select: Sequence[str] = (), ignore: Sequence[str] = (), severity: Sequence[str] = ()
) -> Settings:
    """Turn all rules off but those in ``select``, if any; turn off those in ``ignore``; set ``severity`` (RULE=LEVEL).

    Raises `SettingsError` for a rule or a level that does not exist.
    """
    levels: dict[str, Severity | None] = dict(settings.severity)
    if select:
        chosen = set(_codes("--select", select))
        levels |= {rule.code: None for rule in rules.RULES if rule.code not in chosen}
        levels |= {
            rule.code: rule.severity for rule in rules.RULES if rule.code in chosen and not levels.get(rule.code)
        }
    levels |= dict(_levels(severity))
    levels |= dict.fromkeys(_codes("--ignore", ignore), None)
    return replace(settings, severity=levels)


def _codes(option: str, given: Iterable[str]) -> list[str]:
    """Read rules as they are typed: several options, or several rules apart by commas."""
    codes = [code.strip() for text in given for code in text.split(",") if code.strip()]
    for code in codes:
        _refuse_unknown(option, code)
    return codes


def _levels(given: Iterable[str]) -> Mapping[str, Severity | None]:
    levels: dict[str, Severity | None] = {}
    for text in given:
        code, equals, level = text.partition("=")
        if not equals:
            raise SettingsError("--severity", f"'{text}' is not RULE=LEVEL")
        _refuse_unknown("--severity", code)
        levels |= Settings.check("severity", {code: level})
    return levels


def _refuse_unknown(option: str, code: str) -> None:
    if rules.named(code) is None:
        near = close_match(code, (rule.code for rule in rules.RULES))
        raise SettingsError(option, f"there is no rule '{code}'" + (f"; did you mean '{near}'?" if near else ""))
