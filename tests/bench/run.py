"""``make bench``: our judge beside bare execution; prints medians and writes them to ``build/bench.json``.

python -m tests.bench.run [--quick] [--only judging,throughput,latency] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path

from tests.bench import judging, latency, throughput

PARTS = ("judging", "throughput", "latency")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a fifth of the rounds")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas")
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"))
    options = parser.parse_args()
    wanted = options.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no part {min(unknown)!r}; there are {', '.join(PARTS)}")
    figures: dict[str, float] = {"cores": len(os.sched_getaffinity(0)), "load_before": round(os.getloadavg()[0], 2)}
    folder = Path(tempfile.mkdtemp(prefix="oj-bench-", dir="/tmp"))
    try:
        if "judging" in wanted:
            figures |= judging.measure(folder / "judging", quick=options.quick, tell=_tell)
        if "throughput" in wanted:
            figures |= throughput.measure(folder / "all", quick=options.quick, tell=_tell)
        if "latency" in wanted:
            figures |= latency.measure(folder / "latency", quick=options.quick, tell=_tell)
    finally:
        shutil.rmtree(folder)
    figures["load_after"] = round(os.getloadavg()[0], 2)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(figures, indent=2) + "\n")
    _tell(f"written to {options.json}")


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
