"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 1002


def song(rng: random.Random, length: int, letters: str, longest: int) -> str:
    notes: list[str] = []
    while len(notes) < length:
        notes.extend(rng.choice(letters) * rng.randint(1, longest))
    return "".join(notes[:length]) + "\n"


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-two-notes", "ab\n"
    yield "02-ten-in-a-row", "a" * 10 + "\n"
    yield "03-alphabet", "abcdefghijklmnopqrstuvwxyz\n"
    yield "04-last-run-of-one", "hhhhx\n"
    for number in range(5, 9):
        yield f"{number:02}-random-small", song(rng, rng.randint(5, 80), "abc", 5)
    yield "09-random-medium", song(rng, 2000, "abcdefgh", 150)
    yield "10-all-runs-of-one", "ab" * 1500 + "\n"
    yield "11-one-long-run", "q" * 300_000 + "\n"
    yield "12-short-runs", song(rng, 300_000, "abcdefghijklmnopqrstuvwxyz", 3)
    yield "13-long-runs", song(rng, 150_000, "xyz", 90_000)


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
