"""Exits with 42 when standard input is a valid test of this problem, with 43 when it is not (Kattis 2025-09)."""

import json
import re
import sys


def need(condition: object) -> None:
    if not condition:
        sys.exit(43)


text = sys.stdin.read()
need(re.fullmatch(r"\[\[\d+(, (\d+|null))*\]\]\n", text))
try:
    ((*nodes,),) = json.loads(text)
except ValueError:
    sys.exit(43)
need(1 <= sum(node is not None for node in nodes) <= 40_000 and nodes[-1] is not None)
need(all(node is None or node <= 1_000_000 for node in nodes))
places = 1
for node in nodes:
    need(places > 0)
    places += -1 if node is None else 1
sys.exit(42)
