"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 2005


Point = tuple[int, int]
FAR = 10**6


def case(points: list[Point]) -> str:
    return f"{len(points)}\n" + "".join(f"{x} {y}\n" for x, y in points)


def scattered(rng: random.Random, count: int, reach: int) -> list[Point]:
    return [(rng.randint(-reach, reach), rng.randint(-reach, reach)) for _ in range(count)]


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-same-place", case([(5, 5), (7, 1), (5, 5)])
    yield "02-far-corners", case([(-FAR, -FAR), (FAR, FAR)])
    yield "03-not-neighbours-by-x", case([(0, 0), (1, 500), (2, -500), (3, 1)])
    yield "04-horizontal-line", case([(x * x, 7) for x in range(3, 30)])
    yield "05-square-grid", case([(10 * x, 10 * y) for x in range(6) for y in range(6)])
    for number in range(6, 10):
        yield f"{number:02}-random-small", case(scattered(rng, rng.randint(3, 30), 100))
    yield "10-random-medium", case(scattered(rng, 1200, FAR))
    column = [(123, 60 * y - FAR + rng.randint(0, 9)) for y in range(30_000)]
    rng.shuffle(column)
    yield "11-vertical-line", case(column)
    grid = [(20_000 * x - FAR, 20_000 * y - FAR) for x in range(100) for y in range(100)]
    rng.shuffle(grid)
    yield "12-grid", case(grid)
    yield "13-random-large", case(scattered(rng, 30_000, FAR))
    yield "14-all-in-one-place", case([(0, 0)] * 20_000)


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
