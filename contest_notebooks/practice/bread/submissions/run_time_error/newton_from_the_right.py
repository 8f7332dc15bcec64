# Newton's method from a late start: everything is cold there, and the slope underflows to zero.
from math import exp

n, room, goal = input().split()
n, room, goal = int(n), float(room), float(goal)
loaves = [tuple(map(float, input().split())) for _ in range(n)]
time = 20_000.0
for _ in range(200):
    value = sum((start - room) * exp(-speed * time) for start, speed in loaves) - n * (goal - room)
    slope = sum(-speed * (start - room) * exp(-speed * time) for start, speed in loaves)
    time -= value / slope
print(time)
