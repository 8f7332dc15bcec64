"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 1001


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    top = 10**12
    yield "01-one-house-lit", "7 7 7\n"
    yield "02-one-house-dark", "8 8 7\n"
    yield "03-starts-on-a-lantern", "12 36 6\n"
    yield "04-no-lantern", "11 19 10\n"
    for number in range(5, 8):
        a = rng.randint(1, 1000)
        yield f"{number:02}-random-small", f"{a} {rng.randint(a, 2000)} {rng.randint(1, 40)}\n"
    yield "08-every-house", f"1 {top} 1\n"
    yield "09-last-house-only", f"{top} {top} {top}\n"
    yield "10-number-too-large", f"1 {top - 1} {top}\n"
    for number in range(11, 15):
        a, b = sorted((rng.randint(1, top), rng.randint(1, top)))
        yield f"{number:02}-random-large", f"{a} {b} {rng.choice([2, 97, 10**6, rng.randint(1, top)])}\n"
    yield "15-whole-street-of-sevens", f"7 {top} 7\n"


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
