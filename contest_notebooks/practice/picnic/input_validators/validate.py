"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
lines = text.split("\n")
need(lines.pop() == "" and re.fullmatch(r"[1-9]\d{0,2} [1-9]\d{0,4}", lines[0]))
n, basket = map(int, lines[0].split())
need(n == len(lines) - 1 <= 100 and basket <= 10_000)
for line in lines[1:]:
    need(re.fullmatch(r"[1-9]\d{0,4} (0|[1-9]\d{0,6})", line))
    weight, joy = map(int, line.split())
    need(weight <= 10_000 and joy <= 10**6)
sys.exit(42)
