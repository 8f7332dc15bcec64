"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


NUMBER = r"(?:0|-?[1-9]\d{0,9})"
text = sys.stdin.read()
need(re.fullmatch(rf"\[\[(?:{NUMBER}(?:, {NUMBER})*)?\]\]\n", text))
numbers = [int(word) for word in re.findall(NUMBER, text)]
need(len(numbers) <= 100_000 and all(abs(number) <= 10**9 for number in numbers))
sys.exit(42)
