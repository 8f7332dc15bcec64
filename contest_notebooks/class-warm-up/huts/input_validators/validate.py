"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
need(re.fullmatch(r"[1-9]\d{0,4} [1-9]\d{0,4}\n[1-9]\d{0,9}( [1-9]\d{0,9})*\n", text))
n, days, *legs = map(int, text.split())
need(days <= n == len(legs) <= 20_000 and max(legs) <= 10**9)
sys.exit(42)
