"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
lines = text.split("\n")
need(lines.pop() == "" and re.fullmatch(r"[1-9]\d{0,5}", lines[0]))
need(int(lines[0]) == len(lines) - 1 <= 100_000)
need(all(re.fullmatch(r"[a-z]{1,8}", line) for line in lines[1:]))
sys.exit(42)
