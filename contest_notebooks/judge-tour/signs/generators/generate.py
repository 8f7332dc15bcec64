"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 3106


def moved(text: str, places: int) -> str:
    return "".join(chr((ord(c) - 65 + places) % 26 + 65) if c.isalpha() else c for c in text)


def cases(rng: random.Random) -> Iterator[tuple[str, str, str]]:
    text = "HELLO FROM THE HARBOUR"
    yield "1", moved(text, 3) + "\n", text + "\n"
    text = "THE FERRY LEAVES AT NINE"
    yield "2", " ".join(word[::-1] for word in text.split()) + "\n", text + "\n"
    lines = ["BRING", "ANUMB", "RELLA"]
    yield "3", "\n".join(lines) + "\n", "".join("".join(column) for column in zip(*lines)) + "\n"
    text = "THE KEY IS UNDER THE MAT"
    yield "4", moved(text, 13) + "\n", text + "\n"


def main() -> None:
    """Writes every case and its answer."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "data" / "secret"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text, answer in cases(random.Random(SEED)):
        (folder / name).with_suffix(".in").write_text(text, encoding="utf-8", newline="\n")
        (folder / name).with_suffix(".ans").write_text(answer, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
