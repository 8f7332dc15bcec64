from math import exp

n, room, goal = input().split()
n, room, goal = int(n), float(room), float(goal)
loaves = []
for _ in range(n):
    start, speed = map(float, input().split())
    loaves.append((start - room, -speed))

early, late = 0.0, 10_000.0
for _ in range(60):
    middle = (early + late) / 2
    if sum([above * exp(speed * middle) for above, speed in loaves]) > n * (goal - room):
        early = middle
    else:
        late = middle
print(late)
