"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 2001


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def patterns(rng: random.Random, count: int) -> list[str]:
    return ["".join(rng.choice(LETTERS) for _ in range(rng.randint(1, 8))) for _ in range(count)]


def case(gloves: list[str]) -> str:
    return f"{len(gloves)}\n" + "".join(glove + "\n" for glove in gloves)


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-one-glove", case(["mitten"])
    yield "02-two-alike", case(["wool", "wool"])
    yield "03-couples-far-apart", case(["a", "b", "c", "c", "b", "a"])
    yield "04-prefixes", case(["a", "aa", "aaa", "aaaa", "aa"])
    for number in range(5, 8):
        pool = patterns(rng, 6)
        yield f"{number:02}-random-small", case([rng.choice(pool) for _ in range(rng.randint(10, 60))])
    pool = patterns(rng, 300)
    yield "08-random-medium", case([rng.choice(pool) for _ in range(2000)])
    yield "09-all-alike", case(["x"] * 100_000)
    yield "10-hardly-any-alike", case(patterns(rng, 40_000))
    pool = patterns(rng, 3)
    yield "11-three-patterns", case([rng.choice(pool) for _ in range(30_000)])


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
