"""A content set in other Markdown: its pages as text, the files that go with them, and what is lost."""

from __future__ import annotations

from guidekit.exports.conversion.converted_page import FORMS, write
from guidekit.exports.conversion.files import Lost, extensions, lost, others, pages
from guidekit.exports.conversion.material import EXTENSIONS

__all__ = ["EXTENSIONS", "FORMS", "Lost", "extensions", "lost", "others", "pages", "write"]
