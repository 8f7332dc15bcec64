"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 1004


def case(target: int, stalls: list[int]) -> str:
    return f"{len(stalls)} {target}\n{' '.join(map(str, stalls))}\n"


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-one-stall-enough", case(5, [5])
    yield "02-one-stall-too-little", case(6, [5])
    yield "03-exactly-enough", case(9, [1, 4, 5, 2, 1])
    yield "04-whole-lane", case(15, [1, 2, 3, 4, 5])
    yield "05-short-stretch-at-the-end", case(20, [4] * 8 + [11, 9])
    for number in range(6, 10):
        stalls = [rng.randint(1, 12) for _ in range(rng.randint(3, 40))]
        yield f"{number:02}-random-small", case(rng.randint(1, sum(stalls)), stalls)
    ones = [1] * 100_000
    yield "10-all-ones-half", case(50_000, ones)
    yield "11-random-large", case(250_000_000, [rng.randint(1, 10_000) for _ in range(100_000)])
    yield "12-exactly-everything", case(10**9, [10_000] * 100_000)


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
