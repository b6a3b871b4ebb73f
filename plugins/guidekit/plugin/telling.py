"""What the plugin says in MkDocs's log, each message on one line whatever it names, and why it stops a build."""

from __future__ import annotations

import logging

from mkdocs.config.base import ValidationError
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from guidekit.diagnostics import Severity
from guidekit.escaping import one_line

_LOG = get_plugin_logger("guidekit")
_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.SUGGESTION: logging.INFO}


def tell(severity: Severity, message: str) -> None:
    """Log a message that is as bad as a finding of this severity; a suggestion is for those who want to know."""
    _LOG.log(_LEVELS[severity], one_line(message))


def stop(message: object) -> PluginError:
    """Make the error that ends a build."""
    return PluginError(f"guidekit: {one_line(str(message))}")


def invalid(problem: str) -> ValidationError:
    """Make the error about a setting that cannot be used."""
    return ValidationError(one_line(problem))
