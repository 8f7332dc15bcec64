"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 3108


def answer(numbers: list[int]) -> int:
    ends = [0, *(place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1]), len(numbers)]
    return max(right - left for left, right in zip(ends, ends[1:]))


def cases(rng: random.Random) -> Iterator[tuple[str, str, str]]:
    found = {
        "01-empty": [],
        "02-one": [7],
        "03-all-alike": [5] * 40,
        "04-at-the-start": [1, 1, 1, 2, 3, 3],
        "05-at-the-end": [3, 3, 2, 1, 1, 1],
        "06-twice-as-long": [4, 4, 1, 4, 4, 4],
        "07-negative": [-1, -1, 1, 1, 1, -1],
        "08-random": [rng.randint(0, 2) for _ in range(2000)],
        "09-large": [rng.choice((-(10**9), 10**9)) for _ in range(20_000)],
        "10-long-streak": [1] * 30_000 + [2] * 40_000 + [1] * 30_000,
    }
    for name, numbers in found.items():
        yield name, f"[[{', '.join(map(str, numbers))}]]\n", f"{answer(numbers)}\n"


def main() -> None:
    """Writes every case and its answer."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "data" / "secret"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text, answer in cases(random.Random(SEED)):
        (folder / name).with_suffix(".in").write_text(text, encoding="utf-8", newline="\n")
        (folder / name).with_suffix(".ans").write_text(answer, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
