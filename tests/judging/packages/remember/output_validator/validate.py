"""Pass 1: the team turns a number into letters. Pass 2: it turns them back. Pass 3: it says goodbye."""

import sys
from pathlib import Path

folder = Path(sys.argv[3])
word, number = Path(sys.argv[1]).read_text().split(), Path(sys.argv[2]).read_text().strip()
state, said = folder / "passes", sys.stdin.read().strip()
passes = state.read_text().split() if state.exists() else []
with (folder / "judgemessage.txt").open("a") as judge:
    judge.write(f"pass {len(passes) + 1}: {word[0]} {said[:20]}\n")
if [word[0], *passes] not in (["encode"], ["decode", "encode"], ["bye", "encode", "decode"]):
    sys.exit(1)
if (folder / "nextpass.in").exists():
    sys.exit(2)
state.write_text(" ".join([*passes, word[0]]))
if word[0] == "encode":
    if not said.isalpha():
        sys.exit(43)
    (folder / "nextpass.in").write_text(f"decode {said}\n")
elif word[0] == "decode":
    if said != number:
        sys.exit(43)
    (folder / "nextpass.in").write_text("bye bye\n")
sys.exit(42)
