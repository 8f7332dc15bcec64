"""Fuzz one target for long, guided by coverage: ``python tests/fuzz/campaign.py frames --seconds 600``.

Needs ``pip install atheris`` (no part of our requirements). What is found stays beside the corpus as ``crash-…``: make
it a seed of the target, or a row of the table it belongs to, and mend the code.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))
with atheris.instrument_imports(include=["jupyter_oj_graders", "jupyter_oj_sandbox"]):
    from fuzz_targets import SEEDS, TARGETS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--corpus", type=Path, help="a folder that is kept (default: a new one)")
    options = parser.parse_args()
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix=f"oj-fuzz-{options.target}-"))
    corpus.mkdir(parents=True, exist_ok=True)
    for index, seed in enumerate(SEEDS[options.target]):
        (corpus / f"seed-{index}").write_bytes(seed)
    arguments = [f"-max_total_time={options.seconds}", "-max_len=4096", "-timeout=20", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *arguments, f"-artifact_prefix={corpus}/", str(corpus)], TARGETS[options.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
