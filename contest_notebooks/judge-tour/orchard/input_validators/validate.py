"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
found = re.fullmatch(r"([1-9]\d{0,5}) ([1-9]\d{0,3})\n([1-9]\d{0,3}(?: [1-9]\d{0,3})*)\n", text)
need(found)
assert found is not None
apples = [int(word) for word in found[3].split(" ")]
need(2 <= int(found[1]) == len(apples) <= 100_000)
need(int(found[2]) <= 1000 and max(apples) <= 1000)
sys.exit(42)
