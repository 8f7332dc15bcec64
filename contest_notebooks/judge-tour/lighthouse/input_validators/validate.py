"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


found = re.fullmatch(r"([1-9]\d{0,3}) ([1-9]\d{0,3})\n", sys.stdin.read())
need(found)
assert found is not None
need(int(found[2]) <= int(found[1]) <= 1000)
sys.exit(42)
