"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
lines = text.split("\n")
need(lines.pop() == "" and re.fullmatch(r"[1-9]\d{0,4}", lines[0]))
need(2 <= int(lines[0]) == len(lines) - 1 <= 30_000)
for line in lines[1:]:
    need(re.fullmatch(r"(0|-?[1-9]\d{0,6}) (0|-?[1-9]\d{0,6})", line))
    need(all(abs(int(number)) <= 10**6 for number in line.split()))
sys.exit(42)
