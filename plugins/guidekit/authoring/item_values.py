"""The values of an item that the header of its fragment holds: severity, pillar, services, and its statement."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from guidekit.authoring import front_matter_values, wording
from guidekit.authoring.front_matter_values import Value
from guidekit.disk.changes import Change
from guidekit.library import services
from guidekit.library.library import Library
from guidekit.text.source import Source

KEYS = ("ms.assessment_question", "severity", "waf", "service")
"""The keys of a fragment's header that are taken in; all others, and all text below, are the author's."""

_ORDER = ("ms.uid", *KEYS)


def services_of(library: Library, said: str) -> Value:
    """Take the services that are named, apart by semicolons: a text where there is one, else a list."""
    line = wording.one_line(said, "the service")
    names = services.recognize(line, library.settings.services)
    return names if len(names) > 1 else names[0] if names else line


def set_in_header(library: Library, path: PurePosixPath, values: Mapping[str, Value]) -> Change:
    """Set values in the header of a fragment. Raises `RefusedError` where it cannot be edited by parts."""
    text = library.raw(path)
    return Change(
        path=path, before=text, after=front_matter_values.set_values(text, Source.of(path, text), values, _ORDER)
    )
