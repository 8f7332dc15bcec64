"""Two whole numbers above 0 with the sum that the input asks for, and nothing else."""

import sys
from pathlib import Path

wanted, folder = int(Path(sys.argv[1]).read_text()), Path(sys.argv[3])
words = sys.stdin.buffer.read().split()
if len(words) != 2 or not all(word.isdigit() and len(word) < 20 for word in words):
    (folder / "teammessage.txt").write_text("Two whole numbers were expected.")
    (folder / "judgemessage.txt").write_text(f"{len(words)} words")
    sys.exit(43)
a, b = map(int, words)
sys.exit(42 if a > 0 and b > 0 and a + b == wanted else 43)
