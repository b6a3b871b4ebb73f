"""Measure guidekit against its alternatives, and its cost per page: ``python benchmarks/run.py``.

Prints Markdown tables. Every build and check is a fresh process, the contestants take turns, and the best of several
rounds counts. What a number means stands in README.md.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import Bench
from parts import PARTS


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=1_000, help="pages of the builds (default 1,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (default 3)")
    parser.add_argument("--quick", action="store_true", help="100 pages, one round, costs at 50 and 100 pages")
    parser.add_argument("--folder", type=Path, help="where to write the sites, and keep them (default: nowhere)")
    parser.add_argument("--parts", nargs="+", choices=[*PARTS], default=[*PARTS], help="what to measure (default: all)")
    return parser.parse_args()


def main() -> None:
    """Run the benchmark and print its tables."""
    options = _arguments()
    pages, rounds = (min(options.pages, 100), 1) if options.quick else (options.pages, options.rounds)
    sizes = (max(pages // 2, 20), pages) if options.quick else (max(pages // 10, 20), pages, pages * 4)
    with tempfile.TemporaryDirectory(prefix="guidekit-benchmark-") as temporary:
        folder = options.folder or Path(temporary)
        bench = Bench(folder.resolve(), pages, sizes, rounds)
        for part in options.parts:
            for section in PARTS[part](bench):
                print(f"{section}\n", flush=True)
        print(bench.verdict())


if __name__ == "__main__":
    main()
