"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
lines = text.split("\n")
need(lines.pop() == "" and re.fullmatch(r"[1-9]\d{0,4} (0|[1-9]\d{0,4})", lines[0]))
n, m = map(int, lines[0].split())
need(n <= 20_000 and m == len(lines) - 1 <= 30_000)
need(all(re.fullmatch(r"[1-9]\d{0,4} [1-9]\d{0,4}", line) for line in lines[1:]))
need(all(int(number) <= n for line in lines[1:] for number in line.split()))
sys.exit(42)
