# Right idea, but the answer is rounded to six significant digits.
import sys

_, *numbers = map(int, sys.stdin.read().split())
# Along a slanted line (3, 1): fireflies above each other then differ as well.
points = sorted((3 * x + y, x, y) for x, y in zip(numbers[::2], numbers[1::2]))
best = 10**18
recent = []
for along, x, y in points:
    recent = [point for point in recent if (along - point[0]) ** 2 < 10 * best]
    for _, a, b in recent:
        best = min(best, (x - a) ** 2 + (y - b) ** 2)
    recent.append((along, x, y))
print(f"{best ** 0.5:g}")
