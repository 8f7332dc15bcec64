"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
lines = text.split("\n")
need(lines.pop() == "" and re.fullmatch(r"\d{1,4} \d{1,5}", lines[0]))
n, m = map(int, lines[0].split())
need(2 <= n <= 8000 and m == len(lines) - 1 <= 30_000)
for line in lines[1:]:
    need(re.fullmatch(r"[1-9]\d{0,3} [1-9]\d{0,3} [1-9]\d{0,9}", line))
    u, v, w = map(int, line.split())
    need(u <= n and v <= n and u != v and w <= 10**9)
sys.exit(42)
