"""The command line in a process of its own, which is ended when it has gone astray."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SECONDS = 60
"""After these a run has gone astray: what is tried takes one or two, also on a busy machine."""

MEMORY = 3_000_000_000
"""How many bytes a run may ask for, where the system can be told so."""

_PROGRAM = f"""
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
except (ImportError, ValueError):
    pass
from guidekit.cli import main
main()
"""


def run(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run guidekit; raises ``TimeoutExpired`` where it comes to no end."""
    command = [sys.executable, "-c", _PROGRAM, *map(str, arguments)]
    ended = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False)
    out, err = ended.stdout.decode(), ended.stderr.decode()
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(command, ended.returncode, out, err)
