"""check.py INPUT ANSWER FEEDBACK_FOLDER < OUTPUT: 42 when the output is a right necklace, 43 when it is not (Kattis 2025-09)."""

import sys
from pathlib import Path
from typing import NoReturn

ACCEPTED, WRONG = 42, 43


def end(code: int, message: str) -> NoReturn:
    (Path(sys.argv[3]) / "judgemessage.txt").write_text(message + "\n")
    sys.exit(code)


n = int(Path(sys.argv[1]).read_text())
possible = Path(sys.argv[2]).read_text().strip() != "impossible"
words = sys.stdin.read().split()
if not possible or words == ["impossible"]:
    end(ACCEPTED if not possible and words == ["impossible"] else WRONG, f"possible: {possible}")
if not all(word.isascii() and word.isdigit() and len(word) < 10 for word in words):
    end(WRONG, "something is not a number")
beads = [int(word) for word in words]
if sorted(beads) != list(range(1, n + 1)):
    end(WRONG, f"not the beads from 1 to {n}")
for left, right in zip(beads, beads[1:]):
    if abs(left - right) == 1:
        end(WRONG, f"{left} and {right} are neighbours")
end(ACCEPTED, "a right necklace")
