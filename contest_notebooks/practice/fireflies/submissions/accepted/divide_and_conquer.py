import sys
from operator import itemgetter

by_y = itemgetter(1)


def closest(points):
    """The squared distance of the closest two of `points`, sorted by x; leaves `points` sorted by y."""
    n = len(points)
    if n <= 4:
        best = 10**18
        for i in range(n):
            x, y = points[i]
            for j in range(i):
                best = min(best, (points[j][0] - x) ** 2 + (points[j][1] - y) ** 2)
        points.sort(key=by_y)
        return best
    middle = points[n // 2][0]
    left, right = points[: n // 2], points[n // 2 :]
    best = min(closest(left), closest(right))
    points[:] = left + right
    points.sort(key=by_y)  # two sorted runs: Python merges them
    recent = []
    for x, y in points:
        if (x - middle) ** 2 < best:
            for i in range(len(recent) - 1, -1, -1):
                a, b = recent[i]
                if (y - b) ** 2 >= best:
                    break
                distance = (x - a) ** 2 + (y - b) ** 2
                if distance < best:
                    best = distance
            recent.append((x, y))
    return best


_, *numbers = map(int, sys.stdin.read().split())
print(closest(sorted(zip(numbers[::2], numbers[1::2]))) ** 0.5)
