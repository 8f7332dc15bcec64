"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 1005


def place(grid: list[list[str]], hedgehog: tuple[int, int], apple: tuple[int, int]) -> str:
    grid[hedgehog[0]][hedgehog[1]] = "H"
    grid[apple[0]][apple[1]] = "A"
    return f"{len(grid)} {len(grid[0])}\n" + "".join("".join(row) + "\n" for row in grid)


def scattered(rng: random.Random, rows: int, columns: int, hedges: float) -> str:
    grid = [["#" if rng.random() < hedges else "." for _ in range(columns)] for _ in range(rows)]
    start, end = rng.sample(range(rows * columns), 2)
    return place(grid, divmod(start, columns), divmod(end, columns))


def snake(rows: int, columns: int) -> list[list[str]]:
    """One long way: every second column is a hedge with a single gap, in turn at the top and at the bottom."""
    grid = [["."] * columns for _ in range(rows)]
    for column in range(1, columns, 2):
        for row in range(rows):
            if row != (0 if column % 4 == 1 else rows - 1):
                grid[row][column] = "#"
    return grid


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-side-by-side", "1 2\nAH\n"
    yield "02-long-row", place([["."] * 300], (0, 299), (0, 0))
    yield "03-long-column", place([["."] for _ in range(300)], (0, 0), (299, 0))
    yield "04-two-ways-round", "5 6\n......\n.####.\n.#H...\n.####.\n...A..\n"
    yield "05-only-diagonal", "2 2\nH#\n#A\n"
    for number in range(6, 10):
        yield f"{number:02}-random-small", scattered(rng, rng.randint(4, 12), rng.randint(4, 12), 0.3)
    yield "10-open-garden", place([["."] * 300 for _ in range(300)], (0, 0), (299, 299))
    yield "11-snake", place(snake(300, 299), (299, 0), (299, 298))
    yield "12-snake-backwards", place(snake(299, 300), (298, 298), (298, 0))
    yield "13-random-large", scattered(rng, 300, 300, 0.35)
    fence = [["#" if row == 150 else "." for _ in range(300)] for row in range(300)]
    yield "14-no-way", place(fence, (0, 0), (299, 299))


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
