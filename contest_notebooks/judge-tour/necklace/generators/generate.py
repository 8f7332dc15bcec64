"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 3104


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    numbers = [1, 2, 5, 6, 7, 8, 100, 999, 50_000, 49_999, rng.randint(10, 99), rng.randint(1000, 9999)]
    for place, number in enumerate(numbers, start=1):
        yield f"{place:02}-{number}-beads", f"{number}\n"


def main() -> None:
    """Writes every case and the answer that the accepted Python solution gives to it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "data" / "secret"
    solution = next((PACKAGE / "submissions" / "accepted").glob("*.py"))
    for name, text in cases(random.Random(SEED)):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.with_suffix(".in").write_text(text, encoding="utf-8", newline="\n")
        command = [sys.executable, "-I", str(solution)]
        answer = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
        target.with_suffix(".ans").write_text(answer.stdout, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
