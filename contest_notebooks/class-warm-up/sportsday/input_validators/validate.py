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
need(int(lines[0]) == len(lines) - 1 <= 20_000)
need(all(re.fullmatch(r"[a-z]{1,8} [1-9]\d{0,9}", line) and int(line.split()[1]) <= 10**9 for line in lines[1:]))
need(len({line.split()[0] for line in lines[1:]}) == len(lines) - 1)
sys.exit(42)
