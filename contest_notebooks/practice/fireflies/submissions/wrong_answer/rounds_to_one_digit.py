# Right idea, but the answer is rounded to six significant digits.
import sys

_, *numbers = map(int, sys.stdin.read().split())
points = sorted(zip(numbers[::2], numbers[1::2]))
best = 10**18
recent = []
for x, y in points:
    recent = [point for point in recent if (x - point[0]) ** 2 < best]
    for a, b in recent:
        best = min(best, (x - a) ** 2 + (y - b) ** 2)
    recent.append((x, y))
print(f"{best ** 0.5:g}")
