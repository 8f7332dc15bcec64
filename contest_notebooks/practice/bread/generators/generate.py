"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 2004


Loaf = tuple[float, float]


def case(room: float, goal: float, loaves: list[Loaf]) -> str:
    head = f"{len(loaves)} {room:g} {goal:g}\n"
    return head + "".join(f"{start:.3f} {speed:.3f}\n" for start, speed in loaves)


def loaves(rng: random.Random, count: int, coldest: float, slowest: float = 0.001) -> list[Loaf]:
    return [(rng.uniform(coldest, 300), rng.uniform(slowest, 1)) for _ in range(count)]


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-warm-already", case(20, 50, [(50, 0.3)])
    yield "02-quick-and-slow", case(20, 60, [(100, 1), (100, 0.001)])
    yield "03-slowest", case(0, 1, [(300, 0.001)])
    yield "04-quickest", case(40, 41, [(300, 1)])
    for number in range(5, 9):
        goal = rng.randint(25, 60)
        yield f"{number:02}-random-small", case(20, goal, loaves(rng, rng.randint(2, 10), goal + 1, 0.01))
    yield "09-random-medium", case(18.5, 30.25, loaves(rng, 500, 31))
    yield "10-one-slow-among-many", case(5, 6, [(300, 1.0)] * 4999 + [(300, 0.001)])
    yield "11-random-large", case(21.375, 35.125, loaves(rng, 5000, 40))
    yield "12-all-slow", case(10, 11, [(rng.uniform(200, 300), 0.001) for _ in range(5000)])


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
