"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 2002


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-one-chair", "1 1\n"
    yield "02-square", "36 3\n"
    yield "03-only-the-square", "49 2\n"
    yield "04-rows-too-short", "100 11\n"
    yield "05-one-row-allowed", "7 1\n"
    for number in range(6, 9):
        yield f"{number:02}-random-small", f"{rng.choice([24, 60, 96, 360, 720])} {rng.randint(1, 6)}\n"
    yield "09-most-divisors", "963761198400 1\n"
    yield "10-large-square", "1000000000000 1\n"
    yield "11-square-of-a-prime", f"{999_983**2} 999983\n"
    yield "12-large-prime", "999999999989 1\n"
    yield "13-more-rows-than-fit", "999999999999 1000000\n"
    yield "14-many-chairs", f"{2**6 * 3**4 * 5**2 * 7 * 11 * 13 * 17 * 19} 5000\n"


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
