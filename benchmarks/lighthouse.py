"""Let Lighthouse judge a kind of page each of our own site: ``make lighthouse``.

Fails where accessibility, best practices or SEO are below 100. Lighthouse comes from npm; Chromium has to be installed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from web_server import serve

LIGHTHOUSE = "lighthouse@12.8.2"  # the last one for Node.js 20
CATEGORIES = ("accessibility", "best-practices", "seo")
PAGES = (
    "",
    "framework/resiliency/backup-and-recovery/",
    "operate/azure-kubernetes-service/",
    "recovery-drill/",
    "glossary/",
    "sources/",
    "contribute/",
    "contribute/rules/",
)


def measure(address: str, chromium: str) -> dict[str, dict[str, object]]:
    """Run Lighthouse on a page, and answer its report."""
    command = [
        "npx",
        "--yes",
        LIGHTHOUSE,
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    command.append("--chrome-flags=--headless --no-sandbox")
    environment = {**os.environ, "CHROME_PATH": chromium}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=600)
    if result.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{result.stderr}")
    report: dict[str, dict[str, object]] = json.loads(result.stdout)
    return report


def faults(report: dict[str, dict[str, object]]) -> list[str]:
    """List the audits that a page fails, of those that count."""
    failed = []
    for category in report["categories"].values():
        for reference in category["auditRefs"]:  # type: ignore[index]
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] not in (None, 1):  # type: ignore[index]
                failed.append(f"{audit['id']}: {audit['title']}")  # type: ignore[index]
    return failed


def main() -> int:
    """Print a line for every page, and below it what is wrong there."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium or not shutil.which("npx"):
        sys.exit("Lighthouse needs Chromium and Node.js (Debian: apt-get install chromium nodejs npm)")
    bad = False
    print("| page | accessibility | best practices | SEO |\n| --- | --- | --- | --- |")
    with serve(Path(sys.argv[1]), "/guidekit/") as server:
        for page in PAGES:
            report = measure(server.address + page, chromium)
            scores = [round(100 * report["categories"][name]["score"]) for name in CATEGORIES]  # type: ignore[index]
            print(f"| /{page} | {' | '.join(map(str, scores))} |", *faults(report), sep="\n  ", flush=True)
            bad = bad or min(scores) < 100
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
