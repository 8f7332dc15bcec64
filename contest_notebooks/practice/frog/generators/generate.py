"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 2003


def case(start: int, jumps: int, pads: list[int]) -> str:
    return f"{len(pads)} {start} {jumps}\n{' '.join(map(str, pads))}\n"


def tail_and_round(rng: random.Random, tail: int, round_: int) -> tuple[int, list[int]]:
    """Pads in random places: the frog makes `tail` jumps, then goes round. Gives its first pad and all pads."""
    order = list(range(1, tail + round_ + 1))
    rng.shuffle(order)
    pads = [0] * len(order)
    for here, there in zip(order, order[1:], strict=False):
        pads[here - 1] = there
    pads[order[-1] - 1] = order[tail]
    return order[0], pads


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-one-pad", case(1, 12, [1])
    yield "02-no-jump", case(3, 0, [2, 3, 1])
    yield "03-stops-before-the-round", case(1, 2, [2, 3, 4, 5, 5])
    yield "04-just-reaches-the-round", case(6, 3, [2, 3, 4, 5, 3, 1])
    for number in range(5, 9):
        pads = [rng.randint(1, 10) for _ in range(10)]
        yield f"{number:02}-random-small", case(rng.randint(1, 10), rng.randint(0, 200), pads)
    yield "09-long-tail-few-jumps", case(1, 1500, [*range(2, 2001), 2000])
    yield "10-two-pads-for-ever", case(1, 10**18, [2, 1])
    start, pads = tail_and_round(rng, 25_000, 25_000)
    yield "11-tail-and-round", case(start, 10**18 - 1, pads)
    start, pads = tail_and_round(rng, 49_999, 1)
    yield "12-long-tail", case(start, 49_998, pads)
    start, pads = tail_and_round(rng, 9, 49_991)
    yield "13-round-of-prime-length", case(start, 10**18, pads)
    pads = [rng.randint(1, 50_000) for _ in range(50_000)]
    yield "14-random-large", case(rng.randint(1, 50_000), rng.randint(0, 10**18), pads)


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
