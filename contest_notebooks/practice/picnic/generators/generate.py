"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 2007


def case(basket: int, things: list[tuple[int, int]]) -> str:
    return f"{len(things)} {basket}\n" + "".join(f"{weight} {joy}\n" for weight, joy in things)


def scattered(rng: random.Random, count: int, weight: int, joy: int) -> list[tuple[int, int]]:
    return [(rng.randint(1, weight), rng.randint(0, joy)) for _ in range(count)]


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "small/01-fits-exactly", case(10, [(10, 7)])
    yield "small/02-each-thing-once", case(10, [(3, 10), (9, 12)])
    yield "small/03-best-per-gram-is-a-trap", case(10, [(6, 13), (5, 10), (5, 10)])
    yield "small/04-no-joy", case(50, [(5, 0), (7, 0)])
    yield "small/05-all-fit", case(100, [(1, 1), (2, 2), (3, 4), (4, 8)])
    for number in range(6, 11):
        yield f"small/{number:02}-random", case(rng.randint(20, 60), scattered(rng, rng.randint(3, 14), 25, 50))
    yield "large/01-everything-fits", case(10_000, scattered(rng, 100, 100, 10**6))
    yield "large/02-random", case(10_000, scattered(rng, 100, 1000, 10**6))
    yield "large/03-heavy", case(10_000, scattered(rng, 100, 10_000, 10**6))
    yield "large/04-joy-like-weight", case(9999, [(weight, weight + 100) for weight, _ in scattered(rng, 100, 700, 1)])


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
