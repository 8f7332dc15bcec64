"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
found = re.fullmatch(r"([1-9]\d{0,5}) (0|[1-9]\d{0,5})\n((?:[1-9]\d{0,5}(?: [1-9]\d{0,5})*)?)\n", text)
need(found)
assert found is not None
n, k = int(found[1]), int(found[2])
lit = [int(word) for word in found[3].split()]
need(n <= 60_000 and len(lit) == k == len(set(lit)) and max(lit, default=1) <= n)
sys.exit(42)
