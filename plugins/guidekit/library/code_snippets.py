"""What snippets of code show: the code that is cut out of their files, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from guidekit.library import failure
from guidekit.library.failure import Failure
from guidekit.syntax.code_file import CodeFile, Missing, language_of
from guidekit.syntax.code_snippet import Selection
from guidekit.text.digests import digest
from guidekit.text.paths import Refused, follow_include
from guidekit.text.source import Unreadable

_NAME = re.compile(r"[\w+#.-]++")


@dataclass(frozen=True, kw_only=True)
class Code:
    """The code that a snippet shows, where it comes from, and its language."""

    path: PurePosixPath
    text: str
    language: str

    @cached_property
    def digest(self) -> str:
        """A hash of what is shown."""
        return digest(self.text, self.language)


LoadCode = Callable[[PurePosixPath], "CodeFile | Unreadable | None"]


def named_file(selection: Selection, base: PurePosixPath, home: PurePosixPath) -> PurePosixPath | Refused:
    """Find the file that a snippet names, without asking whether it exists; ``~`` in it is the folder ``home``."""
    return follow_include(selection.path, base, home)


def show(selection: Selection, base: PurePosixPath, home: PurePosixPath, load: LoadCode, most: int) -> Code | Failure:
    """Cut out the code that a snippet in the file ``base`` shows, ``most`` characters at most."""
    path = named_file(selection, base, home)
    if isinstance(path, Refused):
        return Failure(kind="outside-roots" if selection.path else "not-found", detail=path.why)
    file = load(path)
    if file is None:
        return Failure(kind="not-found", target=path, detail="does not exist")
    if isinstance(file, Unreadable):
        return Failure(kind=failure.kind_of(file, "unreadable"), target=path, detail=file.detail)
    shown = file.shown(selection, most)
    if shown is None:
        return Failure(kind="too-large", target=path)
    if isinstance(shown, Missing):
        return Failure(kind="invalid", target=path, detail=shown.why)
    language = _NAME.search(selection.language)
    return Code(path=path, text=shown, language=language[0] if language else language_of(selection.path))
