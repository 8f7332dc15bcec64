"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
need(re.fullmatch(r"[1-9]\d{0,5}\n[1-9]\d{0,5}( [1-9]\d{0,5})*\n", text))
n, *ends = map(int, text.split())
need(n <= 100_000 and sorted(ends) == list(range(1, n + 1)))
sys.exit(42)
