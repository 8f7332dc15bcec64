"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 1003


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def names(rng: random.Random, count: int, longest: int = 8) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choice(LETTERS) for _ in range(rng.randint(1, longest)))] = None
    return list(found)


def case(children: list[tuple[str, int]]) -> str:
    return f"{len(children)}\n" + "".join(f"{name} {time}\n" for name, time in children)


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-two-children", case([("bo", 2), ("al", 1)])
    yield "02-different-digits", case([("slow", 1000), ("quick", 999), ("last", 10_000_000)])
    yield "03-all-tied", case([(name, 5) for name in names(rng, 12)])
    yield "04-prefixes", case([("anna", 7), ("ann", 7), ("an", 7), ("annabel", 6)])
    for number in range(5, 8):
        yield f"{number:02}-random-small", case([(name, rng.randint(1, 20)) for name in names(rng, 30)])
    yield "08-sorted-medium", case([(name, 100 + i) for i, name in enumerate(names(rng, 2000))])
    many = names(rng, 20_000)
    yield "09-one-slow-child", case([("snail", 10**9), ("hare", 1)])
    yield "10-already-sorted", case([(name, 20_000 + 3 * i) for i, name in enumerate(many)])
    yield "11-random-large", case([(name, rng.randint(1, 10**9)) for name in many])
    yield "12-many-ties", case([(name, rng.randint(1, 50)) for name in names(rng, 20_000, 6)])


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
