"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


need(re.fullmatch(r"[A-Z]+( [A-Z]+)*\n|([A-Z]{5}\n){3}", sys.stdin.read()))
sys.exit(42)
