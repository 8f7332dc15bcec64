"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
number = r"(0|[1-9]\d{0,2})(\.\d{1,3})?"
lines = text.split("\n")
need(lines.pop() == "" and re.fullmatch(rf"[1-9]\d{{0,3}} {number} {number}", lines[0]))
n, room, goal = int(lines[0].split()[0]), *map(float, lines[0].split()[1:])
need(n == len(lines) - 1 <= 5000 and 0 <= room <= 40 and room + 1 <= goal)
for line in lines[1:]:
    need(re.fullmatch(rf"{number} {number}", line))
    start, speed = map(float, line.split())
    need(goal <= start <= 300 and 0.001 <= speed <= 1)
sys.exit(42)
