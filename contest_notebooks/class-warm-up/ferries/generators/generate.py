"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 1007


Ferry = tuple[int, int, int]


def case(islands: int, ferries: list[Ferry]) -> str:
    return f"{islands} {len(ferries)}\n" + "".join(f"{u} {v} {w}\n" for u, v, w in ferries)


def scattered(rng: random.Random, islands: int, count: int, price: int, far: int = 10**9) -> list[Ferry]:
    """Ferries between islands whose numbers differ by at most `far`."""
    ferries = []
    while len(ferries) < count:
        u = rng.randint(1, islands)
        v = min(islands, max(1, u + rng.randint(-min(far, islands), min(far, islands))))
        if u != v:
            ferries.append((u, v, rng.randint(1, price)))
    return ferries


def line(islands: int, price: int) -> list[Ferry]:
    return [(i, i + 1, price) for i in range(1, islands)]


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-one-ferry", case(2, [(2, 1, 7)])
    yield "02-no-ferries", case(2, [])
    yield "03-several-between-two", case(2, [(1, 2, 9), (1, 2, 4), (2, 1, 6)])
    yield "04-line-or-dear-shortcut", case(6, [*line(6, 4), (6, 1, 10**9)])
    yield "05-ticket-late", case(5, [(1, 2, 1), (2, 3, 1), (3, 5, 50), (1, 4, 20), (4, 5, 20)])
    yield "06-ticket-early", case(5, [(1, 2, 90), (2, 3, 1), (3, 5, 1), (1, 4, 20), (4, 5, 20)])
    for number in range(7, 11):
        islands = rng.randint(5, 12)
        yield f"{number:02}-random-small", case(islands, scattered(rng, islands, 2 * islands, 20))
    yield "11-islands-apart", case(600, scattered(rng, 599, 2000, 100))
    yield "12-long-line", case(8000, line(8000, 10**9)[::-1])
    yield "13-random-large", case(8000, scattered(rng, 8000, 30_000, 10**9))
    yield "14-near-islands", case(8000, scattered(rng, 8000, 22_000, 1000, far=6) + line(8000, 10**6))


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
