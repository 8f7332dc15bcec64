"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 2008


def case(ends: list[int]) -> str:
    return f"{len(ends)}\n{' '.join(map(str, ends))}\n"


def shuffled(rng: random.Random, count: int) -> list[int]:
    ends = list(range(1, count + 1))
    rng.shuffle(ends)
    return ends


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-one-ribbon", case([1])
    yield "02-two-crossing", case([2, 1])
    yield "03-one-knot", case([3, 2, 1])
    yield "04-crossing-without-knot", case([3, 4, 1, 2])
    yield "05-all-cross", case(list(range(12, 0, -1)))
    for number in range(6, 10):
        yield f"{number:02}-random-small", case(shuffled(rng, rng.randint(5, 40)))
    yield "10-random-medium", case(shuffled(rng, 1500))
    yield "11-all-cross-large", case(list(range(100_000, 0, -1)))
    yield "12-none-cross-large", case(list(range(1, 20_001)))
    yield "13-random-large", case(shuffled(rng, 100_000))
    blocks = [end for block in range(0, 20_000, 500) for end in range(block + 500, block, -1)]
    yield "14-blocks", case(blocks)


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
