"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 2006


String = tuple[int, int]


def case(children: int, strings: list[String]) -> str:
    return f"{children} {len(strings)}\n" + "".join(f"{a} {b}\n" for a, b in strings)


def scattered(rng: random.Random, children: int, count: int) -> list[String]:
    return [(rng.randint(1, children), rng.randint(1, children)) for _ in range(count)]


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-alone", case(1, [])
    yield "02-alone-with-a-string", case(1, [(1, 1)])
    yield "03-two-without-string", case(2, [])
    yield "04-own-house-first", case(2, [(1, 1), (2, 2), (2, 1), (1, 2)])
    yield "05-everybody-in-pairs-first", case(6, [(1, 2), (3, 4), (5, 6), (2, 3), (1, 4), (4, 5), (1, 6)])
    for number in range(6, 10):
        children = rng.randint(3, 10)
        yield f"{number:02}-random-small", case(children, scattered(rng, children, 3 * children))
    yield "10-random-medium", case(300, scattered(rng, 300, 1500))
    chain = [(i + 1, i) for i in range(1, 20_000)]
    yield "11-chain", case(20_000, chain)
    yield "12-chain-backwards-and-rings", case(20_000, chain[::-1] + scattered(rng, 20_000, 10_001))
    order = list(range(2, 20_001))
    rng.shuffle(order)
    tree = [(child, rng.randint(1, child - 1)) for child in order]
    yield "13-random-tree-with-repeats", case(20_000, tree[:12_000] + tree[:10_001] + tree[12_000:])
    yield "14-random-large-never", case(20_000, scattered(rng, 20_000, 30_000))


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
