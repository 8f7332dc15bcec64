"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
need(re.fullmatch(r"[1-9]\d{0,4} [1-9]\d{0,4} (0|[1-9]\d{0,18})\n[1-9]\d{0,4}( [1-9]\d{0,4})*\n", text))
n, start, jumps, *pads = map(int, text.split())
need(n == len(pads) <= 50_000 and start <= n and jumps <= 10**18 and max(pads) <= n)
sys.exit(42)
