"""guidekit: publish guidance written in Microsoft Learn's Markdown, and prove that its checklists are complete."""

from guidekit.diagnostics import Checked, Diagnostic, Related, Report, Severity
from guidekit.disk.file_status import RootError
from guidekit.session import RenderedPage, render
from guidekit.session import Session as Library
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

__version__ = "0.3.0"
