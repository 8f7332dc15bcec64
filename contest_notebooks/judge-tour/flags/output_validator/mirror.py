"""The mirror: mirror.py INPUT ANSWER FEEDBACK_FOLDER < OUTPUT, once for each of the two runs.

After the first run it leaves the flags as they are seen in the mirror for the second one (nextpass.in). Exits with 42 when the
run was right, with 43 when it was not (Kattis 2025-09).
"""

import re
import sys
from pathlib import Path
from typing import NoReturn

ACCEPTED, WRONG = 42, 43
feedback = Path(sys.argv[3])
sent = feedback / "sent.txt"


def end(code: int, message: str) -> NoReturn:
    (feedback / "judgemessage.txt").write_text(message + "\n")
    sys.exit(code)


words = sys.stdin.read(10_000).split()
if len(words) != 1:
    end(WRONG, f"{len(words)} words instead of one")
word = words[0]
if sent.exists():
    wanted = Path(sys.argv[2]).read_text().strip()
    end(ACCEPTED if word == wanted else WRONG, f"received {word[:20]}, sent {wanted}")
if not re.fullmatch("[RG]{1,60}", word) or "RRR" in word or "GGG" in word:
    end(WRONG, f"not a row of flags: {word[:80]}")
sent.write_text(word + "\n")
(feedback / "nextpass.in").write_text(f"receive\n{word[::-1]}\n")
end(ACCEPTED, f"{len(word)} flags")
