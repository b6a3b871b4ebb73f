"""guidekit: publish guidance written in Microsoft Learn's Markdown, and prove that its checklists are complete."""

from guidekit.api import Library, RenderedPage, render
from guidekit.diagnostics import Checked, Diagnostic, Related, Report, Severity
from guidekit.files import RootError
from guidekit.settings import Settings, SettingsError

__all__ = [
    "Checked",
    "Diagnostic",
    "Library",
    "Related",
    "RenderedPage",
    "Report",
    "RootError",
    "Settings",
    "SettingsError",
    "Severity",
    "render",
]

__version__ = "0.2.0"
