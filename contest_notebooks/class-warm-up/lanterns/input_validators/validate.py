"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
need(re.fullmatch(r"[1-9]\d{0,12} [1-9]\d{0,12} [1-9]\d{0,12}\n", text))
a, b, k = map(int, text.split())
need(a <= b <= 10**12 and k <= 10**12)
sys.exit(42)
