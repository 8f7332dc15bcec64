"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 3105


def case(n: int, lit: list[int]) -> str:
    return f"{n} {len(lit)}\n{' '.join(map(str, lit))}\n"


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-one-dark", case(1, [])
    yield "02-one-lit", case(1, [1])
    yield "03-none-lit", case(30, [])
    yield "04-all-lit", case(30, rng.sample(range(1, 31), 30))
    yield "05-first-and-last", case(10, [1, 10])
    for number in range(6, 9):
        yield f"{number:02}-random-small", case(50, rng.sample(range(1, 51), rng.randint(5, 45)))
    yield "09-half-of-many", case(60_000, rng.sample(range(1, 60_001), 30_000))
    yield "10-few-dark", case(60_000, rng.sample(range(1, 60_001), 59_990))


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
