"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(text.endswith("\n"))
lines = text.split("\n")
need(lines.pop() == "" and re.fullmatch(r"[1-9]\d{0,2} [1-9]\d{0,2}", lines[0]))
rows, columns = map(int, lines[0].split())
need(rows <= 300 and columns <= 300 and len(lines) == rows + 1)
need(all(len(line) == columns and not set(line) - set(".#HA") for line in lines[1:]))
need(text.count("H") == 1 and text.count("A") == 1)
sys.exit(42)
