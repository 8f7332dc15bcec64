"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 1006


def case(days: int, legs: list[int]) -> str:
    return f"{len(legs)} {days}\n{' '.join(map(str, legs))}\n"


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "small/01-one-leg", case(1, [5])
    yield "small/02-a-day-for-each-leg", case(6, [3, 1, 4, 1, 5, 9])
    yield "small/03-one-long-leg", case(3, [1, 1, 100, 1, 1])
    yield "small/04-equal-legs", case(4, [10] * 10)
    for number in range(5, 10):
        legs = [rng.randint(1, 30) for _ in range(rng.randint(4, 40))]
        yield f"small/{number:02}-random", case(rng.randint(1, len(legs)), legs)
    yield "large/01-medium", case(37, [rng.randint(1, 1000) for _ in range(1500)])
    yield "large/02-all-in-one-day", case(1, [10**9] * 20_000)
    yield "large/03-half-as-many-days", case(10_000, [rng.randint(1, 10**9) for _ in range(20_000)])
    yield "large/04-a-day-for-each-leg", case(20_000, [rng.randint(1, 10**6) for _ in range(20_000)])
    yield "large/05-few-days", case(14, [rng.randint(1, 10**9) for _ in range(20_000)])


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
