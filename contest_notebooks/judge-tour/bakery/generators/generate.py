"""Makes the secret tests of this package, always the same: python generators/generate.py [FOLDER]"""

import random
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SEED = 3107
SCHEMA = (
    "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
    "CREATE TABLE sales (customer INTEGER NOT NULL REFERENCES customers, item TEXT NOT NULL, cents INTEGER NOT NULL);\n"
)
ITEMS = ("bread", "bun", "cake", "pretzel")
SYLLABLES = ("an", "el", "io", "ka", "mi", "no", "ra", "su", "ti", "zo")


def case(people: int, sales: list[tuple[int, str, int]]) -> str:
    names = ("".join(SYLLABLES[int(digit)] for digit in f"{number:03}").capitalize() for number in range(people))
    persons = ", ".join(f"({number}, '{name}')" for number, name in enumerate(names, start=1))
    rows = ", ".join(f"({customer}, '{item}', {cents})" for customer, item, cents in sales)
    script = f"{SCHEMA}INSERT INTO customers VALUES {persons};\n"
    return script + (f"INSERT INTO sales VALUES {rows};\n" if rows else "")


def bought(rng: random.Random, people: int, count: int, items: tuple[str, ...] = ITEMS) -> list[tuple[int, str, int]]:
    return [(rng.randint(1, people), rng.choice(items), rng.randint(1, 900)) for _ in range(count)]


def cases(rng: random.Random) -> Iterator[tuple[str, str]]:
    yield "01-one-customer-no-sale", case(1, [])
    yield "02-one-loaf", case(1, [(1, "bread", 300)])
    yield "03-no-bread-at-all", case(5, bought(rng, 5, 20, ITEMS[1:]))
    yield "04-only-bread", case(5, bought(rng, 5, 30, ITEMS[:1]))
    yield "05-many-never-came", case(50, bought(rng, 9, 60))
    yield "06-random-small", case(20, bought(rng, 20, 40))
    yield "07-random-medium", case(200, bought(rng, 200, 1000))
    yield "08-large", case(1000, bought(rng, 1000, 8000))
    yield "09-two-loyal-customers", case(1000, bought(rng, 2, 5000))


def answer(script: str, query: str) -> str:
    database = sqlite3.connect(":memory:")
    database.executescript(script)
    rows = database.execute(query).fetchall()
    database.close()
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def main() -> None:
    """Writes every case and the rows that the accepted query gives for it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "data" / "secret"
    query = sorted((PACKAGE / "submissions" / "accepted").glob("*.sql"))[0].read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    for name, script in cases(random.Random(SEED)):
        (folder / name).with_suffix(".in").write_text(script, encoding="utf-8", newline="\n")
        (folder / name).with_suffix(".ans").write_text(answer(script, query), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
