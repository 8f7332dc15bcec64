"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 3102


def cases(rng: random.Random) -> Iterator[tuple[str, str, str]]:
    places = [(2, 1), (2, 2), (1000, 1), (1000, 1000), (1000, 500), (1000, 501), (999, 512), (1000, 999)]
    places += [(n, rng.randint(1, n)) for n in (3, 17, 600, 1000)]
    for number, (n, boat) in enumerate(places, start=1):
        yield f"{number:02}-{n}-buoys", f"{n} {boat}\n", f"{boat}\n"


def main() -> None:
    """Writes every case and its answer."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "data" / "secret"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text, answer in cases(random.Random(SEED)):
        (folder / name).with_suffix(".in").write_text(text, encoding="utf-8", newline="\n")
        (folder / name).with_suffix(".ans").write_text(answer, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
