"""``look.py LANGUAGE ENTRY_POINT FEEDBACK/ forbid WORD`` or ``… lines``: reads the source, and never runs it."""

import sys
from pathlib import Path

language, entry, feedback, what, *words = sys.argv[1:]
assert language == "python3" and feedback.endswith("/"), sys.argv
source = Path(entry).read_text()
if what == "forbid":
    if any(word in source for word in words):
        Path(feedback + "teammessage.txt").write_text(f"A program here may not say {words[0]}.\n")
        sys.exit(43)
else:
    lines = sum(1 for line in source.splitlines() if line.strip() and not line.startswith("#"))
    Path(feedback + "score_multiplier.txt").write_text(str(1 / lines))
sys.exit(42)
