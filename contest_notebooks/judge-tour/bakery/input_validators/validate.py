"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


SCHEMA = (
    "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
    "CREATE TABLE sales (customer INTEGER NOT NULL REFERENCES customers, item TEXT NOT NULL, cents INTEGER NOT NULL);\n"
)
PERSON = r"\(([1-9]\d{0,3}), '([A-Za-z]+)'\)"
SALE = r"\(([1-9]\d{0,3}), '[a-z]+', [1-9]\d{0,4}\)"

text = sys.stdin.read()
need(text.startswith(SCHEMA))
found = re.fullmatch(
    rf"INSERT INTO customers VALUES ({PERSON}(?:, {PERSON})*);\n(?:INSERT INTO sales VALUES ({SALE}(?:, {SALE})*);\n)?",
    text[len(SCHEMA) :],
)
need(found)
assert found is not None
people = re.findall(PERSON, found[1])
sales = re.findall(SALE, found[6] or "")
need([int(number) for number, _ in people] == list(range(1, len(people) + 1)) and len(people) <= 1000)
need(len({name for _, name in people}) == len(people) and len(sales) <= 20_000)
need(all(int(number) <= len(people) for number in sales))
sys.exit(42)
