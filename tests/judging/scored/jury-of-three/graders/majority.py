"""A group is accepted, with its best score, when half of it is; the whole, when a group is, with the sum."""

import sys

results = [(verdict, float(score)) for verdict, score in map(str.split, sys.stdin)]
right = [score for verdict, score in results if verdict == "AC"]
if sys.argv[1:] == ["whole"] and right:
    print("AC", sum(right))
elif 2 * len(right) >= len(results):
    print("AC", max(right))
else:
    print(next(verdict for verdict, _ in results if verdict != "AC"), 17)
