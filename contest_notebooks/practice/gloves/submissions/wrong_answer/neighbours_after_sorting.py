# Counts a couple for each two neighbours in the sorted list, and one more for three in a row.
import sys

_, *gloves = sys.stdin.read().split()
gloves.sort()
couples = sum(x == y for x, y in zip(gloves, gloves[1:]))
print(couples + sum(x == y for x, y in zip(gloves, gloves[2:])))
