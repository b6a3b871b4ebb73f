"""Files that another program holds open: on Windows nobody can replace, rename or remove one until that program is done.

Programs that look for viruses or make an index of files hold each new one for a moment.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

_ARE_HELD = os.name == "nt"

_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
"""For how many seconds to wait before each new try; a little more than one in all."""


def patiently(change: Callable[[], object]) -> None:
    """Change a file; on Windows, try again for a second where that is not permitted. Raises what the last try raises."""
    for pause in _PAUSES if _ARE_HELD else ():
        try:
            change()
            return
        except PermissionError:
            time.sleep(pause)
    try:
        change()
    except PermissionError as error:
        if not _ARE_HELD:
            raise
        words = error.strerror or "permission denied"
        raise PermissionError(error.errno, f"{words}; another program may hold it open") from None
