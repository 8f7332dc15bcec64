"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 3103


def cases(rng: random.Random) -> Iterator[tuple[str, str, str]]:
    numbers = [1, 2, 7, 8, 1000, 524_287, 524_288, 999_999, 1_000_000]
    numbers += [rng.randint(0, 1_000_000) for _ in range(3)]
    for place, number in enumerate(numbers, start=1):
        yield f"{place:02}-{number}", f"send\n{number}\n", f"{number}\n"


def main() -> None:
    """Writes every case and its answer."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "data" / "secret"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text, answer in cases(random.Random(SEED)):
        (folder / name).with_suffix(".in").write_text(text, encoding="utf-8", newline="\n")
        (folder / name).with_suffix(".ans").write_text(answer, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
