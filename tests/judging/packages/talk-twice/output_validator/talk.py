"""Adds one to what it gave in the pass before; the team must answer with twice as much."""

import sys
from pathlib import Path

number, folder = int(Path(sys.argv[1]).read_text()), Path(sys.argv[3])
print(number, flush=True)
if sys.stdin.readline().strip() != str(2 * number):
    sys.exit(43)
if not (folder / "been").exists():
    (folder / "been").touch()
    (folder / "nextpass.in").write_text(str(number + 1))
sys.exit(42)
