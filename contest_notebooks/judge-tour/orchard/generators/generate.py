"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 3101


def case(bag: int, apples: list[int]) -> str:
    return f"{len(apples)} {bag}\n{' '.join(map(str, apples))}\n"


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "1-few/01-two-that-fit", case(20, [10, 10])
    yield "1-few/02-two-too-heavy", case(19, [10, 10])
    yield "1-few/03-all-fit", case(1000, [rng.randint(1, 500) for _ in range(40)])
    for number in range(4, 8):
        yield f"1-few/{number:02}-random", case(rng.randint(300, 1000), [rng.randint(1, 1000) for _ in range(100)])
    yield "2-alike/01-fit", case(10, [5] * 100_000)
    yield "2-alike/02-too-heavy", case(9, [5] * 20_000)
    yield "3-all/01-large", case(700, [rng.randint(1, 1000) for _ in range(20_000)])
    yield "3-all/02-light-ones", case(18, [rng.randint(1, 9) for _ in range(100_000)])
    yield "3-all/03-heavy-ones", case(999, [rng.randint(450, 1000) for _ in range(20_000)])


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
