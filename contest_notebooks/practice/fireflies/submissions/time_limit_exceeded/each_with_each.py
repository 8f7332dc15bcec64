# Measures all distances.
import sys

n, *numbers = map(int, sys.stdin.read().split())
points = list(zip(numbers[::2], numbers[1::2]))
best = 10**18
for i in range(n):
    x, y = points[i]
    for j in range(i):
        a, b = points[j]
        distance = (x - a) ** 2 + (y - b) ** 2
        if distance < best:
            best = distance
print(best**0.5)
