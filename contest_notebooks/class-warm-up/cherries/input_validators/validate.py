"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
need(re.fullmatch(r"[1-9]\d{0,5} [1-9]\d{0,9}\n[1-9]\d{0,4}( [1-9]\d{0,4})*\n", text))
n, target, *stalls = map(int, text.split())
need(n == len(stalls) <= 100_000 and target <= 10**9 and max(stalls) <= 10_000)
sys.exit(42)
